using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Calendar;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Calendar;

/// <summary>A doctor's week as it is typed. What somebody else saves meanwhile takes nothing away that stands here unsaved.</summary>
public partial class WeekEditor(ICalendars calendars)
{
    private static readonly DayOfWeek[] Days = [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7))];

    private List<HoursDraft> _week = [];
    private DoctorCalendarView? _shown;
    private DoctorCalendarView? _theirs;
    private Refusal? _refusal;
    private Removed? _undo;
    private string? _said;
    private bool _changed;

    [Parameter, EditorRequired]
    public DoctorCalendarView Calendar { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<DoctorCalendarView> OnSaved { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(Calendar, _shown))
        {
            return;
        }

        var same = _shown is { } before && Calendar.Week.Select(Written).SequenceEqual(before.Week.Select(Written));
        (_theirs, _shown) = (_changed && !same ? Calendar : null, Calendar);
        if (!_changed)
        {
            Begin(Calendar);
        }
    }

    private static HoursDraft Copy(HoursDraft hours, DayOfWeek? weekday = null) => new()
    {
        Weekday = weekday ?? hours.Weekday,
        From = hours.From,
        To = hours.To,
        SlotMinutes = hours.SlotMinutes,
        Room = hours.Room,
    };

    private static string Written(HoursDraft hours) => $"{hours.Weekday} {hours.From:HH\\:mm} {hours.To:HH\\:mm} {hours.SlotMinutes} {hours.Room}";

    private static string Words(HoursDraft hours)
        => $"{hours.Weekday} {(hours.From is { } from ? ClinicFormat.Time(from) : "")} to {(hours.To is { } to ? ClinicFormat.Time(to) : "")}";

    private void Begin(DoctorCalendarView calendar) => (_week, _changed, _refusal) = ([.. calendar.Week.Select(h => Copy(h))], false, null);

    private void TakeTheirs()
    {
        Begin(_theirs!);
        (_theirs, _undo) = (null, null);
    }

    private void Typed() => (_changed, _said) = (true, null);

    private void Typed(TimeOnly? _) => Typed();

    /// <summary>After the day's last stretch, as long as it and with its slots and room; most days are alike.</summary>
    private void Add(DayOfWeek day)
    {
        var last = _week.FindLast(h => h.Weekday == day) ?? _week.LastOrDefault();
        _week.Add(new HoursDraft { Weekday = day, SlotMinutes = last?.SlotMinutes ?? 15, Room = last?.Room });
        Typed();
    }

    private void Remove(HoursDraft hours)
    {
        Keep($"{Words(hours)} removed.");
        _week.Remove(hours);
        Typed();
    }

    private void CopyToAll(DayOfWeek day)
    {
        Keep($"Monday to Saturday are as {day}.");
        var stretches = _week.Where(h => h.Weekday == day).ToList();
        _week = [.. _week.Where(h => h.Weekday == DayOfWeek.Sunday && day != DayOfWeek.Sunday), .. Days.Where(d => d != DayOfWeek.Sunday).SelectMany(d => stretches.Select(h => Copy(h, d)))];
        Typed();
    }

    private void Keep(string text) => (_undo, _refusal) = (new Removed(text, [.. _week.Select(h => Copy(h))]), null);

    private void Undo()
    {
        (_week, _undo) = (_undo!.Before, null);
        Typed();
    }

    private string? Invalid(int row, string field) => _refusal?.Field == $"Week[{row}].{field}" ? "true" : null;

    private string? MessageOf(int row) => _refusal?.Field?.StartsWith($"Week[{row}].", StringComparison.Ordinal) is true ? _refusal.Message : null;

    private Task SaveAsync() => SaveAsync(async () =>
    {
        var saved = await calendars.SaveHoursAsync(Calendar.DoctorId, Calendar.WeekVersion, _week, CancellationToken.None);
        _refusal = saved.Refusal;
        if (saved.Refusal is { Kind: RefusalKind.Conflict } && await calendars.OpenAsync(Calendar.DoctorId, CancellationToken.None) is { Succeeded: true } now)
        {
            // Theirs is offered above what is typed here; saved once more, it is with open eyes.
            await OnSaved.InvokeAsync(now.Value);
        }

        if (saved.Succeeded)
        {
            (_undo, _theirs, _shown, _said) = (null, null, saved.Value, "Saved. The book offers these hours from now on.");
            Begin(saved.Value);
            await OnSaved.InvokeAsync(saved.Value);
        }
    });

    private sealed record Removed(string Text, List<HoursDraft> Before);
}
