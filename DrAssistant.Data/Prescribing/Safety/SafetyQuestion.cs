using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Prescribing.Sigs;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Everything that a check looks at. It reads nothing itself: what is not in here is not checked, and the answer says so.</summary>
/// <param name="Today">The practice's day.</param>
/// <param name="Active">What the patient takes, or stopped lately.</param>
/// <param name="Lines">What is about to be prescribed.</param>
public sealed record SafetyQuestion(SafetyPerson Person, SafetyAllergies Allergies, DateOnly Today, IReadOnlyList<TakenMedicine> Active, IReadOnlyList<ProposedLine> Lines)
{
    public override string ToString() => nameof(SafetyQuestion);
}

/// <summary>Who it is for. What is not known is null.</summary>
/// <param name="Born">Estimated ones too.</param>
public sealed record SafetyPerson(DateOnly? Born, Gender? Sex)
{
    public decimal? WeightKg { get; init; }

    public DateOnly? WeighedOn { get; init; }

    public PregnancyState Pregnancy { get; init; }

    /// <summary>In mL/min/1.73 m², as a laboratory reported it.</summary>
    public decimal? Egfr { get; init; }

    /// <summary>Of serum, in mg/dL; the eGFR is worked out from it where none was reported.</summary>
    public decimal? CreatinineMgDl { get; init; }

    /// <summary>When the kidney function was measured.</summary>
    public DateOnly? KidneyMeasuredOn { get; init; }

    public override string ToString() => nameof(SafetyPerson);
}

/// <summary>Allergies in their three states. An empty list under <see cref="AllergiesStatus.NotAsked"/> says nothing.</summary>
public sealed record SafetyAllergies(AllergiesStatus Status, IReadOnlyList<SafetyAllergy> Known)
{
    public override string ToString() => nameof(SafetyAllergies);
}

/// <summary>One allergy of the list.</summary>
/// <param name="Code">Of a group of medicines or a medicine of the formulary; null for free text.</param>
public sealed record SafetyAllergy(string Substance, string? Code, AllergyType Type, string? Reaction, AllergySeverity? Severity)
{
    /// <summary>What it is; food that no list knows is no gap in the check of medicines.</summary>
    public AllergyCategory? Category { get; init; }

    public override string ToString() => nameof(SafetyAllergy);
}

/// <summary>A medicine that is taken already.</summary>
/// <param name="Key">The caller's own word for it: comes back in what is found.</param>
/// <param name="Name">As it stands on the list.</param>
/// <param name="MedicineId">Of the formulary; null for free text.</param>
public sealed record TakenMedicine(string Key, string Name, string? MedicineId)
{
    public string? Form { get; init; }

    public string? Strength { get; init; }

    public string? Route { get; init; }

    public Sig? Sig { get; init; }

    /// <summary>Its last day, where it is over: some go on working for weeks.</summary>
    public DateOnly? StoppedOn { get; init; }

    public override string ToString() => $"{nameof(TakenMedicine)} {Key}";
}

/// <summary>A line of the prescription that is being written.</summary>
/// <param name="Key">The caller's own word for it: comes back in what is found.</param>
/// <param name="Name">As it is shown.</param>
/// <param name="MedicineId">Of the formulary; null for free text.</param>
public sealed record ProposedLine(string Key, string Name, string? MedicineId)
{
    public string? Form { get; init; }

    public string? Strength { get; init; }

    public string? Route { get; init; }

    /// <summary>Null while it is being typed.</summary>
    public Sig? Sig { get; init; }

    public override string ToString() => $"{nameof(ProposedLine)} {Key}";
}

public enum PregnancyState
{
    /// <summary>Nobody asked.</summary>
    NotKnown,
    NotPregnant,
    Pregnant,
}
