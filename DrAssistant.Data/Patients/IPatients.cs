using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients;

/// <summary>The one door to who a patient is.</summary>
public interface IPatients
{
    /// <summary>
    /// Patients by any part of a name in any order, misspelt or in another script, with or without a birth date or year of birth; by a
    /// birth date; by MRN, its beginning or its running number; by ABHA number or address; by the last four or more digits or the whole
    /// of a telephone number. A merged record leads to the one that stays. What a hit shows carries no clinical fact. An empty question
    /// gives the latest seen. Inactive patients are left out.
    /// </summary>
    Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, CancellationToken cancellation);

    /// <summary>The same, with inactive patients where <paramref name="alsoInactive"/>.</summary>
    Task<Result<IReadOnlyList<PatientHit>>> FindAsync(string question, bool alsoInactive, CancellationToken cancellation);

    /// <summary>Who still has an appointment today, in the order of the day: a doctor's own, everybody's for all others.</summary>
    Task<Result<IReadOnlyList<PatientHit>>> ComingAsync(CancellationToken cancellation);

    /// <summary>One patient as a hit, for a form that was opened for somebody: a merged record leads to the one that stays.</summary>
    Task<Result<PatientHit>> WhoAsync(Guid patientId, CancellationToken cancellation);

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
    /// <summary>Active; or inactive, when such were asked for.</summary>
    public PatientStatus Status { get; init; } = PatientStatus.Active;

    /// <summary><c>98450 ••• 27</c>; null where there is none or the reader may not read the patient's row.</summary>
    public string? PhoneMasked { get; init; }

    /// <summary>The parts of <see cref="PersonName.Listed"/> that the question met.</summary>
    public IReadOnlyList<NameMark> Matched { get; init; } = [];

    /// <summary>The name and number of the merged record through which the patient was found.</summary>
    public FormerIdentity? FoundAs { get; init; }

    public override string ToString() => $"{nameof(PatientHit)} {Id}";
}

/// <summary>A part of a shown name.</summary>
public sealed record NameMark(int Start, int Length);

/// <summary>The name and number of a record that was merged into another.</summary>
public sealed record FormerIdentity(PersonName Name, string? Mrn)
{
    public override string ToString() => nameof(FormerIdentity);
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

    /// <summary>Names and numbers of the records that were merged into this one.</summary>
    public IReadOnlyList<FormerIdentity> AlsoKnownAs { get; init; } = [];

    public override string ToString() => $"{nameof(ChartBanner)} {PatientId}";
}

public sealed record AllergyLine(string Substance, string? Reaction, AllergySeverity? Severity);

public sealed record CareTeamLine(Guid UserId, string FullName, string Role);
