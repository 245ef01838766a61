using DrAssistant.Data.Prescribing.Printing;
using Microsoft.Extensions.Logging.Abstractions;
using UglyToad.PdfPig;

namespace DrAssistant.Portal.Tests.Prescribing.Printing;

/// <summary>What a pharmacist and an inspector look for on the paper, read out of the PDF.</summary>
public sealed class PrintingAPrescription
{
    private static readonly PrescriptionSheet Two = Sheets.Of(Sheets.Doxycycline, Sheets.Paracetamol);

    /// <summary>IMC Regulations 2002, 1.4.2 and 1.5; Drugs and Cosmetics Rules, 65(10); Telemedicine Practice Guidelines 2020, the sample.</summary>
    [Theory]
    [InlineData(PaperSize.A5)]
    [InlineData(PaperSize.A4)]
    public void says_everything_of_the_checklist(PaperSize size)
    {
        var words = Sheets.Words(Sheets.Print(Two, size));

        Assert.All(
            [
                "Aarogya Family Clinic", "2nd floor, Shanti Chambers, Prabhat Road, Pune 411004", "020 5550 0142", "Mon to Sat, 9 am to 1 pm",
                "Dr. Kavita Rao", "MBBS, MD (General Medicine)", "Reg. no. MMC 2009/04/1287", "Maharashtra Medical Council",
                "Patient KULKARNI, Sunita", "Age, sex 58 years, Female", "Date 05-Nov-2026", "Address 14 Sarita Apartments, Karve Road, Pune 411038", "Time 10:58 AM",
                "MRN AR-26-004182-7", "ABHA XX-XXXX-XXXX-4108", "Weight 55.4 kg",
                "Allergies: PENICILLINS (anaphylaxis), SULFONAMIDES (rash)",
                "Complaint: fever and cough for 4 days", "Findings: BP 132/84, temperature 38.2 °C, SpO₂ 96 %", "Diagnosis: pneumonia (J18.9)",
                "Medicine Morning Noon Night For Total",
                "1 DOXYCYCLINE 100 mg capsule (Doxicip) 1 0 1 5 days 10 capsules",
                "1 capsule in the morning and 1 at night, after food, for 5 days. Sit upright for 30 minutes after it.",
                "2 PARACETAMOL 650 mg tablet (Dolo 650) when needed 3 days 9 tablets",
                "1 tablet, when needed, at most 3 times a day, for 3 days.",
                "Tests: chest X-ray PA, complete blood count", "Advice: Drink plenty of water.", "Come at once if breathless or confused.",
                "Come back Mon 09-Nov-2026 bring this page",
                "Check this prescription", "Scan, or enter the code at", "rx.aarogya.example/verify", "7K3M-92QD-HX4T",
                "Signed electronically 05-Nov-2026 10:58:31 (UTC+05:30)", "SHA-256 4be891f0 ... 2d7c",
                "RX-26-011873, version 4, replaces RX-26-011502. Seen in person. Valid until 05-Dec-2026.", "Page 1 of 1",
            ],
            item => Assert.Contains(item, words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PaperSize.A5, 420, 595)]
    [InlineData(PaperSize.A4, 595, 842)]
    public void has_the_size_of_the_paper(PaperSize size, double width, double height)
    {
        using var document = PdfDocument.Open(Sheets.Print(Two, size));

        Assert.Equal((width, height), (document.GetPage(1).Width, document.GetPage(1).Height));
        Assert.Equal("Prescription RX-26-011873", document.Information.Title);
    }

    [Theory]
    [InlineData(PaperSize.A5)]
    [InlineData(PaperSize.A4)]
    public void goes_on_over_pages_with_twenty_medicines_and_no_line_is_parted_or_cut_off(PaperSize size)
    {
        SheetLine[] lines = [.. Sheets.Twenty()];

        var pages = Sheets.PagesOf(Sheets.Print(Sheets.Of(lines), size));

        Assert.InRange(pages.Count, 2, 6);
        Assert.All(lines, (line, n) =>
        {
            string[] whole = [$"{line.Generic} {line.Kind} ({line.Brand}) 1 0 1 {line.Duration} {line.Total}", $"{line.Words}. {line.Instructions}."];
            Assert.Single(pages, page => whole.All(part => page.Contains(part, StringComparison.Ordinal)));
        });
        Assert.All(pages, (page, n) => Assert.Contains($"Page {n + 1} of {pages.Count}", page, StringComparison.Ordinal));
        Assert.All(pages.Skip(1), page =>
        {
            Assert.StartsWith("KULKARNI, Sunita 58 years, Female, MRN AR-26-004182-7, 05-Nov-2026 RX-26-011873, continued", page, StringComparison.Ordinal);
            Assert.Contains("RX-26-011873, version 4", page, StringComparison.Ordinal);
        });
        Assert.All(pages.Where(page => page.Contains("AMOXICILLIN", StringComparison.Ordinal)), page => Assert.Contains("Morning Noon Night", page, StringComparison.Ordinal));
        Assert.Single(pages, page => page.Contains("Signed electronically", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, PaperSize.A5)]
    [InlineData(5, PaperSize.A4)]
    [InlineData(20, PaperSize.A5)]
    public void prints_nothing_outside_the_page_and_nothing_over_its_foot(int medicines, PaperSize size)
    {
        using var document = PdfDocument.Open(Sheets.Print(Sheets.Of([.. Sheets.Twenty().Take(medicines)]), size));

        foreach (var page in document.GetPages())
        {
            var foot = page.Letters.Where(l => l.StartBaseLine.Y < 60).GroupBy(l => Math.Round(l.StartBaseLine.Y)).Min(g => g.Key);
            Assert.All(page.Letters, letter =>
            {
                Assert.InRange(letter.BoundingBox.Left, 14, page.Width - 14);
                Assert.InRange(letter.BoundingBox.Right, 14, page.Width - 14);
                Assert.InRange(letter.StartBaseLine.Y, 10, page.Height - 14);
                Assert.True(letter.StartBaseLine.Y >= foot - 1);
            });
        }
    }

    [Fact]
    public void loses_nothing_of_what_is_longer_than_a_page()
    {
        var sheet = Two with
        {
            Allergies = new SheetAllergies(true, string.Join(", ", Enumerable.Range(1, 120).Select(n => $"SUBSTANCE-{n:000} (a rash that came and went)"))),
            Advice = [new SheetText("Advice", string.Join('\n', Enumerable.Range(1, 150).Select(n => $"Line {n:000} of what the doctor said")))],
            Patient = Two.Patient with { Name = "W" + new string('i', 300) + "Z" },
        };

        var pages = Sheets.PagesOf(Sheets.Print(sheet));
        var words = string.Join(' ', pages);

        Assert.All(Enumerable.Range(1, 120), n => Assert.Contains($"SUBSTANCE-{n:000}", words, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(1, 150), n => Assert.Contains($"Line {n:000} of what the doctor said", words, StringComparison.Ordinal));
        Assert.Contains("W" + new string('i', 300) + "Z", words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Signed electronically", pages[^1], StringComparison.Ordinal);
    }

    /// <summary>A practice keeps them for years: a page holds the letters that it uses and not whole fonts.</summary>
    [Fact]
    public void is_a_small_file() => Assert.InRange(Sheets.Print(Two).Length, 10_000, 120_000);

    [Fact]
    public void says_across_every_page_that_it_was_cancelled()
    {
        var pages = Sheets.PagesOf(Sheets.Print(Sheets.Of([.. Sheets.Twenty()]), mark: SheetMark.Cancelled("On 06-Nov-2026. Replaced by RX-26-011900.")));

        Assert.All(pages, page => Assert.Contains("CANCELLED", page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("CANCELLED: On 06-Nov-2026. Replaced by RX-26-011900.", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("CANCELLED", Sheets.Words(Sheets.Print(Two)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void says_across_every_page_that_a_draft_is_not_valid_and_carries_no_signature_and_no_code()
    {
        var draft = Sheets.Of([.. Sheets.Twenty()]) with { Number = null, Check = null, Signature = null, Foot = "Draft" };

        var pages = Sheets.PagesOf(Sheets.Print(draft, mark: SheetMark.Draft));

        Assert.All(pages, page => Assert.Contains("DRAFT,NOTVALID", page.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(pages, page => Assert.DoesNotMatch("Signed electronically|Check this prescription|SHA-256", page));
    }

    [Fact]
    public void shapes_devanagari_and_lets_the_line_be_found()
    {
        using var document = PdfDocument.Open(Sheets.Print(Two));
        var fonts = document.GetPage(1).Letters.Select(l => l.FontName ?? "").Distinct().ToList();

        Assert.Contains(fonts, font => font.Contains("Devanagari", StringComparison.Ordinal));
        Assert.DoesNotContain(document.GetPage(1).Letters, letter => letter.Value == "\uFFFD");
    }

    /// <summary>Virama and consonant become one form: fewer glyphs than letters. Without shaping there is a glyph a letter.</summary>
    [Theory]
    [InlineData("क्षत्रिय")]
    [InlineData("தமிழ்")]
    [InlineData("শ্রী")]
    [InlineData("స్త్రీ")]
    [InlineData("ಸ್ತ್ರೀ")]
    [InlineData("સ્ત્રી")]
    public void joins_the_letters_of_an_indian_script(string word)
    {
        using var fonts = Sheets.Fonts();

        using var setter = new TextSetter(fonts);
        var text = setter.Set(new PrintSpan(word, PaperStyle.Of(PaperSize.A5).Medicine));

        Assert.True(fonts.Has(word));
        var run = Assert.Single(text.Runs);
        Assert.InRange(run.Glyphs.Length, 1, word.Length - 1);
        Assert.DoesNotContain((ushort)0, run.Glyphs);
    }

    [Fact]
    public void leaves_a_line_out_whose_script_has_no_font_and_prints_no_box()
    {
        using var fonts = new PrintFonts([FolderOfDejaVu()], NullLogger.Instance);
        var pdf = new PrescriptionPdf(fonts).Render(Two with { Patient = Two.Patient with { Name = "सुनीता KULKARNI" } }, PaperSize.A5, SheetMark.None);
        using var document = PdfDocument.Open(pdf);

        Assert.Contains("Devanagari", fonts.Missing);
        Assert.All(document.GetPage(1).Letters, letter => Assert.InRange(letter.Value[0], ' ', '\u2FFF'));
        Assert.DoesNotMatch("[\u0900-\u097F\uFFFD]", Sheets.Words(pdf));
        Assert.Contains("after food, for 5 days. Sit upright for 30 minutes after it. 2 PARACETAMOL", Sheets.Words(pdf), StringComparison.Ordinal);
        Assert.Matches(@"Patient \?+ KULKARNI", Sheets.Words(pdf));
    }

    [Fact]
    public void has_nothing_to_print_with_where_there_is_no_font()
    {
        using var fonts = new PrintFonts([], NullLogger.Instance);

        Assert.False(fonts.CanPrint);
        Assert.Throws<InvalidOperationException>(() => new PrescriptionPdf(fonts).Render(Two, PaperSize.A5, SheetMark.None));
    }

    private static string FolderOfDejaVu() => Assert.Single(
        Directory.EnumerateDirectories("/usr/share/fonts", "dejavu", SearchOption.AllDirectories).Take(1));
}
