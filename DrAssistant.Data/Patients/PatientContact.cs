namespace DrAssistant.Data.Patients;

/// <summary>How a patient is reached, in clear: lives in memory only. Printing it shows its type, never its content.</summary>
public sealed record PatientContact
{
    /// <summary>E.164: a plus sign and digits.</summary>
    public string? Phone { get; init; }

    public string? Email { get; init; }

    /// <summary>14 digits.</summary>
    public string? AbhaNumber { get; init; }

    public string? AbhaAddress { get; init; }

    public PostalAddress? Address { get; init; }

    public EmergencyContact? EmergencyContact { get; init; }

    /// <summary>Who answers for a child.</summary>
    public Guardian? Guardian { get; init; }

    public override string ToString() => nameof(PatientContact);
}

public sealed record PostalAddress(
    string? Line1 = null, string? Line2 = null, string? City = null, string? District = null, string? State = null, string? Pin = null, string? Country = null)
{
    public override string ToString() => nameof(PostalAddress);
}

public sealed record EmergencyContact(string Name, string? Relation = null, string? Phone = null)
{
    public override string ToString() => nameof(EmergencyContact);
}

public sealed record Guardian(string Name, string? Relation = null, string? Phone = null)
{
    public override string ToString() => nameof(Guardian);
}
