using System.Globalization;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>How a medicine is taken, as it was understood: what is printed, counted and checked comes from here and not from what was typed.</summary>
/// <param name="Steps">One; several follow one another in a taper or titration.</param>
public sealed record Sig(IReadOnlyList<SigStep> Steps)
{
    /// <summary>Codes of <c>sig_phrases.csv</c> for food and time of day, such as PC and HS.</summary>
    public IReadOnlyList<string> Timing { get; init; } = [];

    /// <summary>A route of the formulary, where one was said.</summary>
    public string? Route { get; init; }

    /// <summary>Where on the body, where it was said: right eye, each nostril.</summary>
    public string? Site { get; init; }

    /// <summary>It goes on until the next visit.</summary>
    public bool Continues { get; init; }

    public bool IsTaper => Steps.Count > 1;
}

/// <summary>One dose, how often and for how long.</summary>
/// <param name="Dose">At one time; the largest where the times of the day differ.</param>
/// <param name="Duration">Null where nothing was said.</param>
public sealed record SigStep(SigDose Dose, SigFrequency Frequency, SigDuration? Duration)
{
    /// <summary>How much on a day on which it is taken; null where it is taken when needed and no limit was said.</summary>
    public decimal? AmountPerDay => Frequency.Amounts is { } amounts ? amounts.Sum() : Frequency.TimesOnADay * Dose.Amount;
}

/// <summary>A number and what of.</summary>
public sealed record SigDose(decimal Amount, DoseUnit Unit)
{
    public override string ToString() => $"{Amount.ToString(CultureInfo.InvariantCulture)} {Unit}";
}

/// <summary>How often.</summary>
/// <param name="Code">Of <c>sig_phrases.csv</c>: BD, Q8H, WEEKLY; of a pattern that no code says PATTERN_3 or PATTERN_4.</param>
/// <param name="TimesOnADay">On a day on which it is taken; null for when needed without a limit.</param>
public sealed record SigFrequency(string Code, decimal? TimesOnADay)
{
    /// <summary>Days from one day on which it is taken to the next: 1, 2 for alternate days, 7 for weekly, 3.5 for twice a week.</summary>
    public decimal EveryDays { get; init; } = 1;

    /// <summary>Only when needed; <see cref="TimesOnADay"/> is then the most.</summary>
    public bool AsNeeded { get; init; }

    /// <summary>How much at each time of the day, where it was typed as a pattern: morning, afternoon, night, or with evening before night.</summary>
    public IReadOnlyList<decimal>? Amounts { get; init; }

    /// <summary>Once and not again.</summary>
    public bool Once { get; init; }
}

/// <summary>How long.</summary>
public sealed record SigDuration(int Number, SigDurationUnit Unit)
{
    /// <summary>A month counts as 30 days, as it is dispensed.</summary>
    public int Days => Number * Unit switch { SigDurationUnit.Weeks => 7, SigDurationUnit.Months => 30, _ => 1 };
}

public enum SigDurationUnit
{
    Days,
    Weeks,
    Months,
}

public enum DoseUnit
{
    Tablet,
    Capsule,
    Millilitre,
    Drop,
    Puff,
    Spray,
    Sachet,
    Lozenge,
    Suppository,
    Pessary,
    Patch,
    Application,
    Injection,
    Milligram,
    Microgram,
    Gram,
    Units,
}
