namespace DrAssistant.Data.Encounters.Growth;

/// <summary>
/// What WHO calls a z-score (Training course on child growth assessment, 2008, module C), and the limits beyond which it takes a
/// measurement for a mistake (WHO Anthro).
/// </summary>
internal static class GrowthRemarks
{
    public static string? Of(GrowthMeasure measure, double z) => measure switch
    {
        _ when IsImplausible(measure, z) => "Can hardly be right: measure again, check the date of birth",
        GrowthMeasure.Weight => z switch { < -3 => "Severely underweight", < -2 => "Underweight", > 2 => "High for age: judge by BMI", _ => null },
        GrowthMeasure.Height => z switch { < -3 => "Severely stunted", < -2 => "Stunted", > 3 => "Very tall", _ => null },
        GrowthMeasure.Bmi => z switch { < -3 => "Severely wasted", < -2 => "Wasted", > 3 => "Obese", > 2 => "Overweight", > 1 => "Possible risk of overweight", _ => null },
        _ => z switch { < -3 => "Very small head", < -2 => "Small head", > 3 => "Very large head", > 2 => "Large head", _ => null },
    };

    private static bool IsImplausible(GrowthMeasure measure, double z) => measure switch
    {
        GrowthMeasure.Weight => z is < -6 or > 5,
        GrowthMeasure.Height => z is < -6 or > 6,
        _ => z is < -5 or > 5,
    };
}
