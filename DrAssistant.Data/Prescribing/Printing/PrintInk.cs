using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>How a word looks. Colours have at least seven times the contrast of white; none of them carries a meaning by itself, so the page reads in grey.</summary>
internal sealed record PrintInk(float Size, bool Bold, SKColor Colour)
{
    public static readonly SKColor Black = new(0x10, 0x14, 0x18);
    public static readonly SKColor Grey = new(0x45, 0x50, 0x59);
    public static readonly SKColor Teal = new(0x0B, 0x56, 0x64);
    public static readonly SKColor Red = new(0x8E, 0x10, 0x20);
    public static readonly SKColor Rule = new(0xB5, 0xBF, 0xC5);
    public static readonly SKColor Across = new(0xF0, 0xB4, 0xB4);

    public float LineHeight => Size * 1.36f;
}

/// <summary>Words in one ink.</summary>
internal readonly record struct PrintSpan(string Text, PrintInk Ink);
