using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Taking;

namespace DrAssistant.Data.Prescribing;

/// <summary>
/// The door to prescriptions: reading them, and writing the draft of a visit. Whose care the patient is in decides whether a prescription is
/// there at all; a draft is its doctor's alone. Every change is told to open pages as <c>prescription.changed</c>.
/// A change that was made on an older version of the draft is refused by a <see cref="PrescriptionOvertaken"/>, which brings the draft as it is now:
/// nothing was written, and the page keeps what was typed beside it.
/// </summary>
public interface IPrescriptions
{
    /// <summary>
    /// The open draft of a visit, begun when there is none: a doctor has one in a visit. Asked twice at once, both get the same one.
    /// Refused for an inactive patient, for another doctor's visit, and for one that was cancelled or ended more than three days ago.
    /// </summary>
    Task<Result<PrescriptionView>> BeginAsync(PrescriptionStart start, CancellationToken cancellation);

    Task<Result<PrescriptionView>> ReadAsync(Guid prescriptionId, CancellationToken cancellation);

    /// <summary>All prescriptions of a visit, the oldest first; at most 50.</summary>
    Task<Result<IReadOnlyList<PrescriptionView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>A patient's prescriptions in short, newest first. Drafts are not among them.</summary>
    Task<Result<PrescriptionList>> ListAsync(PrescriptionListQuery query, CancellationToken cancellation);

    /// <summary>
    /// What a patient takes, what they took and why not any more, and the prescriptions with what became of each, the newest first. Drafts of visits are among them.
    /// </summary>
    Task<Result<PatientMedications>> OfPatientAsync(MedicationsQuery query, CancellationToken cancellation);

    /// <summary>
    /// Puts a medicine at the end, or at <see cref="MedicineLineDraft.Id"/>'s place once only: the same form sent twice adds one line.
    /// What is left empty may be filled in later (<see cref="MedicineLineView.Missing"/>); what cannot be read is refused beside its field.
    /// </summary>
    Task<Result<PrescriptionView>> AddLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation);

    /// <summary>Rewrites the line whose id <paramref name="line"/> has.</summary>
    Task<Result<PrescriptionView>> ChangeLineAsync(PrescriptionAct act, MedicineLineDraft line, CancellationToken cancellation);

    /// <summary>To a place counted from 0; the others make room.</summary>
    Task<Result<PrescriptionView>> MoveLineAsync(PrescriptionAct act, Guid lineId, int position, CancellationToken cancellation);

    Task<Result<PrescriptionView>> RemoveLineAsync(PrescriptionAct act, Guid lineId, CancellationToken cancellation);

    /// <summary>Advice under the medicines, until when the prescription holds, and the pharmacy it goes to.</summary>
    Task<Result<PrescriptionView>> ReviseAsync(PrescriptionAct act, PrescriptionParticulars particulars, CancellationToken cancellation);

    /// <summary>
    /// Adds the medicines of an earlier signed prescription of this patient, or of the last one where <paramref name="fromPrescriptionId"/> is null.
    /// Medicines that were stopped are left out. One that has left the formulary is refused by name, and then nothing is added. All checks run again.
    /// </summary>
    Task<Result<PrescriptionView>> RepeatAsync(PrescriptionAct act, Guid? fromPrescriptionId, CancellationToken cancellation);
}

/// <summary>For which visit, and whose chart the page shows: a mismatch is refused.</summary>
public sealed record PrescriptionStart(Guid EncounterId, Guid PatientId);

/// <summary>An act on a prescription as the page shows it.</summary>
/// <param name="PatientId">Whose chart the page shows.</param>
/// <param name="Version">Of <see cref="PrescriptionView.Version"/>.</param>
public sealed record PrescriptionAct(Guid PrescriptionId, Guid PatientId, int Version);

/// <summary>What a prescription says beside its medicines.</summary>
/// <param name="Advice">Up to 2000 characters, as it is printed.</param>
/// <param name="ValidUntil">The last day on which it is dispensed; at most a year ahead. Null: until the longest course ends, at least 30 days.</param>
/// <param name="PharmacyId">Where it goes; null where the patient chooses.</param>
public sealed record PrescriptionParticulars(string? Advice, DateOnly? ValidUntil = null, Guid? PharmacyId = null)
{
    public const int LongestAdvice = 2_000;

    public override string ToString() => nameof(PrescriptionParticulars);
}

/// <summary>A patient's prescriptions, newest first.</summary>
/// <param name="Before">Those before the last one of the page before; null for the first page.</param>
/// <param name="Take">1 to 50.</param>
public sealed record PrescriptionListQuery(Guid PatientId, PrescriptionHead? Before = null, int Take = 20)
{
    public override string ToString() => $"{nameof(PrescriptionListQuery)} {PatientId}";
}

/// <summary>Somebody, or the same person in another window, changed the draft meanwhile.</summary>
/// <param name="Current">The draft as it is now.</param>
public sealed record PrescriptionOvertaken(string Message, PrescriptionView Current) : Refusal(RefusalKind.Conflict, Message)
{
    public override string ToString() => nameof(PrescriptionOvertaken);
}
