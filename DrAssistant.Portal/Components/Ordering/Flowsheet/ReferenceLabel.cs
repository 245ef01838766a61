using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Ordering.Flowsheet;

/// <summary>Where the words of a reference range stand: in a corner of its band that no line and no value's number runs through.</summary>
internal static class ReferenceLabel
{
    // A letter of the chart, and a number over its point with the point, in units of the picture.
    private const double LetterWidth = 6.4;
    private const double LetterHeight = 12;
    private const double NumberHalf = 20;
    private const double NumberAbove = 22;
    private const double PointBelow = 8;
    private const int Steps = 24;

    /// <summary>The first corner that is free, from the lower right on; the one with the least in it where none is.</summary>
    /// <param name="shape">The chart.</param>
    /// <param name="low">Lower limit of the reference range; null where it is open downwards.</param>
    /// <param name="high">Upper limit; null where it is open upwards.</param>
    /// <param name="letters">How many letters the words have.</param>
    /// <param name="lines">The points of each line, from left to right.</param>
    public static (double X, double Y, string Anchor) Of(ChartShape shape, decimal? low, decimal? high, int letters, IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines)
    {
        var bottom = (low is { } least ? shape.Y(least) : ChartShape.Bottom) - 5;
        var top = Math.Min(bottom, (high is { } most ? shape.Y(most) : ChartShape.Top) + LetterHeight + 3);
        (double X, double Y, string Anchor)[] corners =
        [
            (shape.Right - 4, bottom, "end"), (shape.Right - 4, top, "end"), (ChartShape.Left + 6, bottom, "start"), (ChartShape.Left + 6, top, "start"),
        ];
        var inked = lines.SelectMany(Inked).ToList();
        return corners.MinBy(corner => inked.Count(ink => IsIn(corner, letters * LetterWidth, ink)));
    }

    private static bool IsIn((double X, double Y, string Anchor) corner, double width, (double X, double Top, double Bottom, double Half) ink)
    {
        var left = corner.Anchor is "end" ? corner.X - width : corner.X;
        return ink.X + ink.Half > left && ink.X - ink.Half < left + width && ink.Bottom > corner.Y - LetterHeight && ink.Top < corner.Y + 3;
    }

    /// <summary>A point with the number over it, and the line to the next in short pieces.</summary>
    private static IEnumerable<(double X, double Top, double Bottom, double Half)> Inked(IReadOnlyList<(double X, double Y)> line)
    {
        for (var at = 0; at < line.Count; at++)
        {
            var (x, y) = line[at];
            yield return (x, y - NumberAbove, y + PointBelow, NumberHalf);
            for (var step = 1; at + 1 < line.Count && step < Steps; step++)
            {
                var part = (double)step / Steps;
                var between = y + ((line[at + 1].Y - y) * part);
                yield return (x + ((line[at + 1].X - x) * part), between - 2, between + 2, 1);
            }
        }
    }
}
