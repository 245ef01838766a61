using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Encounters;

/// <summary>Visits as pages show them.</summary>
internal sealed class VisitHeads(ClinicClock clock)
{
    private const int MostOpen = 50;

    /// <summary>Null where it is not there, or not the reader's to see.</summary>
    public async Task<VisitHead?> OneAsync(ClinicDb db, Guid encounterId, Guid? reader, CancellationToken cancellation)
    {
        var row = await Rows(db).SingleOrDefaultAsync(r => r.Visit.Id == encounterId, cancellation);
        if (row is null)
        {
            return null;
        }

        var followUp = await FollowUpAsync(db, encounterId, cancellation);
        var visit = row.Visit;
        return new VisitHead(
            visit.Id, visit.PatientId, new PersonName(row.Name.FirstName, row.Name.LastName), row.Name.Mrn, AgeOf(row), row.Name.Gender,
            visit.DoctorId, row.DoctorName, visit.DoctorId == reader, visit.EncounterType, visit.Status, visit.StartTime, visit.EndTime,
            visit.ChiefComplaint, Appointment(row.Appointment), followUp)
        {
            CancelReason = visit.CancelReason,
        };
    }

    public async Task<IReadOnlyList<OpenVisit>> OpenAsync(ClinicDb db, Guid doctor, CancellationToken cancellation)
    {
        var rows = await Rows(db)
            .Where(r => r.Visit.DoctorId == doctor && r.Visit.Status == EncounterStatus.InProgress)
            .OrderByDescending(r => r.Visit.StartTime).ThenByDescending(r => r.Visit.Id)
            .Take(MostOpen)
            .ToListAsync(cancellation);
        return rows.ConvertAll(r => new OpenVisit(
            r.Visit.Id, r.Visit.PatientId, new PersonName(r.Name.FirstName, r.Name.LastName), r.Name.Mrn, AgeOf(r), r.Name.Gender,
            r.Visit.EncounterType, r.Visit.StartTime, r.Visit.ChiefComplaint));
    }

    public static async Task<FollowUpLine?> FollowUpAsync(ClinicDb db, Guid encounterId, CancellationToken cancellation)
        => await FollowUpLines.Of(db, db.FollowUps.AsNoTracking().Where(f => f.EncounterId == encounterId)).SingleOrDefaultAsync(cancellation) is { } row
            ? FollowUpLines.View(row)
            : null;

    private static IQueryable<Row> Rows(ClinicDb db)
        => from visit in db.Encounters.AsNoTracking()
           join name in db.PatientNames on visit.PatientId equals name.PatientId
           join doctor in db.Users on visit.DoctorId equals doctor.Id
           join appointment in db.Appointments on visit.AppointmentId equals (Guid?)appointment.Id into appointments
           from appointment in appointments.DefaultIfEmpty()
           select new Row { Visit = visit, Name = name, DoctorName = doctor.FullName, Appointment = appointment };

    private static VisitAppointment? Appointment(Appointment? a)
        => a is null ? null : new VisitAppointment(a.Id, a.StartTime, a.EndTime, a.AppointmentType, a.Status, a.Token, a.Room, a.CheckInTime);

    // As old as the patient was at the visit.
    private Age AgeOf(Row row) => Age.On(clock.DayOf(row.Visit.StartTime), row.Name.DateOfBirth, row.Name.DateOfBirthEstimated);

    private sealed class Row
    {
        public required Encounter Visit { get; init; }

        public required PatientName Name { get; init; }

        public required string DoctorName { get; init; }

        public Appointment? Appointment { get; init; }
    }
}
