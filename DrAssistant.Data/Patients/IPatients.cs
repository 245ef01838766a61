using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients;

/// <summary>The one door to who a patient is.</summary>
public interface IPatients
{
    /// <summary>
    /// Patients by any part of a name in any order, misspelt or in another script, by MRN, or by the last digits or the whole of a
    /// telephone number. Names only: what a hit shows carries no clinical fact. An empty question gives the latest seen.
    /// </summary>
    Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, CancellationToken cancellation);

    /// <summary>
    /// Opens a chart's banner, which is a disclosure and audited as one. Outside one's care the answer names the person
    /// and says that the glass must be broken; it discloses nothing else.
    /// </summary>
    Task<Result<ChartBanner>> OpenAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>Opens a chart outside one's care for four hours; <paramref name="reason"/> has at least 10 characters.</summary>
    Task<Result<DateTimeOffset>> BreakGlassAsync(Guid patientId, string reason, CancellationToken cancellation);

    /// <summary>The whole ABHA number; showing it is an audit event of its own.</summary>
    Task<Result<string>> RevealAbhaAsync(Guid patientId, CancellationToken cancellation);
}

/// <summary>A hit of a search: two identifiers before anything is opened, and no clinical fact.</summary>
public sealed record PatientHit(Guid Id, PersonName Name, string? Mrn, DateOnly DateOfBirth, Age Age, Gender Gender, bool InCare)
{
    public override string ToString() => $"{nameof(PatientHit)} {Id}";
}

/// <summary>What stays in sight above a chart.</summary>
/// <param name="InCare">False: only name, birth date, age, sex and MRN are filled; everything else waits behind the glass.</param>
/// <param name="GlassBrokenUntil">Set while the reader is here by breaking the glass.</param>
public sealed record ChartBanner(
    Guid PatientId,
    PersonName Name,
    string? Mrn,
    DateOnly DateOfBirth,
    bool DateOfBirthEstimated,
    Age Age,
    Gender Gender,
    bool InCare,
    DateTimeOffset? GlassBrokenUntil,
    string? AbhaMasked,
    string? BloodGroup,
    AllergiesStatus AllergiesStatus,
    DateTimeOffset? AllergiesRecordedAt,
    IReadOnlyList<AllergyLine> Allergies,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<CareTeamLine> CareTeam,
    DateTimeOffset? DeceasedAt)
{
    /// <summary>When the photo was taken in; null without one.</summary>
    public DateTimeOffset? PhotoAt { get; init; }

    public override string ToString() => $"{nameof(ChartBanner)} {PatientId}";
}

public sealed record AllergyLine(string Substance, string? Reaction, AllergySeverity? Severity);

public sealed record CareTeamLine(Guid UserId, string FullName, string Role);
