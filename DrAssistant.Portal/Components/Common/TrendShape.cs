namespace DrAssistant.Portal.Components.Common;

/// <summary>Where the points of a small line and the band behind it lie, on 64 by 26.</summary>
internal sealed record TrendShape(IReadOnlyList<(double X, double Y)> Points, (double Top, double Height)? Band)
{
    private const double Left = 4;
    private const double Right = 60;
    private const double Top = 4;
    private const double Bottom = 22;

    /// <summary>Null for fewer than two values: a single point has no course.</summary>
    public static TrendShape? Of(IReadOnlyList<decimal> values, decimal? low, decimal? high)
    {
        if (values.Count < 2)
        {
            return null;
        }

        // The band takes part in the scale, so that a value outside it is seen to be outside.
        var all = values.Concat(new[] { low, high }.OfType<decimal>()).Select(v => (double)v).ToList();
        var (least, most) = (all.Min(), all.Max());
        var span = most > least ? most - least : 1;
        double Y(decimal value) => Bottom - (((double)value - least) / span * (Bottom - Top));

        var step = (Right - Left) / (values.Count - 1);
        var points = values.Select((value, at) => (Left + (at * step), Y(value))).ToList();
        return new TrendShape(points, BandOf(low, high, Y));
    }

    private static (double Top, double Height)? BandOf(decimal? low, decimal? high, Func<decimal, double> y)
    {
        if (low is null && high is null)
        {
            return null;
        }

        // A reference with one end is open towards the other.
        var top = high is { } most ? y(most) : 0;
        var bottom = low is { } least ? y(least) : 26;
        return (top, Math.Max(2, bottom - top));
    }
}
