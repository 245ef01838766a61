using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>Vital signs of one patient over time, and a child's growth.</summary>
public partial class VitalsPanel(IVitals vitals, IGrowth growth, ICurrentUser user)
{
    /// <summary>Until this age growth is looked at; older children are, where they were measured before.</summary>
    private const int GrowsUntil = 19;

    private static readonly (int? Years, string Words)[] Periods = [(1, "1 year"), (5, "5 years"), (null, "All")];

    private IReadOnlyList<VitalSeries>? _series;
    private GrowthCharts? _growth;
    private Refusal? _refusal;
    private int? _years = 1;
    private bool _recording;
    private VitalValue? _correcting;

    [Parameter, EditorRequired]
    public ChartBanner Banner { get; set; } = default!;

    private bool MayWrite => user.Can(Permissions.WriteVitals);

    /// <summary>The two pressures in one picture.</summary>
    private IEnumerable<(string Title, IReadOnlyList<VitalSeries> Series)> Charts
    {
        get
        {
            var pressures = _series!.Where(IsPressure).ToList();
            if (pressures.Count > 0)
            {
                yield return (pressures.Count == 1 ? pressures[0].Name : "Blood pressure", pressures);
            }

            foreach (var series in _series!.Where(s => !IsPressure(s)))
            {
                yield return (series.Name, [series]);
            }
        }
    }

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == Banner.PatientId && change.Kind is "vitals.changed" or "patient.changed";

    protected override Task ReloadAsync() => LoadAsync(
        async cancellation =>
        {
            DateOnly? since = _years is { } years ? Clock.Today.AddYears(-years) : null;
            var series = await vitals.SeriesAsync(Banner.PatientId, since, cancellation);
            var charts = series.Succeeded && Banner.Age.Years < GrowsUntil ? await growth.ChartsAsync(Banner.PatientId, cancellation) : (Result<GrowthCharts>?)null;
            return (Series: series, Growth: charts?.Value);
        },
        read =>
        {
            (_refusal, _growth) = (read.Series.Refusal, read.Growth);
            _series = read.Series.Value ?? _series;
        });

    private static bool IsPressure(VitalSeries series) => series.Sign is VitalSign.SystolicPressure or VitalSign.DiastolicPressure;

    private Task ChooseAsync(int? years)
    {
        _years = years;
        return ReloadAsync();
    }

    private Task RecordedAsync(VitalSet set)
    {
        (_recording, _correcting) = (false, null);
        return ReloadAsync();
    }
}
