namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Tests, advice, and when to come back, which stands in a box beside them.</summary>
internal sealed class AdviceBlocks(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
{
    public IEnumerable<PageBlock> All()
    {
        var box = FollowUp();
        var width = box is null ? paper.Inner : paper.Inner - paper.Of(128);
        var lines = sheet.Advice.SelectMany(text => Lines(text, width)).ToList();
        if (box is null && lines.Count == 0)
        {
            yield break;
        }

        yield return new PageBlock(paper.Of(3), (_, _, _) => { });
        if (box is not null)
        {
            var beside = lines.TakeWhile((_, n) => HeadBlocks.Sum(lines[..(n + 1)]) <= box.Height).ToList();
            lines.RemoveRange(0, beside.Count);
            yield return new PageBlock(box.Height, (canvas, x, y) =>
            {
                HeadBlocks.Draw(canvas, beside, x, y);
                box.Draw(canvas, x + paper.Inner - paper.Of(118), y);
            });
        }

        foreach (var line in lines)
        {
            yield return new PageBlock(line.Height, line.Draw);
        }
    }

    /// <summary>Line breaks of the advice are kept.</summary>
    private IEnumerable<SetLine> Lines(SheetText text, float width)
    {
        string[] parts = [.. PrintText.Lines(text.Words)];
        return parts.SelectMany((part, n) => setter.Wrap(
            n == 0 ? [new PrintSpan($"{text.Label}:", paper.ValueBold), new PrintSpan(part, paper.Value)] : [new PrintSpan(part, paper.Value)], width));
    }

    private PageBlock? FollowUp()
    {
        if (sheet.FollowUp is not { } follow)
        {
            return null;
        }

        var width = paper.Of(118);
        List<SetLine> lines = [.. setter.Wrap([new PrintSpan("Come back", paper.Label)], width - paper.Of(8))];
        lines.AddRange(setter.Wrap([new PrintSpan(follow.When, paper.Doctor)], width - paper.Of(8)));
        lines.AddRange(setter.Wrap([new PrintSpan(follow.Detail ?? "", paper.Small)], width - paper.Of(8)));
        var height = HeadBlocks.Sum(lines) + paper.Of(8);
        return new PageBlock(height, (canvas, x, y) =>
        {
            PrintRules.Box(canvas, SkiaSharp.SKRect.Create(x, y, width, height - paper.Of(2)), PrintInk.Teal);
            HeadBlocks.DrawCentred(canvas, lines, x + (width / 2), y + paper.Of(2));
        });
    }
}
