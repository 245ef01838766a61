using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>A font as one document uses it: first the glyphs are gathered, then it is cut to them and drawn with.</summary>
internal sealed class UsedFace(PrintFace face) : IDisposable
{
    private readonly HashSet<ushort> _glyphs = [];
    private SKTypeface? _cut;

    public SKTypeface Typeface => _cut ??= face.Only(_glyphs);

    public GlyphRun Shape(string text, float size)
    {
        var (glyphs, places, width) = face.Shape(text, size);
        if (_cut is not null && !_glyphs.IsSupersetOf(glyphs))
        {
            throw new InvalidOperationException("All text is set before the first of it is drawn.");
        }

        _glyphs.UnionWith(glyphs);
        return new GlyphRun(this, size, glyphs, places, width);
    }

    public void Dispose()
    {
        if (_cut is not null && _cut != face.Typeface)
        {
            _cut.Dispose();
        }
    }
}
