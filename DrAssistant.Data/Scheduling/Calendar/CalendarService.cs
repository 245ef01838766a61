using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Scheduling.Calendar;

internal sealed class CalendarService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, CalendarKeeping keeping, CalendarViews views, SlotFinder slots, ClinicClock clock) : ICalendars
{
    private const int MostSlots = 50;
    private const int ShortestVisit = 5;
    private const int LongestVisit = 240;

    private bool MayRead => user.Can(Permissions.ReadAppointments) || user.Can(Permissions.WriteCalendars);

    public async Task<Result<IReadOnlyList<FreeSlot>>> FreeAsync(SlotQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAppointments))
        {
            return Refusal.Forbidden;
        }

        if (question.Minutes is < ShortestVisit or > LongestVisit)
        {
            return Refusal.Invalid($"A visit takes {ShortestVisit} to {LongestVisit} minutes.", nameof(question.Minutes));
        }

        var from = question.From is { } asked && asked > clock.Now ? asked : clock.Now;
        return await slots.SoonestAsync(
            new WhoseCalendars(question.DoctorId, Specialty: question.Specialty), question.Minutes, from, Math.Clamp(question.Count, 1, MostSlots), cancellation);
    }

    public async Task<Result<DoctorCalendarView>> OpenAsync(Guid doctorId, CancellationToken cancellation)
    {
        if (!MayRead)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await views.OfDoctorAsync(db, doctorId, cancellation);
    }

    public async Task<Result<DoctorCalendarView>> SaveHoursAsync(Guid doctorId, Guid seen, IReadOnlyList<HoursDraft> week, CancellationToken cancellation)
    {
        if (!keeping.MayKeep(doctorId))
        {
            return Refusal.Forbidden;
        }

        if (CalendarRules.Week(week) is { } refusal)
        {
            return refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!await IsDoctorAsync(db, doctorId, cancellation))
        {
            return Refusal.NotFound("Doctor");
        }

        await CalendarKeeping.TakeTurnAsync(db, doctorId, cancellation);
        var before = await db.WorkingHours.Where(h => h.DoctorId == doctorId).ToListAsync(cancellation);
        if (CalendarViews.VersionOf(before) != seen)
        {
            return Refusal.Conflict("Somebody else has changed these hours meanwhile. Nothing was saved.");
        }

        var after = week.Select(h => new WorkingHours
        {
            Id = Guid.CreateVersion7(),
            DoctorId = doctorId,
            Weekday = h.Weekday,
            StartTime = h.From!.Value,
            EndTime = h.To!.Value,
            SlotMinutes = (short)h.SlotMinutes,
            Room = PlainText.Of(h.Room) is { Length: > 0 } room ? room : null,
        }).ToList();
        db.WorkingHours.RemoveRange(before);
        db.WorkingHours.AddRange(after);
        keeping.Note(db, "calendar.hours", doctorId, new FieldChange("week", Written(before), Written(after)));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return await views.OfDoctorAsync(db, doctorId, cancellation);
    }

    public async Task<Result<LeaveAdded>> AddLeaveAsync(LeaveDraft leave, CancellationToken cancellation)
    {
        if (!keeping.MayKeep(leave.DoctorId))
        {
            return Refusal.Forbidden;
        }

        var time = CalendarRules.Leave(leave, clock);
        if (!time.Succeeded)
        {
            return time.Refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await IsDoctorAsync(db, leave.DoctorId, cancellation))
        {
            return Refusal.NotFound("Doctor");
        }

        var (from, to) = time.Value;
        var toMove = (await BookedVisits.BetweenAsync(db, clock, from.AddHours(-12), to, leave.DoctorId, cancellation))
            .Select(v => v.Visit).Where(v => v.End > from && v.Start > clock.Now && v.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed).ToList();
        if (!await db.DoctorLeave.AnyAsync(l => l.Id == leave.Id, cancellation))
        {
            db.DoctorLeave.Add(new DoctorLeave
            {
                Id = leave.Id,
                DoctorId = leave.DoctorId,
                FromTime = from,
                ToTime = to,
                Reason = PlainText.Of(leave.Reason) is { Length: > 0 } reason ? reason : null,
            });
            keeping.Note(db, "calendar.leave", leave.DoctorId, new FieldChange("leave", null, Written(from, to)), [.. toMove.Select(v => v.PatientId).Distinct()]);
            await db.SaveChangesAsync(cancellation);
        }

        var view = await views.OfDoctorAsync(db, leave.DoctorId, cancellation);
        return view.Succeeded ? new LeaveAdded(view.Value, toMove) : view.Refusal;
    }

    public async Task<Result<DoctorCalendarView>> RemoveLeaveAsync(Guid leaveId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteCalendars))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.DoctorLeave.SingleOrDefaultAsync(l => l.Id == leaveId, cancellation) is not { } leave)
        {
            return Refusal.NotFound("Leave");
        }

        if (!keeping.MayKeep(leave.DoctorId))
        {
            return Refusal.Forbidden;
        }

        db.DoctorLeave.Remove(leave);
        keeping.Note(db, "calendar.leave-removed", leave.DoctorId, new FieldChange("leave", Written(leave.FromTime, leave.ToTime), null));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.NotFound("Leave");
        }

        return await views.OfDoctorAsync(db, leave.DoctorId, cancellation);
    }

    public async Task<Result<PracticeCalendarView>> PracticeAsync(CancellationToken cancellation)
    {
        if (!MayRead)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await views.OfPracticeAsync(db, cancellation);
    }

    public async Task<Result<PracticeCalendarView>> AddHolidayAsync(DateOnly day, string name, CancellationToken cancellation)
    {
        if (!keeping.MayKeepPractice)
        {
            return Refusal.Forbidden;
        }

        if (CalendarRules.Holiday(day, name, clock) is { } refusal)
        {
            return refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        db.PracticeHolidays.Add(new PracticeHoliday { Day = day, Name = PlainText.Of(name) });
        keeping.Note(db, "calendar.holiday", doctorId: null, new FieldChange(ClinicFormat.Date(day), null, PlainText.Of(name)));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Invalid($"{ClinicFormat.Date(day)} is a holiday already.", nameof(PracticeHoliday.Day));
        }

        return await views.OfPracticeAsync(db, cancellation);
    }

    public async Task<Result<PracticeCalendarView>> RemoveHolidayAsync(DateOnly day, CancellationToken cancellation)
    {
        if (!keeping.MayKeepPractice)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.PracticeHolidays.SingleOrDefaultAsync(h => h.Day == day, cancellation) is not { } holiday)
        {
            return Refusal.NotFound("Holiday");
        }

        db.PracticeHolidays.Remove(holiday);
        keeping.Note(db, "calendar.holiday-removed", doctorId: null, new FieldChange(ClinicFormat.Date(day), holiday.Name, null));
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.NotFound("Holiday");
        }

        return await views.OfPracticeAsync(db, cancellation);
    }

    public async Task<Result<PracticeCalendarView>> SaveVisitLengthAsync(AppointmentType type, int minutes, CancellationToken cancellation)
    {
        if (!keeping.MayKeepPractice)
        {
            return Refusal.Forbidden;
        }

        if (minutes is < ShortestVisit or > LongestVisit)
        {
            return Refusal.Invalid($"A visit takes {ShortestVisit} to {LongestVisit} minutes.", EnumText.Of(type));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await CalendarKeeping.TakeTurnAsync(db, Guid.Empty, cancellation);
        var length = await db.VisitLengths.SingleOrDefaultAsync(l => l.AppointmentType == type, cancellation);
        var before = length?.Minutes;
        if (length is null)
        {
            db.VisitLengths.Add(new VisitLength { AppointmentType = type, Minutes = (short)minutes });
        }
        else
        {
            length.Minutes = (short)minutes;
        }

        keeping.Note(db, "calendar.visit-length", doctorId: null, new FieldChange(EnumText.Of(type), $"{before ?? VisitLength.Usual}", $"{minutes}"));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return await views.OfPracticeAsync(db, cancellation);
    }

    private static Task<bool> IsDoctorAsync(ClinicDb db, Guid doctorId, CancellationToken cancellation)
        => db.Users.AnyAsync(u => u.Id == doctorId && u.Role == StaffRole.Doctor && u.Status == StaffStatus.Active, cancellation);

    private static string? Written(IReadOnlyCollection<WorkingHours> week) => week.Count == 0 ? null : string.Join(
        "; ", week.OrderBy(h => h.Weekday).ThenBy(h => h.StartTime).Select(h => $"{h.Weekday} {ClinicFormat.Time(h.StartTime)}-{ClinicFormat.Time(h.EndTime)}/{h.SlotMinutes} {h.Room}"));

    private string Written(DateTimeOffset from, DateTimeOffset to) => $"{ClinicFormat.DateAndTime(from, clock)} - {ClinicFormat.DateAndTime(to, clock)}";
}
