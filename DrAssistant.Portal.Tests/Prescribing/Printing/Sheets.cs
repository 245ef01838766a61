using DrAssistant.Data.Prescribing.Printing;
using Microsoft.Extensions.Logging.Abstractions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>Prescriptions ready to be printed, of invented people, and what their pages say.</summary>
internal static class Sheets
{
    public const string Hindi = "1 कैप्सूल सुबह और 1 रात को, खाना खाने के बाद, 5 दिन तक";

    public static SheetLine Doxycycline { get; } = new("DOXYCYCLINE", "100 mg capsule", "Doxicip", "1 capsule in the morning and 1 at night, after food, for 5 days")
    {
        Grid = ["1", "0", "1"],
        Duration = "5 days",
        Total = "10 capsules",
        Instructions = "Sit upright for 30 minutes after it",
        InTheirLanguage = Hindi,
    };

    public static SheetLine Paracetamol { get; } = new("PARACETAMOL", "650 mg tablet", "Dolo 650", "1 tablet, when needed, at most 3 times a day, for 3 days")
    {
        Often = "when needed",
        Duration = "3 days",
        Total = "9 tablets",
    };

    public static PrescriptionSheet Of(params IReadOnlyList<SheetLine> lines) => new(
        new SheetPractice("Aarogya Family Clinic", ["2nd floor, Shanti Chambers, Prabhat Road, Pune 411004", "020 5550 0142", "Mon to Sat, 9 am to 1 pm"]),
        new SheetPrescriber("Dr. Kavita Rao", "MBBS, MD (General Medicine)", "MMC 2009/04/1287", "Maharashtra Medical Council"),
        new SheetPatient("KULKARNI, Sunita", "58 years, Female", "05-Nov-2026", "10:58 AM")
        {
            Address = "14 Sarita Apartments, Karve Road, Pune 411038",
            Mrn = "AR-26-004182-7",
            Abha = "XX-XXXX-XXXX-4108",
            Weight = "55.4\u00A0kg",
        },
        new SheetAllergies(true, "PENICILLINS (anaphylaxis), SULFONAMIDES (rash)"),
        [new SheetText("Complaint", "fever and cough for 4 days"), new SheetText("Findings", "BP 132/84, temperature 38.2\u00A0°C, SpO₂ 96\u00A0%"), new SheetText("Diagnosis", "pneumonia (J18.9)")],
        lines,
        [new SheetText("Tests", "chest X-ray PA, complete blood count"), new SheetText("Advice", "Drink plenty of water.\nCome at once if breathless or confused.")])
    {
        Number = "RX-26-011873",
        FollowUp = new SheetFollowUp("Mon 09-Nov-2026", "bring this page"),
        Check = new SheetCheck("7K3M-92QD-HX4T", "https://rx.aarogya.example/verify/7K3M-92QD-HX4T", "rx.aarogya.example/verify"),
        Signature = new SheetSignature("Dr. Kavita Rao", "Reg. no. MMC 2009/04/1287", "Signed electronically 05-Nov-2026 10:58:31 (UTC+05:30)", "SHA-256 4be891f0 ... 2d7c"),
        Foot = "RX-26-011873, version 4, replaces RX-26-011502. Seen in person. Valid until 05-Dec-2026.",
        At = new DateTimeOffset(2026, 11, 5, 5, 28, 31, TimeSpan.Zero),
    };

    public static IEnumerable<SheetLine> Twenty() => Enumerable.Range(1, 20).Select(n => new SheetLine(
        $"AMOXICILLIN WITH POTASSIUM CLAVULANATE AND LACTIC ACID BACILLUS NUMBER {n:00}", "500 mg + 125 mg modified-release film-coated tablet", $"Longbrandname-Forte-Plus-DS {n:00}",
        $"1 tablet in the morning and 1 at night, after food, for {n + 4} days")
    {
        Grid = ["1", "0", "1"],
        Duration = $"{n + 4} days",
        Total = $"{2 * (n + 4)} tablets",
        Instructions = $"Swallow whole with a full glass of water and do not lie down for half an hour, remark {n:00}",
    });

    public static PrintFonts Fonts() => new(NullLogger<PrintFonts>.Instance);

    public static byte[] Print(PrescriptionSheet sheet, PaperSize size = PaperSize.A5, SheetMark? mark = null)
    {
        using var fonts = Fonts();
        return new PrescriptionPdf(fonts).Render(sheet, size, mark ?? SheetMark.None);
    }

    /// <summary>What can be copied out of the pages, with one blank for each stretch of blanks, in the order in which it was drawn.</summary>
    public static IReadOnlyList<string> PagesOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return [.. document.GetPages().Select(TextOf)];
    }

    public static string Words(byte[] pdf) => string.Join(' ', PagesOf(pdf));

    public static string Plain(string text) => string.Join(' ', text.Split([' ', '\u00A0', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Lines are set one after another; where the pen goes back or down, a blank belongs between.</summary>
    private static string TextOf(Page page)
    {
        var text = new System.Text.StringBuilder();
        Letter? before = null;
        foreach (var letter in page.Letters)
        {
            if (before is not null && (Math.Abs(letter.StartBaseLine.Y - before.StartBaseLine.Y) > 0.5 || letter.StartBaseLine.X < before.StartBaseLine.X - 1 || letter.StartBaseLine.X > before.EndBaseLine.X + 2))
            {
                text.Append(' ');
            }

            text.Append(letter.Value);
            before = letter;
        }

        return Plain(text.ToString());
    }
}
