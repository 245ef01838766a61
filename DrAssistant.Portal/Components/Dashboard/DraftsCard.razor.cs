using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>Unsigned notes. They lie in the document store, so this card loads, waits and fails by itself.</summary>
public partial class DraftsCard(IDashboard dashboard, ClinicClock clock)
{
    private const int Few = 2;

    /// <summary>A note is signed on the day of its visit; what waits longer is pointed out.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(24);

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

    private bool IsLate(DraftToSign draft) => clock.Now - draft.Since > Late;

    /// <summary>"26 h", and from two days on "3 days".</summary>
    private string Waiting(DraftToSign draft)
    {
        var waits = clock.Now - draft.Since;
        return waits < 2 * Late ? string.Create(CultureInfo.InvariantCulture, $"{(int)waits.TotalHours} h") : Words.Count((int)waits.TotalDays, "day");
    }

    private string When(DraftToSign draft)
    {
        var start = clock.Local(draft.EncounterStart);
        return DaysOld(draft) == 0
            ? $"today {ClinicFormat.Time(TimeOnly.FromDateTime(start.DateTime))}"
            : $"visit {ClinicFormat.Date(DateOnly.FromDateTime(start.DateTime))}";
    }
}
