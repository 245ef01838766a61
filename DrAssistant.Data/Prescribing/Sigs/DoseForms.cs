namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>What a form is counted in, and how much of a unit can be meant.</summary>
internal static class DoseForms
{
    /// <summary>What a bare number is so many of; null where it could be meant in several ways.</summary>
    public static DoseUnit? UnitOf(string? form) => form switch
    {
        "tablet" or "dispersible tablet" or "orodispersible tablet" or "sublingual tablet" or "chewable tablet" or "enteric-coated tablet" or "buccal tablet"
            or "modified-release tablet or capsule" or "chewing gum" => DoseUnit.Tablet,
        "capsule" => DoseUnit.Capsule,
        "drops" or "eye drops" or "ear drops" => DoseUnit.Drop,
        "inhaler" => DoseUnit.Puff,
        "nasal spray" or "spray" => DoseUnit.Spray,
        "sachet" => DoseUnit.Sachet,
        "lozenge" => DoseUnit.Lozenge,
        "suppository" => DoseUnit.Suppository,
        "pessary" => DoseUnit.Pessary,
        "patch" => DoseUnit.Patch,
        "cream" or "ointment" or "gel" or "lotion" or "shampoo" or "foam" or "paste" or "eye ointment" or "vaginal gel or cream" => DoseUnit.Application,
        _ => null,
    };

    public static bool IsLiquid(string? form) => form is "syrup" or "suspension" or "solution" or "mouthwash" or "nebuliser solution" or "drops";

    /// <summary>What can be measured of any form: its weight or its units of effect.</summary>
    public static bool IsMass(DoseUnit unit) => unit is DoseUnit.Milligram or DoseUnit.Microgram or DoseUnit.Gram or DoseUnit.Units;

    /// <summary>Whether this form can be taken in this unit. A form that is not known takes any.</summary>
    public static bool Fits(DoseUnit unit, string? form) => UnitOf(form) switch
    {
        _ when form is null || IsMass(unit) => true,
        DoseUnit.Drop => unit is DoseUnit.Drop || (unit is DoseUnit.Millilitre && form is "drops"),
        DoseUnit.Tablet or DoseUnit.Capsule => unit is DoseUnit.Tablet or DoseUnit.Capsule,
        DoseUnit.Puff => unit is DoseUnit.Puff or DoseUnit.Capsule,
        { } own => unit == own,
        null => IsLiquid(form) ? unit is DoseUnit.Millilitre : unit is DoseUnit.Millilitre or DoseUnit.Injection or DoseUnit.Application or DoseUnit.Sachet,
    };

    /// <summary>More than this at one time is a slip of the finger.</summary>
    public static decimal Most(DoseUnit unit) => unit switch
    {
        DoseUnit.Milligram => 20_000,
        DoseUnit.Microgram => 100_000,
        DoseUnit.Gram => 50,
        DoseUnit.Units => 3_000_000,
        DoseUnit.Millilitre => 4_000,
        DoseUnit.Drop => 40,
        DoseUnit.Puff or DoseUnit.Spray or DoseUnit.Tablet or DoseUnit.Capsule => 12,
        _ => 6,
    };

    public static string Word(DoseUnit unit) => unit switch
    {
        DoseUnit.Millilitre => "mL",
        DoseUnit.Milligram => "mg",
        DoseUnit.Microgram => "micrograms",
        DoseUnit.Gram => "g",
        DoseUnit.Units => "units",
        _ => unit.ToString().ToLowerInvariant(),
    };

    public static string Word(DoseUnit unit, decimal amount)
        => amount <= 1 || unit is DoseUnit.Millilitre or DoseUnit.Milligram or DoseUnit.Gram or DoseUnit.Microgram or DoseUnit.Units ? Word(unit)
            : unit switch { DoseUnit.Patch => "patches", DoseUnit.Suppository => "suppositories", DoseUnit.Pessary => "pessaries", _ => Word(unit) + "s" };
}
