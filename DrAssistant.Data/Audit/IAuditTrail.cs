using DrAssistant.Data.Common;

namespace DrAssistant.Data.Audit;

/// <summary>The door for reading the audit trail; reading it is recorded too.</summary>
public interface IAuditTrail
{
    /// <summary>The newest entries, at most <paramref name="take"/> (1 to 200). For admins.</summary>
    Task<Result<IReadOnlyList<AuditLine>>> LatestAsync(int take, CancellationToken cancellation);

    /// <summary>
    /// The newest entries about one patient, under every record that leads to the same person: an entry keeps the record it was written
    /// for when that one is merged. For admins.
    /// </summary>
    Task<Result<IReadOnlyList<AuditLine>>> OfPatientAsync(Guid patientId, int take, CancellationToken cancellation);

    /// <summary>A page of what fits, newest first. For admins.</summary>
    Task<Result<AuditPage>> SearchAsync(AuditSearch search, CancellationToken cancellation);

    /// <summary>All that fits, for a table. For admins.</summary>
    Task<Result<AuditExport>> ExportAsync(AuditSearch search, CancellationToken cancellation);
}

/// <summary>Who, what, whose, when, from where, why. Field names only, never contents.</summary>
public sealed record AuditLine(
    Guid Id,
    DateTimeOffset At,
    string? Actor,
    string? ActorRole,
    string Event,
    string Severity,
    string Outcome,
    string? PatientMrn,
    string? IpAddress,
    string? Reason);
