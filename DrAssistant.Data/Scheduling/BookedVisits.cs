using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling;

/// <summary>Makes of an appointment and a name what the desk sees.</summary>
internal static class BookedVisits
{
    /// <summary>The appointments that begin in this time, by time, each with its doctor.</summary>
    public static async Task<List<(Guid DoctorId, BookedVisit Visit)>> BetweenAsync(
        ClinicDb db, ClinicClock clock, DateTimeOffset from, DateTimeOffset to, Guid? doctor, CancellationToken cancellation)
    {
        var rows = await (
            from a in db.Appointments.AsNoTracking()
            join n in db.PatientNames on a.PatientId equals n.PatientId
            where a.StartTime >= @from && a.StartTime < to && (doctor == null || a.DoctorId == doctor)
            orderby a.StartTime, a.Id
            select new { Appointment = a, Name = n }).ToListAsync(cancellation);
        return rows.ConvertAll(r => (r.Appointment.DoctorId, Of(r.Appointment, r.Name, clock)));
    }

    /// <summary>One appointment as it stands.</summary>
    public static async Task<BookedVisit?> OneAsync(ClinicDb db, ClinicClock clock, Guid appointmentId, CancellationToken cancellation)
    {
        var row = await (
            from a in db.Appointments.AsNoTracking()
            join n in db.PatientNames on a.PatientId equals n.PatientId
            where a.Id == appointmentId
            select new { Appointment = a, Name = n }).SingleOrDefaultAsync(cancellation);
        return row is null ? null : Of(row.Appointment, row.Name, clock);
    }

    /// <summary>The age is that on the day of the visit.</summary>
    public static BookedVisit Of(Appointment a, PatientName n, ClinicClock clock) => new(
        a.Id, a.PatientId, new PersonName(n.FirstName, n.LastName),
        Age.On(clock.DayOf(a.StartTime), n.DateOfBirth, n.DateOfBirthEstimated), n.Gender, n.Mrn,
        a.StartTime, a.EndTime, a.Status, a.AppointmentType, a.Reason, a.Token, a.Room, a.CheckInTime)
    {
        StartedAt = a.StartedAt,
        ArrivedAt = a.ArrivedAt,
        NurseSince = a.NurseSince,
        VitalsDoneAt = a.VitalsDoneAt,
        CalledAt = a.CalledAt,
        Calls = a.Calls,
        WalkIn = a.WalkIn,
        SeriesId = a.SeriesId,
        OutsideHoursReason = a.OutsideHoursReason,
        CancelReason = a.CancelReason,
        ChangedAt = a.ChangedAt,
    };
}
