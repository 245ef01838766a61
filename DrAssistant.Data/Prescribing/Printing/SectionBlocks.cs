namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>What an order asks for and a letter tells: a title, then lines under their heads.</summary>
internal sealed class SectionBlocks(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
{
    public IEnumerable<PageBlock> All()
    {
        if (sheet.Title is { } title)
        {
            yield return Lines(setter.Wrap([new PrintSpan(title, paper.Doctor with { Colour = PrintInk.Teal })], paper.Inner), 0, paper.Of(3));
        }

        foreach (var section in sheet.Sections ?? [])
        {
            var head = setter.Wrap([new PrintSpan(section.Head, paper.ColumnHead)], paper.Inner);
            for (var n = 0; n < section.Items.Count; n++)
            {
                // A head never stands alone at the foot of a page.
                var item = Item(section.Items[n]);
                yield return n == 0 ? Under(head, item) : item;
            }
        }
    }

    private PageBlock Item(SheetItem item)
    {
        var indent = paper.Of(8);
        List<SetLine> lines = [.. setter.Wrap([new PrintSpan(item.Name, paper.ValueBold)], paper.Inner - indent)];
        lines.AddRange(PrintText.Lines(item.Detail).SelectMany(line => setter.Wrap([new PrintSpan(line, paper.Value)], paper.Inner - indent)));
        return Lines(lines, indent, paper.Of(2));
    }

    private PageBlock Under(IReadOnlyList<SetLine> head, PageBlock first)
    {
        var (top, above) = (paper.Of(5), HeadBlocks.Sum(head) + paper.Of(7));
        return new PageBlock(above + first.Height, (canvas, x, y) =>
        {
            HeadBlocks.Draw(canvas, head, x, y + top);
            PrintRules.Line(canvas, x, y + above - paper.Of(1), x + paper.Inner, y + above - paper.Of(1), PrintInk.Rule);
            first.Draw(canvas, x, y + above);
        });
    }

    private static PageBlock Lines(IReadOnlyList<SetLine> lines, float indent, float gap)
        => new(HeadBlocks.Sum(lines) + gap, (canvas, x, y) => HeadBlocks.Draw(canvas, lines, x + indent, y));
}
