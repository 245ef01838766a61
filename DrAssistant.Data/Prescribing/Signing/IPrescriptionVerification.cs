namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>
/// The door behind the QR code of a printed prescription. It is everybody's who has the paper in their hands, and says nothing of the patient or the medicines.
/// </summary>
public interface IPrescriptionVerification
{
    /// <summary>Null where the code is none that this practice ever printed.</summary>
    Task<PrescriptionVerdict?> VerifyAsync(string? code, CancellationToken cancellation);
}

/// <summary>What may be said to a stranger of a prescription that they hold.</summary>
/// <param name="IsUnchanged">Whether what is kept is what was signed.</param>
/// <param name="Digest">Of what was signed, as it is printed under the code.</param>
/// <param name="IsReplaced">Cancelled, because another one took its place.</param>
public sealed record PrescriptionVerdict(
    string SignedBy,
    string? Qualification,
    string? RegistrationNumber,
    string? RegistrationCouncil,
    DateTimeOffset SignedAt,
    PrescriptionStatus Status,
    bool IsUnchanged,
    bool IsReplaced,
    string Digest,
    string Practice);
