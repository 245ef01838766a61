using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Books what it is told to; every act is written down.</summary>
internal sealed class FakeBooking : IBooking
{
    public Func<AppointmentDraft, Result<BookedVisit>> Book { get; set; } = _ => Refusal.Invalid("Nothing was prepared.");

    public Func<AppointmentDraft, Recurrence, Result<BookedSeries>> BookSeries { get; set; } = (_, _) => Refusal.Invalid("Nothing was prepared.");

    public Func<AppointmentMove, Result<BookedVisit>> Move { get; set; } = _ => Refusal.Invalid("Nothing was prepared.");

    public Func<string, Guid, Result<BookedVisit>> Act { get; set; } = (_, _) => Refusal.Invalid("Nothing was prepared.");

    public List<AppointmentMove> Moves { get; } = [];

    public List<string> Acts { get; } = [];

    public Task<Result<BookedVisit>> BookAsync(AppointmentDraft draft, CancellationToken cancellation) => Done($"book {draft.Start:HH:mm}", Book(draft));

    public Task<Result<BookedSeries>> BookSeriesAsync(AppointmentDraft first, Recurrence repeat, CancellationToken cancellation)
    {
        Acts.Add($"series {repeat.Weeks} {repeat.Times}");
        return Task.FromResult(BookSeries(first, repeat));
    }

    public Task<Result<BookedVisit>> WalkInAsync(WalkInDraft draft, CancellationToken cancellation) => Done("walk in", Act("walk in", draft.Id));

    public Task<Result<BookedVisit>> MoveAsync(AppointmentMove move, CancellationToken cancellation)
    {
        Moves.Add(move);
        return Done("move", Move(move));
    }

    public Task<Result<BookedVisit>> ReviseAsync(AppointmentRevision revision, CancellationToken cancellation)
        => Done($"revise {revision.Type} {revision.Reason}", Act("revise", revision.AppointmentId));

    public Task<Result<BookedVisit>> ConfirmAsync(Guid appointmentId, CancellationToken cancellation) => Done("confirm", Act("confirm", appointmentId));

    public Task<Result<BookedVisit>> CancelAsync(Guid appointmentId, string reason, CancellationToken cancellation) => Done($"cancel: {reason}", Act("cancel", appointmentId));

    public Task<Result<BookedVisit>> MissAsync(Guid appointmentId, string reason, CancellationToken cancellation) => Done($"miss: {reason}", Act("miss", appointmentId));

    public Task<Result<BookedVisit>> ReviveAsync(Guid appointmentId, CancellationToken cancellation) => Done("revive", Act("revive", appointmentId));

    private Task<Result<BookedVisit>> Done(string what, Result<BookedVisit> answer)
    {
        Acts.Add(what);
        return Task.FromResult(answer);
    }
}

/// <summary>Free times as a test lays them out.</summary>
internal sealed class FakeCalendars : ICalendars
{
    public Func<SlotQuestion, Result<IReadOnlyList<FreeSlot>>> Free { get; set; } = _ => new List<FreeSlot>();

    public Dictionary<AppointmentType, int> VisitMinutes { get; } = [];

    public List<SlotQuestion> Questions { get; } = [];

    public Task<Result<IReadOnlyList<FreeSlot>>> FreeAsync(SlotQuestion question, CancellationToken cancellation)
    {
        Questions.Add(question);
        return Task.FromResult(Free(question));
    }

    public Task<Result<PracticeCalendarView>> PracticeAsync(CancellationToken cancellation)
        => Task.FromResult<Result<PracticeCalendarView>>(new PracticeCalendarView([], VisitMinutes));

    public Task<Result<DoctorCalendarView>> OpenAsync(Guid doctorId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<DoctorCalendarView>> SaveHoursAsync(Guid doctorId, Guid seen, IReadOnlyList<HoursDraft> week, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<LeaveAdded>> AddLeaveAsync(LeaveDraft leave, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<DoctorCalendarView>> RemoveLeaveAsync(Guid leaveId, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<PracticeCalendarView>> AddHolidayAsync(DateOnly day, string name, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<PracticeCalendarView>> RemoveHolidayAsync(DateOnly day, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<Result<PracticeCalendarView>> SaveVisitLengthAsync(AppointmentType type, int minutes, CancellationToken cancellation) => throw new NotSupportedException();
}
