using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

/// <summary>Makes of an appointment, a name and a nurse what the desk, the book and the queue see.</summary>
internal static class BookedVisits
{
    /// <summary>The appointments that begin in this time, by time, each with its doctor.</summary>
    public static async Task<List<(Guid DoctorId, BookedVisit Visit)>> BetweenAsync(
        ClinicDb db, ClinicClock clock, DateTimeOffset from, DateTimeOffset to, Guid? doctor, CancellationToken cancellation)
    {
        var rows = await Rows(db, db.Appointments.Where(a => a.StartTime >= from && a.StartTime < to && (doctor == null || a.DoctorId == doctor)))
            .ToListAsync(cancellation);
        return rows.ConvertAll(r => (r.Appointment.DoctorId, Of(r, clock)));
    }

    /// <summary>One appointment as it stands, or null where this person does not see it.</summary>
    public static async Task<BookedVisit?> OneAsync(ClinicDb db, ClinicClock clock, Guid appointmentId, CancellationToken cancellation)
        => await Rows(db, db.Appointments.Where(a => a.Id == appointmentId)).SingleOrDefaultAsync(cancellation) is { } row ? Of(row, clock) : null;

    /// <summary>A new one, which no nurse has taken yet.</summary>
    public static BookedVisit Of(Appointment appointment, PatientName name, ClinicClock clock) => Of(new Row(appointment, name, null), clock);

    private static IQueryable<Row> Rows(ClinicDb db, IQueryable<Appointment> appointments) =>
        from a in appointments.AsNoTracking()
        join n in db.PatientNames on a.PatientId equals n.PatientId
        join u in db.Users on a.NurseId equals u.Id into nurses
        from nurse in nurses.DefaultIfEmpty()
        orderby a.StartTime, a.Id
        select new Row(a, n, nurse.FullName);

    /// <summary>The age is that on the day of the visit.</summary>
    private static BookedVisit Of(Row row, ClinicClock clock)
    {
        var (a, n, nurse) = row;
        return new BookedVisit(
            a.Id, a.PatientId, new PersonName(n.FirstName, n.LastName),
            Age.On(clock.DayOf(a.StartTime), n.DateOfBirth, n.DateOfBirthEstimated), n.Gender, n.Mrn,
            a.StartTime, a.EndTime, a.Status, a.AppointmentType, a.Reason, a.Token, a.Room, a.CheckInTime)
        {
            DateOfBirth = n.DateOfBirth,
            DateOfBirthEstimated = n.DateOfBirthEstimated,
            StartedAt = a.StartedAt,
            EndedAt = a.CheckOutTime,
            ArrivedAt = a.ArrivedAt,
            NurseSince = a.NurseSince,
            NurseName = nurse,
            VitalsDoneAt = a.VitalsDoneAt,
            CalledAt = a.CalledAt,
            Calls = a.Calls,
            SkippedAt = a.SkippedAt,
            WalkIn = a.WalkIn,
            SeriesId = a.SeriesId,
            OutsideHoursReason = a.OutsideHoursReason,
            CancelReason = a.CancelReason,
            ChangedAt = a.ChangedAt,
        };
    }

    private sealed record Row(Appointment Appointment, PatientName Name, string? Nurse);
}
