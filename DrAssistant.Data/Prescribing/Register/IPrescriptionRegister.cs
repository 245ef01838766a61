using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Register;

/// <summary>The door to what the practice keeps about its prescriptions as a whole.</summary>
public interface IPrescriptionRegister
{
    /// <summary>
    /// The register of Schedule H1 medicines of the whole practice (Drugs and Cosmetics Rules, 65(3)(h)), the latest first. Reading it, and taking it out of the house, is an
    /// audit event that names every patient shown.
    /// </summary>
    Task<Result<H1Register>> H1Async(H1Query query, CancellationToken cancellation);

    /// <summary>How often serious findings were signed over, by kind, severity and doctor, without any patient.</summary>
    Task<Result<OverrideRates>> OverridesAsync(DateOnly from, DateOnly to, CancellationToken cancellation);
}

/// <summary>A stretch of the register, both days included; at most 366 days.</summary>
/// <param name="ForExport">All rows (at most 10,000) to be taken out as a file; otherwise the first 500 are shown.</param>
public sealed record H1Query(DateOnly From, DateOnly To, bool ForExport = false);

public sealed record H1Register(DateOnly From, DateOnly To, IReadOnlyList<H1Entry> Entries, bool HasMore);

/// <summary>One Schedule H1 medicine that was prescribed.</summary>
/// <param name="CancelledAt">The prescription was cancelled afterwards: the entry stays, struck out.</param>
public sealed record H1Entry(
    Guid PrescriptionId,
    DateTimeOffset SignedAt,
    string Prescriber,
    string? RegistrationNumber,
    Guid PatientId,
    string Patient,
    string? Mrn,
    string Medicine,
    string? Strength,
    string Quantity,
    DateTimeOffset? CancelledAt)
{
    public override string ToString() => $"{nameof(H1Entry)} {PrescriptionId}";
}

/// <summary>How often doctors were interrupted, and signed all the same.</summary>
public sealed record OverrideRates(DateOnly From, DateOnly To, IReadOnlyList<OverrideCount> Counts)
{
    public int Shown => Counts.Sum(c => c.Shown);

    public int Overridden => Counts.Sum(c => c.Overridden);
}

/// <summary>One kind of finding with one doctor.</summary>
/// <param name="Shown">Findings that interrupted while a prescription was written that was signed or given up since.</param>
/// <param name="Overridden">Of those, how many were signed over with a reason.</param>
public sealed record OverrideCount(string Kind, string Severity, Guid DoctorId, string Doctor, int Shown, int Overridden);
