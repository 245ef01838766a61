using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters.Vitals;

/// <summary>The vital signs of one visit.</summary>
public partial class VitalsStrip(IVitals vitals, ICurrentUser user)
{
    private Guid? _shown;
    private IReadOnlyList<VitalValue> _values = [];
    private List<VitalTile> _tiles = [];
    private Refusal? _refusal;
    private bool _open;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    private string When
    {
        get
        {
            var latest = _values.MaxBy(v => v.At)!;
            var time = ClinicFormat.Time(TimeOnly.FromDateTime(Clock.Local(latest.At).DateTime));
            return latest.By is { } by ? $"{time}, {Words.Colleague(by)}" : time;
        }
    }

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_shown == Visit.EncounterId)
        {
            return Task.CompletedTask;
        }

        (_shown, _values, _tiles, _refusal, _open) = (Visit.EncounterId, [], [], null, false);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change?.PatientId == Visit.PatientId && change.Kind is "vitals.changed" or "encounter.changed";

    protected override Task ReloadAsync() => LoadAsync(cancellation => vitals.LatestAsync(Visit.PatientId, cancellation), read =>
    {
        _refusal = read.Refusal;
        if (read.Succeeded)
        {
            _values = [.. read.Value.Where(v => v.EncounterId == Visit.EncounterId)];
            _tiles = [.. VitalTiles.Of(_values)];
        }
    });

    private Task RecordedAsync(VitalSet set)
    {
        _open = false;
        return ReloadAsync();
    }
}
