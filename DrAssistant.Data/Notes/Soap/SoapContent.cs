namespace DrAssistant.Data.Notes.Soap;

/// <summary>What a clinical note says, in the four parts of the seed. Empty parts are null, never invented.</summary>
public sealed record SoapContent
{
    public Subjective? Subjective { get; init; }

    public Objective? Objective { get; init; }

    public Assessment? Assessment { get; init; }

    public Plan? Plan { get; init; }
}

public sealed record Subjective
{
    public string? ChiefComplaint { get; init; }

    public string? HistoryOfPresentIllness { get; init; }

    /// <summary>By body system: constitutional, cardiovascular, respiratory and others.</summary>
    public IReadOnlyDictionary<string, string>? ReviewOfSystems { get; init; }

    public string? PastMedicalHistory { get; init; }

    public string? Medications { get; init; }

    public string? Allergies { get; init; }

    public string? FamilyHistory { get; init; }

    public string? SocialHistory { get; init; }

    /// <summary>Histories that a specialty asks for: menstrualHistory, immunisation, habits and others.</summary>
    public IReadOnlyDictionary<string, string>? OtherHistory { get; init; }
}

public sealed record Objective
{
    public VitalSigns? VitalSigns { get; init; }

    /// <summary>By body system: general, heent, cardiovascular and others.</summary>
    public IReadOnlyDictionary<string, string>? PhysicalExam { get; init; }

    public IReadOnlyList<string>? LabResults { get; init; }

    public IReadOnlyList<string>? ImagingResults { get; init; }

    /// <summary>What was found by a test of the visit, in words: ecg, echo, spirometry and others.</summary>
    public IReadOnlyDictionary<string, string>? TestResults { get; init; }
}

public sealed record Assessment
{
    public IReadOnlyList<Diagnosis>? Diagnoses { get; init; }

    public IReadOnlyList<string>? DifferentialDiagnoses { get; init; }

    public string? ClinicalImpression { get; init; }
}

/// <summary>A coded or free diagnosis. The first of a note is the primary one, the rest are secondary: saving sees to it.</summary>
public sealed record Diagnosis(string Name, string? Code = null, string? CodeSystem = null)
{
    /// <summary>Null in notes that were taken over from elsewhere.</summary>
    public DiagnosisRank? Rank { get; init; }

    /// <summary>Null where nobody said.</summary>
    public DiagnosisCertainty? Certainty { get; init; }
}

public enum DiagnosisRank
{
    Primary,
    Secondary,
}

public enum DiagnosisCertainty
{
    Provisional,
    Confirmed,
}

public sealed record Plan
{
    public IReadOnlyList<string>? Diagnostics { get; init; }

    public IReadOnlyList<string>? Treatments { get; init; }

    public IReadOnlyList<string>? Medications { get; init; }

    public IReadOnlyList<string>? PatientEducation { get; init; }

    public string? FollowUp { get; init; }

    public IReadOnlyList<string>? Referrals { get; init; }
}
