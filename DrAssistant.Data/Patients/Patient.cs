namespace DrAssistant.Data.Patients;

/// <summary>
/// A person who is cared for here. Contact data and ABHA are ciphertext in this row: <c>PatientVault</c> seals and
/// reveals them.
/// </summary>
internal sealed class Patient
{
    public required Guid Id { get; init; }

    public string? Mrn { get; set; }

    public byte[]? AbhaId { get; set; }

    public byte[]? AbhaIndex { get; set; }

    public byte[]? AbhaAddress { get; set; }

    public byte[]? AbhaAddressIndex { get; set; }

    public required string FirstName { get; set; }

    public required string LastName { get; set; }

    public required DateOnly DateOfBirth { get; set; }

    /// <summary>True when only an age or a year was known.</summary>
    public bool DateOfBirthEstimated { get; set; }

    public required Gender Gender { get; set; }

    public byte[]? Phone { get; set; }

    public byte[]? PhoneIndex { get; set; }

    public byte[]? PhoneTailIndex { get; set; }

    public byte[]? Email { get; set; }

    public byte[]? EmailIndex { get; set; }

    public byte[]? Address { get; set; }

    public byte[]? EmergencyContact { get; set; }

    public byte[]? Guardian { get; set; }

    public string? BloodGroup { get; set; }

    /// <summary>The names of the active allergies, beside the structured rows.</summary>
    public List<string>? Allergies { get; set; }

    public AllergiesStatus AllergiesStatus { get; set; }

    public DateTimeOffset? AllergiesRecordedAt { get; set; }

    /// <summary>BCP 47 tag of the language for what the patient reads.</summary>
    public string? PreferredLanguage { get; set; }

    public DateTimeOffset? DeceasedAt { get; set; }

    public Guid? MergedInto { get; set; }

    /// <summary>Records that looked like this person, and that whoever registered said are other people.</summary>
    public List<Guid>? ToldApartFrom { get; set; }

    public string? ToldApartReason { get; set; }

    public string? InactiveReason { get; set; }

    public Guid? RegisteredBy { get; init; }

    /// <summary>Who last edited the record; when is <see cref="UpdatedAt"/>.</summary>
    public Guid? ChangedBy { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public PatientStatus Status { get; set; } = PatientStatus.Active;
}

/// <summary>Administrative gender (FHIR).</summary>
public enum Gender
{
    Male,
    Female,
    Other,
}

/// <summary>The three states the banner tells apart; silence is never "none".</summary>
public enum AllergiesStatus
{
    NotAsked,
    Known,
    NoneKnown,
}

public enum PatientStatus
{
    Active,
    Inactive,
    Merged,
}
