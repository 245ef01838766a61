using HarfBuzzSharp;
using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>One font file: HarfBuzz chooses and places its glyphs, Skia draws them.</summary>
internal sealed class PrintFace : IDisposable
{
    private readonly Blob _blob;
    private readonly Face _face;
    private readonly Font _font;
    private readonly bool _isLatin;
    private readonly int _unitsPerEm;

    private PrintFace(string path, SKTypeface typeface, bool isLatin)
    {
        (Path, Typeface, _isLatin) = (path, typeface, isLatin);
        _blob = Blob.FromFile(path);
        _face = new Face(_blob, 0);
        _unitsPerEm = _face.UnitsPerEm;
        _font = new Font(_face);
        _font.SetScale(_unitsPerEm, _unitsPerEm);
        _font.SetFunctionsOpenType();
    }

    public string Path { get; }

    public SKTypeface Typeface { get; }

    /// <summary>Null where the file is no font.</summary>
    public static PrintFace? Open(string path, bool isLatin)
        => SKTypeface.FromFile(path) is { } typeface ? new PrintFace(path, typeface, isLatin) : null;

    public bool Has(int codePoint) => _font.TryGetNominalGlyph((uint)codePoint, out _);

    /// <summary>The glyphs of <paramref name="text"/>, with places in units of <paramref name="size"/>.</summary>
    public (ushort[] Glyphs, SKPoint[] Places, float Width) Shape(string text, float size)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();

        // A ligature of Latin letters cannot be copied out of the page as letters.
        _font.Shape(buffer, _isLatin ? [new Feature(new Tag('l', 'i', 'g', 'a'), 0), new Feature(new Tag('c', 'l', 'i', 'g'), 0)] : []);
        var infos = buffer.GetGlyphInfoSpan();
        var places = buffer.GetGlyphPositionSpan();
        var (glyphs, points) = (new ushort[infos.Length], new SKPoint[infos.Length]);
        var scale = size / _unitsPerEm;
        var x = 0f;
        for (var i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            points[i] = new SKPoint(x + (places[i].XOffset * scale), -places[i].YOffset * scale);
            x += places[i].XAdvance * scale;
        }

        return (glyphs, points, x);
    }

    /// <summary>The same font with these glyphs alone; itself where that cannot be made.</summary>
    public SKTypeface Only(IReadOnlyCollection<ushort> glyphs)
    {
        var part = FontSubset.Of(_face.Handle, glyphs) ?? Typeface;
        GC.KeepAlive(_face);
        return part;
    }

    public void Dispose()
    {
        _font.Dispose();
        _face.Dispose();
        _blob.Dispose();
        Typeface.Dispose();
    }
}

/// <summary>Glyphs of one font beside one another.</summary>
internal sealed record GlyphRun(UsedFace Face, float Size, ushort[] Glyphs, SKPoint[] Places, float Width)
{
    public void Draw(SKCanvas canvas, float x, float y, SKPaint paint)
    {
        if (Glyphs.Length == 0)
        {
            return;
        }

        using var font = new SKFont(Face.Typeface, Size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };
        using var builder = new SKTextBlobBuilder();
        var run = builder.AllocatePositionedRun(font, Glyphs.Length);
        run.SetGlyphs(Glyphs);
        run.SetPositions(Places);
        using var blob = builder.Build();
        canvas.DrawText(blob, x, y, paint);
    }
}
