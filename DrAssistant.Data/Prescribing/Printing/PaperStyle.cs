using SkiaSharp;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Measures of a sheet of paper in whole points, as Skia keeps them, and the inks on it. A4 is A5 a little larger, for eyes that need it.</summary>
internal sealed record PaperStyle(float Width, float Height, float Scale, float Side, float Top, float Bottom)
{
    public static PaperStyle Of(PaperSize size) => size is PaperSize.A4
        ? new PaperStyle(595f, 842f, 1.22f, 42f, 36f, 30f)
        : new PaperStyle(420f, 595f, 1f, 22.7f, 20f, 17f);

    public float Inner => Width - (2 * Side);

    public PrintInk Practice => Ink(13f, bold: true, PrintInk.Teal);

    public PrintInk Doctor => Ink(9.8f, bold: true, PrintInk.Black);

    public PrintInk Small => Ink(7.2f, bold: false, PrintInk.Black);

    public PrintInk SmallBold => Ink(7.2f, bold: true, PrintInk.Black);

    public PrintInk Label => Ink(6.8f, bold: false, PrintInk.Grey);

    public PrintInk ColumnHead => Ink(6.8f, bold: true, PrintInk.Grey);

    public PrintInk Value => Ink(8.6f, bold: false, PrintInk.Black);

    public PrintInk ValueBold => Ink(8.6f, bold: true, PrintInk.Black);

    public PrintInk Warning => Ink(8.6f, bold: true, PrintInk.Red);

    public PrintInk Medicine => Ink(9.2f, bold: false, PrintInk.Black);

    public PrintInk MedicineBold => Ink(9.2f, bold: true, PrintInk.Black);

    public PrintInk Brand => Ink(9.2f, bold: false, PrintInk.Grey);

    public PrintInk Foot => Ink(6.6f, bold: false, PrintInk.Grey);

    public PrintInk Code => Ink(9.6f, bold: true, PrintInk.Black);

    /// <summary>Points of A5 on this paper.</summary>
    public float Of(float points) => points * Scale;

    private PrintInk Ink(float size, bool bold, SKColor colour) => new(size * Scale, bold, colour);
}

/// <summary>What stays together on one page.</summary>
/// <param name="Draw">With the left end and the top of where it goes.</param>
/// <param name="IsMedicine">It stands under the heads of the columns.</param>
internal sealed record PageBlock(float Height, Action<SKCanvas, float, float> Draw, bool IsMedicine = false);

/// <summary>Lines and boxes.</summary>
internal static class PrintRules
{
    public static void Line(SKCanvas canvas, float x1, float y1, float x2, float y2, SKColor colour, float thick = 0.7f)
    {
        using var paint = new SKPaint { Color = colour, StrokeWidth = thick, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    public static void Box(SKCanvas canvas, SKRect box, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour, StrokeWidth = 0.8f, IsStroke = true, IsAntialias = true };
        canvas.DrawRoundRect(box, 3, 3, paint);
    }
}
