using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Vitals;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>Where the points, bands and lines of a chart lie, on <see cref="Width"/> by <see cref="Height"/>.</summary>
internal sealed class ChartShape
{
    public const double Width = 492;
    public const double Height = 190;
    public const double Left = 40;
    public const double Right = 468;
    public const double Top = 12;
    public const double Bottom = 164;

    private readonly double _from;
    private readonly double _to;

    /// <summary>Scales for what is to be in sight.</summary>
    /// <param name="from">The least of what runs to the right, such as a day or an age.</param>
    /// <param name="to">The most.</param>
    /// <param name="values">Everything that has to be in sight.</param>
    public ChartShape(double from, double to, IEnumerable<decimal> values)
    {
        var all = values.Select(v => (double)v).DefaultIfEmpty(0).ToList();
        (_from, _to) = to > from ? (from, to) : (from - 1, to + 1);
        Step = StepOf(all.Max() - all.Min());
        Least = Math.Floor(all.Min() / Step) * Step;
        Most = Math.Max(Least + Step, Math.Ceiling(all.Max() / Step) * Step);
    }

    public double Step { get; }

    public double Least { get; }

    public double Most { get; }

    /// <summary>Round numbers, about four of them.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((Most - Least) / Step) + 1).Select(n => Math.Round(Least + (n * Step), 3));

    public double X(double at) => Left + (Math.Clamp((at - _from) / (_to - _from), 0, 1) * (Right - Left));

    public double Y(double value) => Bottom - (Math.Clamp((value - Least) / (Most - Least), 0, 1) * (Bottom - Top));

    public double Y(decimal value) => Y((double)value);

    /// <summary>The band of usual values between two days; null where it has no limit or lies outside.</summary>
    public (double X, double Y, double Width, double Height)? Band(VitalBand band)
    {
        if (band.Limits is { UsualLow: null, UsualHigh: null })
        {
            return null;
        }

        var (left, right) = (X(band.From.DayNumber), band.To is { } to ? X(to.DayNumber) : Right);
        var top = band.Limits.UsualHigh is { } high ? Y(high) : Top;
        var bottom = band.Limits.UsualLow is { } low ? Y(low) : Bottom;
        return right > left && bottom > top ? (left, top, right - left, bottom - top) : null;
    }

    public string Line(IEnumerable<GrowthCurvePoint> points)
        => string.Join(' ', points.Select(p => FormattableString.Invariant($"{X((double)p.AgeMonths):0.#},{Y(p.Value):0.#}")));

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
