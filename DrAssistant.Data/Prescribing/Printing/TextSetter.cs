using System.Globalization;
using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Sets words into lines of a width. Nothing is cut off: a word that is too long for a line goes on in the next one.</summary>
internal sealed class TextSetter(PrintFonts fonts) : IDisposable
{
    private readonly Dictionary<PrintFace, UsedFace> _used = [];

    public bool Has(string text) => fonts.Has(text);

    public SetText Set(PrintSpan span)
    {
        GlyphRun[] runs = [.. fonts.Stretches(span.Text, span.Ink.Bold).Select(stretch => Use(stretch.Face).Shape(stretch.Text, span.Ink.Size))];
        return new SetText(span.Ink, runs, runs.Sum(run => run.Width));
    }

    public float Width(string text, PrintInk ink) => Set(new PrintSpan(text, ink)).Width;

    public IReadOnlyList<SetLine> Wrap(IEnumerable<PrintSpan> spans, float width)
    {
        var lines = new List<SetLine>();
        var pieces = new List<PrintSpan>();
        var used = 0f;
        foreach (var word in spans.SelectMany(Words))
        {
            foreach (var part in Fitting(word, width))
            {
                var blank = pieces.Count == 0 ? 0 : Width(" ", word.Ink);
                var wide = Width(part.Text, part.Ink);
                if (pieces.Count > 0 && used + blank + wide > width)
                {
                    lines.Add(Line(pieces));
                    pieces.Clear();
                    (used, blank) = (0, 0);
                }

                pieces.Add(part);
                used += blank + wide;
            }
        }

        if (pieces.Count > 0)
        {
            lines.Add(Line(pieces));
        }

        return lines;
    }

    public void Dispose()
    {
        foreach (var face in _used.Values)
        {
            face.Dispose();
        }
    }

    private UsedFace Use(PrintFace face)
    {
        if (!_used.TryGetValue(face, out var used))
        {
            _used.Add(face, used = new UsedFace(face));
        }

        return used;
    }

    private static IEnumerable<PrintSpan> Words(PrintSpan span)
        => span.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => span with { Text = word });

    /// <summary>The word, or the parts into which it has to be broken.</summary>
    private IEnumerable<PrintSpan> Fitting(PrintSpan word, float width)
    {
        if (Width(word.Text, word.Ink) <= width)
        {
            return [word];
        }

        var parts = new List<PrintSpan>();
        var part = "";
        var letters = StringInfo.GetTextElementEnumerator(word.Text);
        while (letters.MoveNext())
        {
            var longer = part + letters.GetTextElement();
            if (part.Length > 0 && Width(longer, word.Ink) > width)
            {
                parts.Add(word with { Text = part });
                longer = letters.GetTextElement();
            }

            part = longer;
        }

        parts.Add(word with { Text = part });
        return parts;
    }

    /// <summary>Neighbours in one ink are set together, with the blanks between them, so that the words can be copied out of the page.</summary>
    private SetLine Line(List<PrintSpan> pieces)
    {
        var together = new List<PrintSpan>();
        foreach (var piece in pieces)
        {
            if (together.Count > 0 && together[^1].Ink == piece.Ink)
            {
                together[^1] = piece with { Text = $"{together[^1].Text} {piece.Text}" };
                continue;
            }

            if (together.Count > 0)
            {
                together[^1] = together[^1] with { Text = together[^1].Text + " " };
            }

            together.Add(piece);
        }

        SetText[] texts = [.. together.Select(Set)];
        return new SetLine(texts, texts.Sum(text => text.Width), texts.Max(text => text.Ink.LineHeight));
    }
}

/// <summary>Text in one ink, ready to be drawn.</summary>
internal sealed record SetText(PrintInk Ink, IReadOnlyList<GlyphRun> Runs, float Width)
{
    /// <summary>Draws it.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">The line on which the letters stand.</param>
    public void Draw(SKCanvas canvas, float x, float y)
    {
        using var paint = new SKPaint { Color = Ink.Colour, IsAntialias = true };
        foreach (var run in Runs)
        {
            run.Draw(canvas, x, y, paint);
            x += run.Width;
        }
    }
}

/// <summary>One line of text.</summary>
internal sealed record SetLine(IReadOnlyList<SetText> Texts, float Width, float Height)
{
    private const float Ascent = 0.76f;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="top">Where the line begins.</param>
    public void Draw(SKCanvas canvas, float x, float top)
    {
        foreach (var text in Texts)
        {
            text.Draw(canvas, x, top + (Height * Ascent));
            x += text.Width;
        }
    }
}
