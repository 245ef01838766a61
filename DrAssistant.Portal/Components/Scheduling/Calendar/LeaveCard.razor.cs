using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Portal.Components.Scheduling.Book;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Calendar;

/// <summary>A doctor's leave that is not over: added with what now falls into it, removed at once and put back for ten seconds.</summary>
public partial class LeaveCard(ICalendars calendars, ClinicClock clock)
{
    private LeaveDraft _draft = new();
    private LeaveView? _removed;
    private IReadOnlyList<BookedVisit>? _toMove;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public DoctorCalendarView Calendar { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<DoctorCalendarView> OnSaved { get; set; }

    private string? Invalid(string field) => _refusal?.Field == field ? "true" : null;

    private string? MessageOf(string field) => _refusal?.Field == field ? _refusal.Message : null;

    /// <summary>A whole day reads as a day, not as midnight to midnight.</summary>
    private string Span(LeaveView leave)
    {
        var (first, last) = (clock.DayOf(leave.From), clock.DayOf(leave.To.AddTicks(-1)));
        return leave.From != clock.DayBounds(first).From || leave.To != clock.DayBounds(last).To
            ? $"{ClinicFormat.DateAndTime(leave.From, clock)} to {ClinicFormat.DateAndTime(leave.To, clock)}"
            : first == last ? ClinicFormat.DateWithWeekday(first)
            : $"{ClinicFormat.DateWithWeekday(first)} to {ClinicFormat.DateWithWeekday(last)}";
    }

    private string Book(BookedVisit visit) => new BookAddress(null, clock.DayOf(visit.Start), Calendar.DoctorId).On("/appointments");

    private Task AddAsync()
    {
        _draft.DoctorId = Calendar.DoctorId;
        return SaveAsync(() => AddAsync(_draft, () => _draft = new LeaveDraft()));
    }

    private async Task AddAsync(LeaveDraft leave, Action done)
    {
        var added = await calendars.AddLeaveAsync(leave, CancellationToken.None);
        _refusal = added.Refusal;
        if (added.Succeeded)
        {
            _toMove = added.Value.ToMove;
            done();
            await OnSaved.InvokeAsync(added.Value.Calendar);
        }
    }

    private Task RemoveAsync(LeaveView leave) => SaveAsync(async () =>
    {
        var left = await calendars.RemoveLeaveAsync(leave.Id, CancellationToken.None);
        _refusal = left.Refusal;
        if (left.Succeeded)
        {
            (_removed, _toMove) = (leave, null);
            await OnSaved.InvokeAsync(left.Value);
        }
    });

    private Task PutBackAsync() => SaveAsync(() =>
    {
        var (from, to) = (clock.Local(_removed!.From), clock.Local(_removed.To));
        return AddAsync(
            new LeaveDraft
            {
                DoctorId = Calendar.DoctorId,
                FromDay = DateOnly.FromDateTime(from.DateTime),
                FromTime = TimeOnly.FromDateTime(from.DateTime),
                ToDay = DateOnly.FromDateTime(to.DateTime),
                ToTime = TimeOnly.FromDateTime(to.DateTime),
                Reason = _removed.Reason,
            },
            () => _removed = null);
    });
}
