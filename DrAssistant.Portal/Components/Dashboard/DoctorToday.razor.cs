using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Staff;

namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>The doctor's day: who is next, who waits, what came in, what is left to do.</summary>
public partial class DoctorToday
{
    private readonly IDashboard _dashboard;
    private readonly ICurrentUser _user;
    private readonly MyPreferences _preferences;
    private readonly CardArranger _arranger;

    private DoctorDay? _day;
    private Refusal? _refusal;
    private DraftsState? _drafts;
    private Undoable? _undo;
    private int _version;

    public DoctorToday(IDashboard dashboard, ICurrentUser user, MyPreferences preferences)
    {
        (_dashboard, _user, _preferences) = (dashboard, user, preferences);
        _arranger = new CardArranger(ArrangedAsync);
    }

    /// <summary>On a phone it stands above everything else.</summary>
    private AlertLine? Worst => _day?.Alerts.FirstOrDefault(a => a.Severity == AlertSeverity.Critical);

    private string? DayWords => _day?.Figures is { } day
        ? $" · {day.Seen} seen, {day.ToSee} to see{(day.RunningLate is { TotalMinutes: >= 1 } late ? $", running {ClinicFormat.Waiting(late)} late" : "")}"
        : null;

    protected override async Task OnInitializedAsync()
    {
        Follow(_user.Id);
        _preferences.Changed += ArrangeAgain;
        await LoadAsync(_preferences.GetAsync, read => Arrange(read.Value));
        await ReloadAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _preferences.Changed -= ArrangeAgain;
        base.Dispose(disposing);
    }

    protected override Task ReloadAsync() => LoadAsync(_dashboard.TodayAsync, Show);

    private void Show(Result<DoctorDay> result)
    {
        _refusal = result.Refusal;
        if (result.Succeeded)
        {
            _day = result.Value;
            _arranger.HasCriticalAlerts = Worst is not null;
            _version++;
        }
    }

    private void Arrange(StaffPreferences? kept)
        => _arranger.Cards = kept is null ? DayCards.Usual : DayCards.From(kept.DashboardLayout, kept.HiddenCards);

    private void ArrangeAgain(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        // Who is arranging here sees their own hand, not what they did a moment ago.
        if (!_arranger.Arranging && await TryAsync(() => _preferences.GetAsync(CancellationToken.None)) is { Succeeded: true } read)
        {
            Arrange(read.Value);
            StateHasChanged();
        }
    });

    private void ArrangeOrDone() => _arranger.Arranging = !_arranger.Arranging;

    private async Task ArrangedAsync(DayCards before, string said)
    {
        await KeepAsync(_arranger.Cards);
        _undo = new Undoable(before, said);
        StateHasChanged();
    }

    private async Task UndoAsync()
    {
        if (_undo is { } undo)
        {
            _undo = null;
            _arranger.Cards = undo.Before;
            await KeepAsync(undo.Before);
        }
    }

    private async Task KeepAsync(DayCards cards)
    {
        await SaveAsync(async () => _refusal = (await _preferences.ChangeAsync(
            p => p with { DashboardLayout = cards.ToLayout(), HiddenCards = [.. cards.Hidden] })).Refusal);
        _refusal ??= SaveFailure?.AsRefusal();
    }

    private sealed record Undoable(DayCards Before, string Said);
}

/// <summary>What the drafts card knows for the figures above it; the count is null when it could not be read.</summary>
public sealed record DraftsState(int? Count, int OldestDays);
