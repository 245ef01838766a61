using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Signing;

namespace DrAssistant.Data.Prescribing;

/// <summary>Medicines prescribed in one visit: draft, signed, sent, dispensed; or cancelled, from any but dispensed.</summary>
internal sealed class Prescription
{
    private PrescriptionStatus _status = PrescriptionStatus.Draft;
    private DateTimeOffset? _signedAt;
    private string? _cancelReason;

    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public PrescriptionStatus Status { get => _status; init => _status = value; }

    /// <summary>Goes with every change of the draft.</summary>
    public int Version { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? SignedAt { get => _signedAt; init => _signedAt = value; }

    public required DateOnly ValidFrom { get; set; }

    public DateOnly? ValidUntil { get; set; }

    public Guid? PharmacyId { get; set; }

    public string? Notes { get; set; }

    public string? CancelReason { get => _cancelReason; init => _cancelReason = value; }

    public Guid? ReplacesId { get; init; }

    /// <summary>Such as RX-26-000018; the database gives it with the signature.</summary>
    public string? Number { get; private set; }

    public string? SignerName { get; private set; }

    public string? SignerQualification { get; private set; }

    public string? SignerRegistrationNumber { get; private set; }

    public string? SignerRegistrationCouncil { get; private set; }

    /// <summary>SHA-256 of what was signed.</summary>
    public string? ContentDigest { get; private set; }

    /// <summary>The practice's seal under the digest, with the number of its key.</summary>
    public string? Signature { get; private set; }

    public TeleconsultMode? TeleconsultMode { get; private set; }

    public bool? TeleconsultFollowUp { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public Guid? SentBy { get; private set; }

    public DateTimeOffset? DispensedAt { get; private set; }

    public Guid? DispensedBy { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public Guid? CancelledBy { get; private set; }

    public List<PrescriptionItem> Items { get; init; } = [];

    /// <summary>The draft is another one from now on.</summary>
    public void Touch() => Version++;

    /// <summary>Signing freezes it: who, when and how it was held come first, because the digest vouches for them.</summary>
    public Refusal? Sign(Signer signer, Teleconsult? teleconsult, Func<Prescription, SignedContent> seal)
    {
        if (Status is not PrescriptionStatus.Draft)
        {
            return Already();
        }

        (SignerName, SignerQualification, SignerRegistrationNumber, SignerRegistrationCouncil)
            = (signer.Name, signer.Qualification, signer.RegistrationNumber, signer.RegistrationCouncil);
        (TeleconsultMode, TeleconsultFollowUp) = (teleconsult?.Mode, teleconsult?.IsFollowUp);
        _signedAt = signer.At;
        (ContentDigest, Signature) = seal(this);
        _status = PrescriptionStatus.Signed;
        return null;
    }

    public Refusal? Send(Guid by, DateTimeOffset now)
    {
        if (Status is not PrescriptionStatus.Signed)
        {
            return Status is PrescriptionStatus.Draft ? Refusal.Conflict("This prescription is not signed yet. Sign it first.") : Already();
        }

        (_status, SentAt, SentBy) = (PrescriptionStatus.Sent, now, by);
        return null;
    }

    public Refusal? Dispense(Guid by, DateTimeOffset now)
    {
        if (Status is not PrescriptionStatus.Sent)
        {
            return Status is PrescriptionStatus.Draft or PrescriptionStatus.Signed
                ? Refusal.Conflict("This prescription was not sent yet. Send it first.")
                : Already();
        }

        (_status, DispensedAt, DispensedBy) = (PrescriptionStatus.Dispensed, now, by);
        return null;
    }

    public Refusal? Cancel(Guid by, DateTimeOffset now, string? reason)
    {
        if (Status is PrescriptionStatus.Dispensed or PrescriptionStatus.Cancelled)
        {
            return Status is PrescriptionStatus.Cancelled
                ? Already()
                : Refusal.Conflict("The medicines were dispensed already. Stop what the patient should not take any more.");
        }

        (_status, CancelledAt, CancelledBy, _cancelReason) = (PrescriptionStatus.Cancelled, now, by, reason);
        return null;
    }

    public Refusal Already() => Refusal.Conflict($"This prescription is {EnumText.Of(Status)} already.");
}

public enum PrescriptionStatus
{
    Draft,
    Signed,
    Sent,
    Dispensed,
    Cancelled,
}
