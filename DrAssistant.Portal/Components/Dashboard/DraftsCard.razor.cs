using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>Unsigned notes. They lie in the document store, so this card loads, waits and fails by itself.</summary>
public partial class DraftsCard(IDashboard dashboard, ClinicClock clock)
{
    private const int Few = 2;

    private IReadOnlyList<DraftToSign>? _drafts;
    private Refusal? _refusal;
    private int? _readVersion;
    private bool _all;

    [Parameter]
    public EventCallback<DraftsState> Loaded { get; set; }

    /// <summary>Another number reads again.</summary>
    [Parameter, EditorRequired]
    public int Version { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_readVersion == Version)
        {
            return Task.CompletedTask;
        }

        _readVersion = Version;
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        await LoadAsync(dashboard.DraftsToSignAsync, read => (_drafts, _refusal) = (read.Succeeded ? read.Value : _drafts, read.Refusal));
        await Loaded.InvokeAsync(new DraftsState(LoadFailure is null ? _drafts?.Count : null, _drafts is [var oldest, ..] ? DaysOld(oldest) : 0));
    }

    private int DaysOld(DraftToSign draft) => clock.Today.DayNumber - clock.DayOf(draft.EncounterStart).DayNumber;

    private string When(DraftToSign draft)
    {
        var start = clock.Local(draft.EncounterStart);
        return DaysOld(draft) == 0
            ? $"today {ClinicFormat.Time(TimeOnly.FromDateTime(start.DateTime))}"
            : $"visit {ClinicFormat.Date(DateOnly.FromDateTime(start.DateTime))}";
    }
}
