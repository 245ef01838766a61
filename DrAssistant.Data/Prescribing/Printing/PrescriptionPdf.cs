using System.Globalization;
using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Sets a prescription, an order or a letter on as many pages as it needs.</summary>
internal sealed class PrescriptionPdf(PrintFonts fonts)
{
    private const float Diagonal = 0.72f;

    /// <summary>The PDF.</summary>
    /// <exception cref="InvalidOperationException">There is no font to print with: ask <see cref="PrintFonts.CanPrint"/> first.</exception>
    public byte[] Render(PrescriptionSheet sheet, PaperSize size, SheetMark mark)
    {
        if (!fonts.CanPrint)
        {
            throw new InvalidOperationException("There is no font to print with.");
        }

        var paper = PaperStyle.Of(size);
        using var setter = new TextSetter(fonts);

        // All text is set before the first of it is drawn: the fonts are cut to what is used.
        var pages = new Flow(setter, paper, sheet).Pages(mark);
        var across = Across(setter, paper, mark);
        var feet = pages.Select((_, n) => Foot(setter, paper, sheet.Foot, $"Page {Text(n + 1)} of {Text(pages.Count)}")).ToList();
        using var bytes = new MemoryStream();
        var about = new SKDocumentPdfMetadata
        {
            Title = $"{sheet.Title ?? "Prescription"} {sheet.Number}".TrimEnd(),
            Creator = "Dr. Assistant",
            Creation = sheet.At.UtcDateTime,
        };
        using (var document = SKDocument.CreatePdf(bytes, about))
        {
            for (var n = 0; n < pages.Count; n++)
            {
                var canvas = document.BeginPage(paper.Width, paper.Height);
                across?.Invoke(canvas);
                pages[n].ForEach(placed => placed.Block.Draw(canvas, paper.Side, placed.Top));
                feet[n](canvas);
                document.EndPage();
            }

            document.Close();
        }

        return bytes.ToArray();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Action<SKCanvas>? Across(TextSetter setter, PaperStyle paper, SheetMark mark)
    {
        if (mark.Across is not { } words)
        {
            return null;
        }

        var length = Math.Sqrt((paper.Width * paper.Width) + (paper.Height * paper.Height)) * Diagonal;
        var ink = new PrintInk(20, true, PrintInk.Across);
        var text = setter.Set(new PrintSpan(words, ink with { Size = (float)(20 * length / setter.Width(words, ink)) }));
        return canvas =>
        {
            canvas.Save();
            canvas.Translate(paper.Width / 2, paper.Height / 2);
            canvas.RotateDegrees((float)(-Math.Atan2(paper.Height, paper.Width) * 180 / Math.PI));
            text.Draw(canvas, -text.Width / 2, text.Ink.Size * 0.36f);
            canvas.Restore();
        };
    }

    private static IReadOnlyList<SetLine> FootLines(TextSetter setter, PaperStyle paper, string words)
        => setter.Wrap([new PrintSpan(words, paper.Foot)], paper.Inner - paper.Of(60));

    private static Action<SKCanvas> Foot(TextSetter setter, PaperStyle paper, string words, string page)
    {
        var lines = FootLines(setter, paper, words);
        var number = setter.Wrap([new PrintSpan(page, paper.Foot)], paper.Inner);
        var top = paper.Height - paper.Bottom - lines.Sum(line => line.Height);
        return canvas =>
        {
            PrintRules.Line(canvas, paper.Side, top - paper.Of(3), paper.Side + paper.Inner, top - paper.Of(3), PrintInk.Rule);
            HeadBlocks.Draw(canvas, lines, paper.Side, top);
            HeadBlocks.DrawRight(canvas, number, paper.Side + paper.Inner, top);
        };
    }

    private sealed record Placed(PageBlock Block, float Top);

    /// <summary>Puts blocks on pages: what does not fit goes to the next one, under the patient's name and the heads of the columns.</summary>
    private sealed class Flow(TextSetter setter, PaperStyle paper, PrescriptionSheet sheet)
    {
        private readonly List<List<Placed>> _pages = [];
        private readonly HeadBlocks _head = new(setter, paper, sheet);
        private readonly MedicineBlocks _medicines = new(setter, paper, sheet);
        private float _top;
        private bool _underHeads;

        private float Limit { get; } = paper.Height - paper.Bottom - FootLines(setter, paper, sheet.Foot).Sum(line => line.Height) - paper.Of(7);

        public List<List<Placed>> Pages(SheetMark mark)
        {
            Turn();
            var heads = _medicines.Head();
            foreach (var block in _head.All(mark).Concat(new SectionBlocks(setter, paper, sheet).All()).Concat(_medicines.All()).Concat(new AdviceBlocks(setter, paper, sheet).All()))
            {
                var needed = block.Height + (block.IsMedicine && !_underHeads ? heads.Height : 0);
                if (_top + needed > Limit && _pages[^1].Count > (_pages.Count > 1 ? 1 : 0))
                {
                    Turn();
                }

                if (block.IsMedicine && !_underHeads)
                {
                    Place(heads);
                    _underHeads = true;
                }

                Place(block);
            }

            if (new ClosingBlock(setter, paper, sheet).Whole() is { } closing)
            {
                if (_top + closing.Height > Limit)
                {
                    Turn();
                }

                _pages[^1].Add(new Placed(closing, Limit - closing.Height));
            }

            return _pages;
        }

        private void Turn()
        {
            _pages.Add([]);
            (_top, _underHeads) = (paper.Top, false);
            if (_pages.Count > 1)
            {
                Place(_head.Again());
            }
        }

        private void Place(PageBlock block)
        {
            _pages[^1].Add(new Placed(block, _top));
            _top += block.Height;
        }
    }
}
