using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Encounters;

/// <summary>Follow-ups with the names of patient and doctor, and the appointment that answers them.</summary>
internal static class FollowUpLines
{
    /// <summary>Rows of <paramref name="followUps"/> with what a list shows; the appointment that was made for it, if any.</summary>
    public static IQueryable<FollowUpRow> Of(ClinicDb db, IQueryable<FollowUp> followUps)
        => from f in followUps
           join name in db.PatientNames on f.PatientId equals name.PatientId
           join doctor in db.Users on f.DoctorId equals doctor.Id
           select new FollowUpRow
           {
               FollowUp = f,
               FirstName = name.FirstName,
               LastName = name.LastName,
               Mrn = name.Mrn,
               DoctorName = doctor.FullName,

               // The visit's own appointment may have been due later than the visit took place; it was started before, and answers nothing.
               Booked = db.Appointments
                   .Where(a => a.PatientId == f.PatientId && a.DoctorId == f.DoctorId && a.StartTime > f.SetAt
                       && a.Status != AppointmentStatus.Cancelled && a.Status != AppointmentStatus.NoShow
                       && (a.StartedAt == null || a.StartedAt > f.SetAt))
                   .Min(a => (DateTimeOffset?)a.StartTime),
           };

    public static FollowUpLine View(FollowUpRow row) => new(
        row.FollowUp.Id, row.FollowUp.PatientId, new PersonName(row.FirstName, row.LastName), row.Mrn, row.FollowUp.DoctorId, row.DoctorName,
        row.FollowUp.DueOn, FollowUp.Words(row.FollowUp.IntervalNumber, row.FollowUp.IntervalUnit), row.FollowUp.ForTheDesk, row.FollowUp.Status,
        row.FollowUp.SetAt, row.Booked);
}

internal sealed class FollowUpRow
{
    public required FollowUp FollowUp { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public string? Mrn { get; init; }

    public required string DoctorName { get; init; }

    public DateTimeOffset? Booked { get; init; }
}
