namespace DrAssistant.Data.Patients.Registration;

/// <summary>What the registration form asks, each by the name under which it is checked, compared and written into the audit trail.</summary>
public enum PatientField
{
    AbhaNumber,
    AbhaAddress,
    FullName,
    Sex,
    BloodGroup,
    BirthDate,
    Age,
    Mobile,
    Email,
    Language,
    AddressLine,
    Town,
    District,
    State,
    Pin,
    ContactName,
    ContactRelation,
    ContactPhone,
    GuardianName,
    GuardianRelation,
    GuardianPhone,
    Allergies,
    Consent,
    ToldApart,
}
