using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>
/// The door to a doctor's signature under a prescription, and to what becomes of it: draft → signed → sent → dispensed, or cancelled from any but dispensed.
/// A signed prescription is never edited: it is cancelled, or replaced by a new one that names it.
/// </summary>
public interface IPrescriptionSigning
{
    /// <summary>
    /// Signs a draft: from then on nothing changes it. The safety check runs again. Refused by a <see cref="PrescriptionNotReady"/> that names what is open:
    /// what is missing in a line, a withdrawn medicine, an interrupting finding without its reason; by a <see cref="TeleconsultRefused"/> that quotes the rule;
    /// by a plain refusal when the password is wrong (it counts as a failed sign-in) or the draft was changed meanwhile.
    /// </summary>
    Task<Result<PrescriptionView>> SignAsync(PrescriptionSigning signing, CancellationToken cancellation);

    /// <summary>Given or sent to the patient or the pharmacy.</summary>
    Task<Result<PrescriptionView>> SendAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation);

    /// <summary>The medicines were handed out.</summary>
    Task<Result<PrescriptionView>> DispenseAsync(Guid prescriptionId, Guid patientId, CancellationToken cancellation);

    /// <summary>
    /// Cancels it, with a reason of 3 to 255 characters; a draft of one's own may be given up without one. A colleague in the same care may cancel what another signed.
    /// </summary>
    Task<Result<PrescriptionView>> CancelAsync(Guid prescriptionId, Guid patientId, string? reason, CancellationToken cancellation);

    /// <summary>
    /// Begins a draft that names a signed prescription and has its medicines. When it is signed, the old one is cancelled in the same moment. Asked again, the
    /// answer is the draft that is open. Refused where another draft is open in the visit: that one is signed or given up first.
    /// </summary>
    /// <param name="prescriptionId">The signed or sent one; a dispensed one stays.</param>
    /// <param name="patientId">Whose chart the page shows.</param>
    /// <param name="encounterId">The visit in which it is replaced; null for the visit that it belongs to.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    Task<Result<PrescriptionView>> ReplaceAsync(Guid prescriptionId, Guid patientId, Guid? encounterId, CancellationToken cancellation);

    /// <summary>The patient stops taking one medicine of a signed prescription, for a reason of 3 to 255 characters. The prescription stays as it was signed.</summary>
    Task<Result<PrescriptionView>> StopMedicineAsync(Guid prescriptionId, Guid lineId, string reason, CancellationToken cancellation);
}

/// <summary>A doctor's word that a draft is finished.</summary>
/// <param name="Version">The version that was read.</param>
/// <param name="Password">Asked for once more.</param>
/// <param name="Teleconsult">Needed where the visit is one at a distance.</param>
public sealed record PrescriptionSigning(Guid PrescriptionId, Guid PatientId, int Version, string Password, Teleconsult? Teleconsult = null)
{
    /// <summary>What no check knew of and the doctor says to have looked at, as it was shown; goes into the audit trail.</summary>
    public IReadOnlyList<string> LookedAt { get; init; } = [];

    public override string ToString() => $"{nameof(PrescriptionSigning)} {PrescriptionId}";
}

/// <summary>What stands between a draft and the signature.</summary>
public sealed record PrescriptionNotReady(string Message, IReadOnlyList<OpenPoint> Open) : Refusal(RefusalKind.Invalid, Message)
{
    public override string ToString() => nameof(PrescriptionNotReady);
}

/// <summary>One thing that is open.</summary>
/// <param name="LineId">The medicine; null where it is about the whole prescription.</param>
/// <param name="Field">The field of the line to go to, where it is one.</param>
/// <param name="FindingKey">The finding that waits for a reason, where it is one.</param>
/// <param name="Words">A sentence.</param>
public sealed record OpenPoint(OpenPointKind Kind, Guid? LineId, string? Field, string? FindingKey, string Words)
{
    public override string ToString() => $"{nameof(OpenPoint)} {Kind}";
}

public enum OpenPointKind
{
    NoMedicine,
    Missing,
    Withdrawn,
    Finding,

    /// <summary>How the consultation at a distance was held has to be said.</summary>
    Teleconsult,

    /// <summary>The prescriber's registration number is not in their account.</summary>
    Registration,
}

/// <summary>A medicine that may not be prescribed in this kind of consultation.</summary>
/// <param name="Rules">The rule, quoted, of each medicine that is in the way.</param>
public sealed record TeleconsultRefused(string Message, IReadOnlyList<BrokenRule> Rules) : Refusal(RefusalKind.Invalid, Message)
{
    public override string ToString() => nameof(TeleconsultRefused);
}

public sealed record BrokenRule(Guid LineId, string Medicine, string Rule)
{
    public override string ToString() => $"{nameof(BrokenRule)} {LineId}";
}
