namespace DrAssistant.Data.Prescribing;

/// <summary>A prescription as a page shows and prints it.</summary>
/// <param name="Version">Goes with every change of the draft; it stays once the prescription is signed.</param>
/// <param name="IsMine">Whether the reader prescribed it.</param>
/// <param name="MayWrite">A draft of the reader's own in a visit that can still be written in.</param>
/// <param name="Lines">In the order in which they are printed.</param>
public sealed record PrescriptionView(
    Guid Id,
    Guid EncounterId,
    Guid PatientId,
    Guid DoctorId,
    string DoctorName,
    PrescriptionStatus Status,
    int Version,
    bool IsMine,
    bool MayWrite,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<MedicineLineView> Lines)
{
    /// <summary>Such as RX-26-000018; null while it is a draft, and where it was signed elsewhere.</summary>
    public string? Number { get; init; }

    /// <summary>The day of signing; while it is a draft, the day it was begun.</summary>
    public required DateOnly ValidFrom { get; init; }

    public DateOnly? ValidUntil { get; init; }

    public string? Advice { get; init; }

    public PharmacyLine? Pharmacy { get; init; }

    /// <summary>Null while it is a draft, and where it was signed elsewhere and imported.</summary>
    public PrescriptionSignature? Signature { get; init; }

    /// <summary>When it was signed, wherever that was.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    public PrescriptionStep? Sent { get; init; }

    public PrescriptionStep? Dispensed { get; init; }

    public PrescriptionStep? Cancelled { get; init; }

    /// <summary>Why it was cancelled, or that another took its place.</summary>
    public string? CancelReason { get; init; }

    /// <summary>The prescription whose place this one takes.</summary>
    public Guid? ReplacesId { get; init; }

    /// <summary>The signed prescription that took this one's place.</summary>
    public Guid? ReplacedById { get; init; }

    /// <summary>How the consultation was held, where it was none in person.</summary>
    public Teleconsult? Teleconsult { get; init; }

    public override string ToString() => $"{nameof(PrescriptionView)} {Id}";
}

/// <summary>One medicine of a prescription.</summary>
/// <param name="MedicineId">Of the formulary; null for free text and for what was imported.</param>
/// <param name="Name">The generic name, or the free text.</param>
/// <param name="IsChecked">False for free text: no check can follow it.</param>
/// <param name="Words">How it is to be taken, in plain words; null while that is incomplete.</param>
/// <param name="Missing">What has to be filled in before it can be signed, by the names of <see cref="MedicineLineDraft"/>'s fields.</param>
public sealed record MedicineLineView(
    Guid Id, int Position, string? MedicineId, string Name, bool IsChecked, string? Words, IReadOnlyList<string> Missing)
{
    public string? Brand { get; init; }

    public string? Form { get; init; }

    public string? Strength { get; init; }

    /// <summary>As typed, like frequency, duration and food; of what was imported, as it came.</summary>
    public string? Dose { get; init; }

    public string? Frequency { get; init; }

    /// <summary>Beside the words, as Indian prescriptions draw it: 1-0-1; null where there is no such drawing.</summary>
    public string? Grid { get; init; }

    public string? Duration { get; init; }

    public string? Route { get; init; }

    public string? Food { get; init; }

    public string? Instructions { get; init; }

    public string? Quantity { get; init; }

    /// <summary>Whether somebody typed the quantity; a computed one follows the rest of the line.</summary>
    public bool QuantityIsTyped { get; init; }

    public int Refills { get; init; }

    public DateOnly? EndsOn { get; init; }

    /// <summary>Whether somebody typed the end; a computed one follows the rest of the line.</summary>
    public bool EndIsTyped { get; init; }

    /// <summary>OTC, H, H1, X or NDPS; null for free text.</summary>
    public string? Schedule { get; init; }

    /// <summary>The medicine has left the formulary since: it cannot be signed any more.</summary>
    public bool IsWithdrawn { get; init; }

    public PrescriptionStep? Stopped { get; init; }

    public string? StopReason { get; init; }

    public override string ToString() => $"{nameof(MedicineLineView)} {Id}";
}

/// <summary>Under which name it was signed, and what shows that it is unchanged.</summary>
/// <param name="Digest">SHA-256 of what was signed, 64 hexadecimal digits.</param>
/// <param name="Code">What the QR code of a print leads to: the public page asks <c>IPrescriptionVerification</c> with it.</param>
/// <param name="Matches">Whether the rows are still what was signed.</param>
public sealed record PrescriptionSignature(
    Guid By, string Name, string? Qualification, string? RegistrationNumber, string? RegistrationCouncil, DateTimeOffset At, string Digest, string Code, bool Matches);

/// <summary>When it went on, and by whom; null where nobody of this practice did it.</summary>
public sealed record PrescriptionStep(DateTimeOffset At, Guid? ById, string? By);

public sealed record PharmacyLine(Guid Id, string Name, string? Phone, string? Address);

/// <summary>A prescription in a list.</summary>
/// <param name="At">When it was signed.</param>
/// <param name="Medicines">Each in a line, as it is to be taken.</param>
public sealed record PrescriptionHead(
    Guid Id, Guid EncounterId, PrescriptionStatus Status, DateTimeOffset At, string DoctorName, bool IsMine, IReadOnlyList<string> Medicines)
{
    public override string ToString() => $"{nameof(PrescriptionHead)} {Id}";
}

/// <summary>A page of prescriptions.</summary>
public sealed record PrescriptionList(Guid PatientId, IReadOnlyList<PrescriptionHead> Prescriptions, bool HasMore)
{
    public override string ToString() => $"{nameof(PrescriptionList)} {PatientId}";
}

/// <summary>A consultation at a distance (Telemedicine Practice Guidelines, 25-Mar-2020).</summary>
/// <param name="IsFollowUp">For the same condition, within six months of a consultation in person.</param>
public sealed record Teleconsult(TeleconsultMode Mode, bool IsFollowUp);

public enum TeleconsultMode
{
    Video,
    Audio,
    Text,
}
