using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

/// <summary>Invented visits for the pages.</summary>
internal static class VisitOf
{
    public static VisitHead Sunita(Guid encounterId, Guid patientId, EncounterStatus status = EncounterStatus.InProgress, bool isMine = true, string? complaint = "Tiredness") => new(
        encounterId, patientId, new PersonName("Sunita", "Pawar"), "SC26-005120-6", Age.On(Day.Date, new DateOnly(1988, 3, 1)), Gender.Female,
        Guid.CreateVersion7(), "Dr. Meera Iyer", isMine, EncounterType.OfficeVisit, status, Day.At(10, 30), status is EncounterStatus.InProgress ? null : Day.At(10, 40), complaint,
        new VisitAppointment(Guid.CreateVersion7(), Day.At(10, 15), Day.At(10, 30), AppointmentType.FollowUp, AppointmentStatus.InProgress, "A14", "Room 2", Day.At(10, 5)), FollowUp: null);

    public static OpenVisit Open(VisitHead visit) => new(visit.EncounterId, visit.PatientId, visit.Patient, visit.Mrn, visit.Age, visit.Gender, visit.Type, visit.Start, visit.ChiefComplaint);
}
