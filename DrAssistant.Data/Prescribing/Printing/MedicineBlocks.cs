using System.Globalization;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>The medicines, one block each: a line never breaks over a page.</summary>
internal sealed class MedicineBlocks(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
{
    private static readonly string[] Times = ["Morning", "Noon", "Night"];

    private const string RecipeSign = "℞";

    // Number, then from the right: total, for, night, noon, morning; the medicine has the rest.
    private readonly float _number = paper.Of(16);
    private readonly float[] _grid = [paper.Of(33), paper.Of(25), paper.Of(25)];
    private readonly float _for = paper.Of(38);
    private readonly float _total = paper.Of(54);

    private float Medicine => paper.Inner - _number - _grid.Sum() - _for - _total;

    /// <summary>The heads of the columns.</summary>
    public PageBlock Head()
    {
        var sign = setter.Wrap([new PrintSpan(setter.Has(RecipeSign) ? RecipeSign : "Rx", paper.MedicineBold with { Colour = PrintInk.Teal })], paper.Inner);
        var name = setter.Wrap([new PrintSpan("Medicine", paper.ColumnHead)], paper.Inner);
        (string Text, float Middle)[] heads = [.. Times.Select((text, i) => (text, MiddleOf(i))), ("For", MiddleOfFor), ("Total", MiddleOfTotal)];
        var columns = heads.Select(head => (Lines: setter.Wrap([new PrintSpan(head.Text, paper.ColumnHead)], paper.Inner), head.Middle)).ToList();
        var height = paper.Of(18);
        return new PageBlock(height, (canvas, x, y) =>
        {
            PrintRules.Line(canvas, x, y, x + paper.Inner, y, PrintInk.Grey);
            HeadBlocks.Draw(canvas, sign, x, y + paper.Of(1.5f));
            HeadBlocks.Draw(canvas, name, x + _number, y + paper.Of(3));
            columns.ForEach(column => HeadBlocks.DrawCentred(canvas, column.Lines, x + column.Middle, y + paper.Of(3)));
            PrintRules.Line(canvas, x, y + paper.Of(15), x + paper.Inner, y + paper.Of(15), PrintInk.Grey);
        });
    }

    public IEnumerable<PageBlock> All() => sheet.Lines.Select((line, n) => Block(line, n + 1));

    private float MiddleOf(int column) => _number + Medicine + _grid.Take(column).Sum() + (_grid[column] / 2);

    private float MiddleOfFor => _number + Medicine + _grid.Sum() + (_for / 2);

    private float MiddleOfTotal => paper.Inner - (_total / 2);

    private PageBlock Block(SheetLine line, int number)
    {
        var gap = paper.Of(4);
        var counted = setter.Wrap([new PrintSpan(number.ToString(CultureInfo.InvariantCulture), paper.Label with { Size = paper.Value.Size })], _number);
        var name = setter.Wrap(
            [
                new PrintSpan(line.Generic, paper.MedicineBold), new PrintSpan(line.Kind ?? "", paper.Medicine),
                new PrintSpan(line.Brand is null ? "" : $"({line.Brand})", paper.Brand),
            ],
            Medicine - gap);
        var cells = Cells(line, gap).ToList();
        var words = Words(line);
        var first = Math.Max(HeadBlocks.Sum(name), cells.Count == 0 ? 0 : cells.Max(cell => HeadBlocks.Sum(cell.Lines)));
        var height = first + HeadBlocks.Sum(words) + paper.Of(7);
        return new PageBlock(
            height,
            (canvas, x, y) =>
            {
                HeadBlocks.Draw(canvas, counted, x, y);
                HeadBlocks.Draw(canvas, name, x + _number, y);
                cells.ForEach(cell => HeadBlocks.DrawCentred(canvas, cell.Lines, x + cell.Middle, y));
                HeadBlocks.Draw(canvas, words, x + _number, y + first);
                PrintRules.Line(canvas, x + _number, y + height - paper.Of(3.5f), x + paper.Inner, y + height - paper.Of(3.5f), PrintInk.Rule);
            },
            IsMedicine: true);
    }

    private IEnumerable<(float Middle, IReadOnlyList<SetLine> Lines)> Cells(SheetLine line, float gap)
    {
        if (line.Grid is { Count: 3 } times)
        {
            for (var i = 0; i < times.Count; i++)
            {
                yield return (MiddleOf(i), Bold(times[i], _grid[i] - gap));
            }
        }
        else if (line.Often is { } often)
        {
            yield return (_number + Medicine + (_grid.Sum() / 2), Bold(often, _grid.Sum() - gap));
        }

        yield return (MiddleOfFor, Bold(line.Duration ?? "", _for - gap));
        yield return (MiddleOfTotal, Bold(line.Total ?? "", _total - gap));
    }

    private IReadOnlyList<SetLine> Bold(string text, float width) => setter.Wrap([new PrintSpan(text, paper.ValueBold)], width);

    private List<SetLine> Words(SheetLine line)
    {
        var width = paper.Inner - _number;
        List<SetLine> lines = [.. setter.Wrap([new PrintSpan(Sentence(line.Words), paper.Medicine), new PrintSpan(Sentence(line.Instructions), paper.Medicine)], width)];

        // A script without a font on this machine is left out rather than printed as boxes.
        if (line.InTheirLanguage is { } words && setter.Has(words))
        {
            lines.AddRange(setter.Wrap([new PrintSpan(words, paper.Medicine)], width));
        }

        return lines;
    }

    private static string Sentence(string? words)
        => string.IsNullOrEmpty(words) ? "" : words[^1] is '.' or '!' or '?' or '।' ? words : $"{words}.";
}
