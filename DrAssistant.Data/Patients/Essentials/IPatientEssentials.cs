using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Data.Patients.Essentials;

/// <summary>The door to what a doctor needs beside the note, at one glance.</summary>
public interface IPatientEssentials
{
    /// <summary>
    /// Everything in one round trip. <paramref name="encounterId"/> is the visit that is open: last visit and last note are those before it.
    /// </summary>
    Task<Result<PatientEssentials>> ReadAsync(Guid patientId, Guid? encounterId, CancellationToken cancellation);
}

/// <summary>A patient's essentials.</summary>
/// <param name="Medicines">Those being taken: prescribed, not stopped, not past their course. At most 50, the latest first.</param>
/// <param name="StoppedMedicines">How many are not taken any more.</param>
/// <param name="LastVisit">The latest completed one before the open visit; null for a first visit.</param>
/// <param name="LastNote">The note before this visit; null where there is none.</param>
/// <param name="NotesReachable">False while the notes cannot be read: then no last note says nothing.</param>
/// <param name="Vitals">The latest value of each sign.</param>
/// <param name="Results">The latest value of each test, the latest first, at most 20.</param>
/// <param name="ResultsToReview">How many of this patient's results wait for a doctor.</param>
/// <param name="Tasks">Open ones of this patient, the most urgent first, at most 20.</param>
/// <param name="Problems">Active ones, at most 50.</param>
public sealed record PatientEssentials(
    Guid PatientId,
    AllergyList Allergies,
    IReadOnlyList<ActiveMedicine> Medicines,
    int StoppedMedicines,
    LastVisit? LastVisit,
    NoteReference? LastNote,
    bool NotesReachable,
    IReadOnlyList<VitalValue> Vitals,
    IReadOnlyList<LatestResult> Results,
    int ResultsToReview,
    IReadOnlyList<TaskLine> Tasks,
    IReadOnlyList<Problem> Problems)
{
    public override string ToString() => $"{nameof(PatientEssentials)} {PatientId}";
}

/// <summary>A medicine that is being taken.</summary>
/// <param name="EndsOn">The last day of the course, where it is known.</param>
public sealed record ActiveMedicine(
    Guid PrescriptionId, Guid ItemId, string Name, string Dosage, string Frequency, string? Duration, string? Instructions, DateOnly Since, DateOnly? EndsOn, string DoctorName)
{
    public override string ToString() => $"{nameof(ActiveMedicine)} {ItemId}";
}

/// <summary>The visit before.</summary>
public sealed record LastVisit(Guid EncounterId, DateTimeOffset Start, string DoctorName, string? ChiefComplaint, IReadOnlyList<string> Diagnoses)
{
    public override string ToString() => $"{nameof(LastVisit)} {EncounterId}";
}

/// <summary>A note to be opened.</summary>
public sealed record NoteReference(Guid NoteId, Guid EncounterId, DateTimeOffset At, NoteStatus Status);

/// <summary>The latest value of a test.</summary>
/// <param name="Unit">In words.</param>
/// <param name="Previous">The value before it, where it was a number in the same unit.</param>
public sealed record LatestResult(
    Guid ResultId, Guid EncounterId, string Name, string Value, string? Unit, ResultFlag Flag, DateTimeOffset At, bool Reviewed, string? Previous)
{
    public override string ToString() => $"{nameof(LatestResult)} {ResultId}";
}

/// <summary>An active problem.</summary>
public sealed record Problem(Guid Id, string Name, string? Code, DateTimeOffset? Onset)
{
    public override string ToString() => $"{nameof(Problem)} {Id}";
}
