namespace DrAssistant.Portal.Components.Common;

/// <summary>Where the points and lines of a chart lie, on <see cref="Width"/> by <see cref="Height"/>.</summary>
internal sealed class ChartShape
{
    public const double Height = 190;
    public const double Left = 40;
    public const double Top = 12;
    public const double Bottom = 164;

    private const double Margin = 24;

    private readonly double _from;
    private readonly double _to;

    /// <summary>Scales for what is to be in sight.</summary>
    /// <param name="from">The least of what runs to the right, such as a day or an age.</param>
    /// <param name="to">The most.</param>
    /// <param name="values">Everything that has to be in sight.</param>
    /// <param name="width">Of the whole picture.</param>
    public ChartShape(double from, double to, IEnumerable<decimal> values, double width = 492)
    {
        var all = values.Select(v => (double)v).DefaultIfEmpty(0).ToList();
        (_from, _to) = to > from ? (from, to) : (from - 1, to + 1);
        Width = width;
        Step = StepOf(all.Max() - all.Min());
        Least = Math.Floor(all.Min() / Step) * Step;
        Most = Math.Max(Least + Step, Math.Ceiling(all.Max() / Step) * Step);
    }

    public double Width { get; }

    public double Right => Width - Margin;

    public double Step { get; }

    public double Least { get; }

    public double Most { get; }

    /// <summary>Round numbers, about four of them.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((Most - Least) / Step) + 1).Select(n => Math.Round(Least + (n * Step), 3));

    public double X(double at) => Left + (Math.Clamp((at - _from) / (_to - _from), 0, 1) * (Right - Left));

    public double Y(double value) => Bottom - (Math.Clamp((value - Least) / (Most - Least), 0, 1) * (Bottom - Top));

    public double Y(decimal value) => Y((double)value);

    /// <summary>What is usual between two places; open towards a side without a limit, null where it has none or lies outside.</summary>
    public (double X, double Y, double Width, double Height)? Band(double left, double right, decimal? low, decimal? high)
    {
        var top = high is { } most ? Y(most) : Top;
        var bottom = low is { } least ? Y(least) : Bottom;
        return (low is not null || high is not null) && right > left && bottom > top ? (left, top, right - left, bottom - top) : null;
    }

    private static double StepOf(double span)
    {
        if (span <= 0)
        {
            return 1;
        }

        var rough = span / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
