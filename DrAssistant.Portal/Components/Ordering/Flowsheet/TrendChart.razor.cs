using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Flowsheet;

/// <summary>Values of a test as a line against what is usual. Values in different units are never joined by one.</summary>
public partial class TrendChart
{
    /// <summary>How many tests fit into one picture; they have to be of one unit.</summary>
    public const int Most = 3;

    private const double Wide = 1040;
    private const double Narrow = 640;
    private const int MostNamed = 12;

    private static readonly (int? Months, string Words)[] Periods = [(3, "3 months"), (12, "1 year"), (null, "All")];

    private readonly string _id = $"trend-{Guid.CreateVersion7():N}";
    private int? _months;
    private List<List<ResultPoint>> _lines = [];
    private ResultReference? _reference;
    private ChartShape? _shape;

    /// <summary>One test, or up to three of the same unit.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<TestSeries> Series { get; set; } = [];

    /// <summary>Where there is less room beside it.</summary>
    [Parameter]
    public bool Small { get; set; }

    private int Left => Series.Sum(s => s.Values.Count - s.Line.Count());

    protected override void OnParametersSet() => Draw();

    private void Choose(int? months)
    {
        _months = months;
        Draw();
    }

    private void Draw()
    {
        DateOnly? since = _months is { } months ? Clock.Today.AddMonths(-months) : null;
        _lines = [.. Series.Select(s => s.Line.Where(v => since is null || v.Day >= since).ToList())];

        // Two tests have two references: a band would be wrong for one of them.
        _reference = Series.Count == 1 ? Series[0].Reference : null;
        var values = _lines.SelectMany(l => l).ToList();
        _shape = values.Count == 0
            ? null
            : new ChartShape(values.Min(Day) - Aside(values), values.Max(Day), values.Select(v => v.Number!.Value).Concat(Limits(values)), Small ? Narrow : Wide);
    }

    /// <summary>The usual range is in sight.</summary>
    private IEnumerable<decimal> Limits(List<ResultPoint> values)
    {
        if (_reference is not { } reference)
        {
            return [];
        }

        var limits = new List<decimal>(new[] { reference.Low, reference.High }.OfType<decimal>());
        limits.AddRange(Criticals(values).Select(c => c.Limit));
        return limits;
    }

    /// <summary>A critical limit is drawn where a value reached it.</summary>
    private IEnumerable<(decimal Limit, string Words)> Criticals(List<ResultPoint> values)
    {
        if (_reference?.CriticalHigh is { } high && values.Exists(v => v.Flag is ResultFlag.CriticalHigh))
        {
            yield return (high, $"critical from {ClinicFormat.Number(high)}");
        }

        if (_reference?.CriticalLow is { } low && values.Exists(v => v.Flag is ResultFlag.CriticalLow))
        {
            yield return (low, $"critical from {ClinicFormat.Number(low)} down");
        }
    }

    /// <summary>The first value does not stand on the numbers of the axis.</summary>
    private double Aside(List<ResultPoint> values) => (values.Max(Day) - values.Min(Day)) * 0.03;

    private IEnumerable<(double X, string Anchor, string Words)> Days(ChartShape shape)
    {
        var days = _lines.SelectMany(l => l).OrderBy(v => v.At).ToList();
        yield return (ChartShape.Left, "start", ClinicFormat.Date(days[0].Day));
        if (days[^1].Day != days[0].Day)
        {
            yield return (shape.Right, "end", ClinicFormat.Date(days[^1].Day));
        }
    }

    /// <summary>First, last and what lies outside carry their value, as long as there is room.</summary>
    private static IEnumerable<ResultPoint> Named(List<ResultPoint> line)
        => line.Where((v, at) => at == 0 || at == line.Count - 1 || (line.Count <= MostNamed && Plot.Dot(v.Flag) != Plot.Dot(ResultFlag.Normal)));

    /// <summary>The shape says it without the colour: a triangle points to where it lies, a diamond is critical.</summary>
    private MarkupString Mark(ChartShape shape, ResultPoint value)
    {
        var (x, y) = (X(shape, value), shape.Y(value.Number!.Value));
        var title = WebText($"{ClinicFormat.Date(value.Day)}: {value.Value} {value.Unit} {Words.Of(value.Flag)}");
        var outline = value.Flag switch
        {
            ResultFlag.CriticalLow or ResultFlag.CriticalHigh => $"M{Plot.N(x)} {Plot.N(y - 6)} l6 6 l-6 6 l-6 -6z",
            ResultFlag.High or ResultFlag.Abnormal => $"M{Plot.N(x)} {Plot.N(y - 5)} l5 9 h-10z",
            ResultFlag.Low => $"M{Plot.N(x)} {Plot.N(y + 5)} l5 -9 h-10z",
            _ => string.Create(CultureInfo.InvariantCulture, $"M{Plot.N(x - 3.5)} {Plot.N(y)} a3.5 3.5 0 1 0 7 0 a3.5 3.5 0 1 0 -7 0z"),
        };
        return (MarkupString)$"<path class=\"{Plot.Dot(value.Flag)}\" d=\"{outline}\"><title>{title}</title></path>";
    }

    private static string WebText(string words) => System.Net.WebUtility.HtmlEncode(words.Trim());

    // The hour counts too: two values of one day do not stand on one another.
    private double Day(ResultPoint value) => Clock.Local(value.At).DateTime.Subtract(DateTime.MinValue).TotalDays;

    private double X(ChartShape shape, ResultPoint value) => shape.X(Day(value));

    private static string? Change(TestSeries series)
    {
        var line = series.Line.ToList();
        if (line.Count < 2 || line[^1].Id != series.Values[^1].Id)
        {
            return null;
        }

        var by = line[^1].Number!.Value - line[^2].Number!.Value;
        return by == 0
            ? $"as on {ClinicFormat.Date(line[^2].Day)}"
            : $"{(by > 0 ? "up" : "down")} {ClinicFormat.Number(Math.Abs(Math.Round(by, 3)))} since {ClinicFormat.Date(line[^2].Day)}";
    }
}
