using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>A sign against the bands of the ages that the patient had.</summary>
public partial class VitalChart
{
    private readonly string _id = $"vital-chart-{Guid.CreateVersion7():N}";
    private ChartShape? _shape;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>One sign, or the two pressures.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<VitalSeries> Series { get; set; } = [];

    /// <summary>Given where the reader may correct.</summary>
    [Parameter]
    public EventCallback<VitalValue> Correct { get; set; }

    private string Unit => Series[0].Unit;

    private int Points => Series.Max(s => s.Values.Count);

    private VitalValue? Latest => Series[0].Values is [.., var last] ? last : null;

    /// <summary>The latest of each, where they are of one measurement.</summary>
    private IReadOnlyList<VitalValue> LatestRow => Rows is [var first, ..] ? first : [];

    private string LatestText => string.Join("/", LatestRow.Select(VitalsWords.Value));

    private ResultFlag LatestFlag => LatestRow.Select(v => v.Flag).Aggregate(ResultFlag.Unknown, VitalsWords.Worse);

    private string? UsualWords
    {
        get
        {
            var words = Series.Select(s => s.Bands.Count > 0 ? VitalsWords.Range(s.Bands[^1].Limits) : null).ToList();
            return words.Contains(null) ? null : string.Join(" / ", words);
        }
    }

    /// <summary>Newest first; what was measured at one moment in one row.</summary>
    private List<List<VitalValue>> Rows => [.. Series.SelectMany(s => s.Values).GroupBy(v => v.At).OrderByDescending(g => g.Key).Select(g => g.OrderBy(v => v.Sign).ToList())];

    protected override void OnParametersSet()
    {
        var values = Series.SelectMany(s => s.Values).ToList();
        var days = values.ConvertAll(v => Day(v));
        var limits = Series.SelectMany(s => s.Bands).SelectMany(b => new[] { b.Limits.UsualLow, b.Limits.UsualHigh }).OfType<decimal>();
        _shape = values.Count == 0 ? null : new ChartShape(days.Min(), days.Max(), values.Select(v => v.Value).Concat(limits));
    }

    // The hour counts too: two values of one day do not stand on one another.
    private double Day(VitalValue value) => Clock.Local(value.At).DateTime.Subtract(DateTime.MinValue).TotalDays;

    private double X(ChartShape shape, VitalValue value) => shape.X(Day(value));

    private static (double X, double Y, double Width, double Height)? Band(ChartShape shape, VitalBand band)
        => shape.Band(shape.X(band.From.DayNumber), band.To is { } to ? shape.X(to.DayNumber) : shape.Right, band.Limits.UsualLow, band.Limits.UsualHigh);

    private IEnumerable<(double X, string Anchor, string Words)> Days(ChartShape shape)
    {
        var (first, last) = (Series.Min(s => s.Values[0].At), Series.Max(s => s.Values[^1].At));
        yield return (ChartShape.Left, "start", ClinicFormat.Date(Clock.DayOf(first)));
        if (Clock.DayOf(last) != Clock.DayOf(first))
        {
            yield return (shape.Right, "end", ClinicFormat.Date(Clock.DayOf(last)));
        }
    }
}
