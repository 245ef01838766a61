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
    /// Everything in one round trip, and the last note from its store. <paramref name="encounterId"/> is the visit that is open: last visit and
    /// last note are those before it.
    /// </summary>
    Task<Result<PatientEssentials>> ReadAsync(Guid patientId, Guid? encounterId, CancellationToken cancellation);
}

/// <summary>A patient's essentials.</summary>
/// <param name="Medicines">Those being taken: prescribed, not stopped, not past their course; each once. At most 50, the latest first.</param>
/// <param name="StoppedMedicines">How many were taken and are not any more.</param>
/// <param name="LastVisit">The latest completed one before the open visit; null for a first visit.</param>
/// <param name="LastNote">The latest signed note of another visit; null where there is none.</param>
/// <param name="NotesReachable">False while the notes cannot be read: then no last note says nothing.</param>
/// <param name="Vitals">The latest value of each sign.</param>
/// <param name="Results">The latest value of each test, at most 20: those that wait for a doctor first, then the latest.</param>
/// <param name="ResultsToReview">How many of this patient's results wait for a doctor.</param>
/// <param name="Tasks">Open ones of this patient that the reader may see, the most urgent first, at most 20.</param>
/// <param name="Problems">Active ones, at most 50.</param>
public sealed record PatientEssentials(
    Guid PatientId,
    AllergyList Allergies,
    IReadOnlyList<ActiveMedicine> Medicines,
    int StoppedMedicines,
    LastVisit? LastVisit,
    LastNote? LastNote,
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
/// <param name="Since">When it was prescribed first.</param>
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

/// <summary>The note before: what it was, and what was to be done.</summary>
/// <param name="Assessment">Diagnoses, then the impression; empty where the note says neither.</param>
public sealed record LastNote(Guid NoteId, Guid EncounterId, DateTimeOffset SignedAt, NoteStatus Status, IReadOnlyList<string> Assessment, IReadOnlyList<string> Plan)
{
    public override string ToString() => $"{nameof(LastNote)} {NoteId}";
}

/// <summary>The latest value of a test.</summary>
/// <param name="Unit">In words.</param>
/// <param name="Trend">It and the numbers before it in the same unit, oldest first, at most six.</param>
public sealed record LatestResult(
    Guid ResultId, Guid EncounterId, string Name, string Value, string? Unit, ResultFlag Flag, DateTimeOffset At, bool Reviewed, IReadOnlyList<decimal> Trend)
{
    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    public override string ToString() => $"{nameof(LatestResult)} {ResultId}";
}

/// <summary>An active problem.</summary>
public sealed record Problem(Guid Id, string Name, string? Code, DateTimeOffset? Onset)
{
    public override string ToString() => $"{nameof(Problem)} {Id}";
}
