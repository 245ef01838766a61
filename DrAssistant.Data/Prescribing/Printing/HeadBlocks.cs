using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Letterhead, patient, allergies, and what was found.</summary>
internal sealed class HeadBlocks(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
{
    private const float PracticeShare = 0.58f;
    private const float DoctorShare = 0.38f;

    public IEnumerable<PageBlock> All(SheetMark mark)
    {
        yield return Letterhead();
        yield return Patient();
        if (mark is { Across: { } across, Why: { } why })
        {
            foreach (var block in Boxed([new PrintSpan($"{across}:", paper.Warning), new PrintSpan(why, paper.Warning)]))
            {
                yield return block;
            }
        }

        PrintSpan[] allergies = sheet.WithoutAllergies ? []
            : [new PrintSpan("Allergies:", paper.Warning), new PrintSpan(sheet.Allergies.Words, sheet.Allergies.AreKnown ? paper.Warning : paper.Value)];
        foreach (var block in Boxed(allergies))
        {
            yield return block;
        }

        var findings = sheet.Findings.SelectMany(text => new[] { new PrintSpan($"{text.Label}:", paper.ValueBold), new PrintSpan(text.Words.EndsWith('.') ? text.Words : $"{text.Words}.", paper.Value) });
        foreach (var line in setter.Wrap(findings, paper.Inner))
        {
            yield return new PageBlock(line.Height, line.Draw);
        }

        yield return new PageBlock(paper.Of(5), (_, _, _) => { });
    }

    /// <summary>From the second page on: whose paper this is.</summary>
    public PageBlock Again()
    {
        var right = setter.Wrap([new PrintSpan(sheet.Number is null ? "continued" : $"{sheet.Number}, continued", paper.Label)], paper.Inner * 0.28f);
        var who = $"{sheet.Patient.AgeAndSex}{(sheet.Patient.Mrn is { } mrn ? $", MRN {mrn}" : "")}, {sheet.Patient.Date}";
        var left = setter.Wrap([new PrintSpan(sheet.Patient.Name, paper.ValueBold), new PrintSpan(who, paper.Value)], paper.Inner * 0.71f);
        var height = Math.Max(Sum(left), Sum(right)) + paper.Of(8);
        return new PageBlock(height, (canvas, x, y) =>
        {
            Draw(canvas, left, x, y);
            DrawRight(canvas, right, x + paper.Inner, y);
            PrintRules.Line(canvas, x, y + height - paper.Of(5), x + paper.Inner, y + height - paper.Of(5), PrintInk.Teal);
        });
    }

    private PageBlock Letterhead()
    {
        var width = paper.Inner * PracticeShare;
        List<SetLine> left = [.. setter.Wrap([new PrintSpan(sheet.Practice.Name, paper.Practice)], width)];
        left.AddRange(sheet.Practice.Lines.SelectMany(line => setter.Wrap([new PrintSpan(line, paper.Small)], width)));

        var doctor = sheet.Prescriber;
        width = paper.Inner * DoctorShare;
        List<SetLine> right = [.. setter.Wrap([new PrintSpan(doctor.Name, paper.Doctor)], width)];
        right.AddRange(setter.Wrap([new PrintSpan(doctor.Qualification ?? "", paper.Small)], width));
        right.AddRange(setter.Wrap([new PrintSpan(doctor.RegistrationNumber is null ? "" : "Reg. no.", paper.Small), new PrintSpan(doctor.RegistrationNumber ?? "", paper.SmallBold)], width));
        right.AddRange(setter.Wrap([new PrintSpan(doctor.Council ?? "", paper.Small)], width));

        var height = Math.Max(Sum(left), Sum(right)) + paper.Of(11);
        return new PageBlock(height, (canvas, x, y) =>
        {
            Draw(canvas, left, x, y);
            DrawRight(canvas, right, x + paper.Inner, y);
            PrintRules.Line(canvas, x, y + height - paper.Of(6), x + paper.Inner, y + height - paper.Of(6), PrintInk.Teal, thick: 1);
        });
    }

    private PageBlock Patient()
    {
        var person = sheet.Patient;
        float[] columns = [paper.Inner * 0.46f, paper.Inner * 0.32f, paper.Inner * 0.22f];
        (string Label, string? Value, PrintInk Ink, int Column, int Span)[][] rows =
        [
            [("Patient", person.Name, paper.ValueBold, 0, 1), ("Age, sex", person.AgeAndSex, paper.ValueBold, 1, 1), ("Date", person.Date, paper.ValueBold, 2, 1)],
            [("Address", person.Address ?? "not recorded", paper.Value, 0, 2), ("Time", person.Time, paper.Value, 2, 1)],
            [("MRN", person.Mrn, paper.Value, 0, 1), ("ABHA", person.Abha, paper.Value, 1, 1), ("Weight", person.Weight, paper.Value, 2, 1)],
        ];
        var cells = new List<(float X, float Y, IReadOnlyList<SetLine> Lines)>();
        var y = 0f;
        foreach (var row in rows)
        {
            var tallest = 0f;
            foreach (var (label, value, ink, column, span) in row.Where(cell => !string.IsNullOrEmpty(cell.Value)))
            {
                var width = columns.Skip(column).Take(span).Sum() - paper.Of(4);
                var lines = setter.Wrap([new PrintSpan(label, paper.Label), new PrintSpan(value!, ink)], width);
                cells.Add((columns.Take(column).Sum(), y, lines));
                tallest = Math.Max(tallest, Sum(lines));
            }

            y += tallest;
        }

        return new PageBlock(y + paper.Of(4), (canvas, x, top) => cells.ForEach(cell => Draw(canvas, cell.Lines, x + cell.X, top + cell.Y)));
    }

    /// <summary>Words in a box that goes on over the page where it has to.</summary>
    private IEnumerable<PageBlock> Boxed(IEnumerable<PrintSpan> spans)
    {
        var inside = paper.Of(5);
        var lines = setter.Wrap(spans, paper.Inner - (2 * inside));
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, first, last) = (lines[i], i == 0, i == lines.Count - 1);
            var height = line.Height + (first ? paper.Of(2) : 0) + (last ? paper.Of(6) : 0);
            var edge = height - (last ? paper.Of(4) : 0);
            yield return new PageBlock(height, (canvas, x, y) =>
            {
                var right = x + paper.Inner;
                PrintRules.Line(canvas, x, y, x, y + edge, PrintInk.Red);
                PrintRules.Line(canvas, right, y, right, y + edge, PrintInk.Red);
                if (first)
                {
                    PrintRules.Line(canvas, x, y, right, y, PrintInk.Red);
                }

                if (last)
                {
                    PrintRules.Line(canvas, x, y + edge, right, y + edge, PrintInk.Red);
                }

                line.Draw(canvas, x + inside, y + (first ? paper.Of(1) : 0));
            });
        }
    }

    internal static float Sum(IReadOnlyCollection<SetLine> lines) => lines.Sum(line => line.Height);

    internal static void Draw(SKCanvas canvas, IEnumerable<SetLine> lines, float x, float y)
    {
        foreach (var line in lines)
        {
            line.Draw(canvas, x, y);
            y += line.Height;
        }
    }

    internal static void DrawRight(SKCanvas canvas, IEnumerable<SetLine> lines, float right, float y)
    {
        foreach (var line in lines)
        {
            line.Draw(canvas, right - line.Width, y);
            y += line.Height;
        }
    }

    internal static void DrawCentred(SKCanvas canvas, IEnumerable<SetLine> lines, float middle, float y)
    {
        foreach (var line in lines)
        {
            line.Draw(canvas, middle - (line.Width / 2), y);
            y += line.Height;
        }
    }
}
