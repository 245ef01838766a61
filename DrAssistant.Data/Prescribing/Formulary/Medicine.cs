namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>A medicine of the formulary: an ingredient, or a fixed combination of several. What is not stated is null, never zero.</summary>
/// <param name="Id">Never changes and is never used for something else.</param>
/// <param name="GenericName">With another common name in brackets.</param>
public sealed record Medicine(string Id, string GenericName)
{
    /// <summary>The ids that a combination is made of; of an ingredient its own alone.</summary>
    public IReadOnlyList<string> Ingredients { get; init; } = [Id];

    public string? AtcCode { get; init; }

    /// <summary>One word of the formulary's: <c>ace-inhibitor</c>. A combination has that of its main ingredient.</summary>
    public string? DrugClass { get; init; }

    public IReadOnlyList<string> Routes { get; init; } = [];

    public IReadOnlyList<string> Forms { get; init; } = [];

    /// <summary>Of a combination joined with a plus, in the order of <see cref="Ingredients"/>.</summary>
    public IReadOnlyList<string> Strengths { get; init; } = [];

    /// <summary>A reminder in words, not an order.</summary>
    public string? UsualDose { get; init; }

    /// <summary>The most of a <see cref="DoseInterval"/> for an adult, in milligrams.</summary>
    public decimal? MaxDailyMg { get; init; }

    public decimal? MaxSingleMg { get; init; }

    /// <summary>A medicine of the week is never taken daily (methotrexate).</summary>
    public DoseInterval DoseInterval { get; init; }

    /// <summary>The limits hold for what is swallowed, not for an injection or a cream of it.</summary>
    public bool LimitsAreOral { get; init; }

    public decimal? ChildUsualMgPerKgDay { get; init; }

    public decimal? ChildMaxMgPerKgDay { get; init; }

    public decimal? MinAgeYears { get; init; }

    public MedicineSchedule Schedule { get; init; }

    public TelemedicineList TelemedicineList { get; init; }

    public PregnancyAdvice Pregnancy { get; init; }

    public bool RenalCaution { get; init; }

    /// <summary>Not below this eGFR (mL/min/1.73 m²).</summary>
    public decimal? AvoidBelowEgfr { get; init; }

    public IReadOnlyList<string> Brands { get; init; } = [];

    /// <summary>Where the row comes from: file and checksum of the starter list, or the practice.</summary>
    public string Source { get; init; } = "";

    /// <summary>False for what was withdrawn: it can no longer be chosen, old prescriptions still name it.</summary>
    public bool IsActive { get; init; } = true;

    public DateTimeOffset? UpdatedAt { get; init; }

    public bool IsCombination => Ingredients.Count > 1;
}

/// <summary>Drugs and Cosmetics Rules; narcotics and psychotropics of the NDPS Act that are in no stricter schedule.</summary>
public enum MedicineSchedule
{
    Otc,
    H,
    H1,
    X,
    Ndps,
}

/// <summary>Telemedicine Practice Guidelines 2020: what may be prescribed without seeing the patient in person.</summary>
public enum TelemedicineList
{
    O,
    A,
    B,
    Prohibited,
}

public enum PregnancyAdvice
{
    Unknown,
    Ok,
    Caution,
    Avoid,
}

/// <summary>What a maximum dose is for.</summary>
public enum DoseInterval
{
    Day,
    Week,
    Month,
}
