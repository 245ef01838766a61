using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>
/// The first two years: visits when the National Immunization Schedule (India) has a vaccine due, and a check of a well or a yellow baby between.
/// </summary>
internal static class BabyStories
{
    public const int UntilDays = 730;

    private const string Key = "baby";

    /// <summary>The age in days at which a vaccine is due, and its visit.</summary>
    public static IReadOnlyList<(int AgeInDays, DemoVisit Visit)> Vaccinations { get; } =
    [
        (1, Vaccination("birth doses", "Newborn, feeds well, passed urine and stool.", [Bcg, Polio, HepatitisB])),
        (42, Vaccination("6 weeks", "Smiles, feeds on breast milk only.", [Polio, Pentavalent, Rotavirus, InactivatedPolio, Pneumococcal])),
        (70, Vaccination("10 weeks", "Follows a face, holds the head for a moment.", [Polio, Pentavalent, Rotavirus])),
        (98, Vaccination("14 weeks", "Holds the head steady, laughs.", [Polio, Pentavalent, Rotavirus, InactivatedPolio, Pneumococcal])),
        (274, Vaccination("9 months", "Sits alone, eats mashed food, says ma-ma.", [MeaslesRubella, Pneumococcal, InactivatedPolio])),
        (500, Vaccination("16 months", "Walks, says six words, drinks from a cup.", [MeaslesRubella, Polio, DtpBooster])),
    ];

    public static DemoStory Well(int ageInDays) => new(Key, DemoPanel.Paediatrics, "Z00.1", "Routine child health examination", [WellVisit(ageInDays)])
    {
        ToYears = 2,
        Review = ageInDays < 60 ? "Newborn check, weight" : "Well baby check, vaccination",
    };

    /// <summary>A visit for vaccines alone is a health check too.</summary>
    public static DemoStory Due(DemoVisit visit) => Well(0) with { Visits = [visit] };

    public static DemoStory Jaundice { get; } = new(
        "baby-jaundice",
        DemoPanel.Paediatrics,
        "P59.9",
        "Neonatal jaundice",
        [
            new(
                "Newborn looks yellow",
                "Yellow face for two days, feeds eight times a day, six wet nappies. Born at term, mother's group O positive.",
                "General: active, yellow to the belly|Abdomen: soft, liver 1 cm|Nervous system: tone normal, cries well",
                "Jaundice of the newborn, bilirubin sent.",
                "Feed every two hours|Come at once when sleepy, refusing feeds or yellow to the soles",
                "Tomorrow with report")
            {
                Tests = [Exactly("lab-tbil", 14.6m), Said("lab-bgrp", "O positive", abnormal: false)],
            },
        ])
    {
        ToYears = 1,
        Review = "Newborn, jaundice check",
    };

    private static DemoVaccine Bcg => new("19", "BCG");

    private static DemoVaccine Polio => new("178", "Oral polio, bivalent");

    private static DemoVaccine HepatitisB => new("08", "Hepatitis B");

    private static DemoVaccine Pentavalent => new("198", "DTP-HepB-Hib, pentavalent");

    private static DemoVaccine Rotavirus => new("122", "Rotavirus");

    private static DemoVaccine InactivatedPolio => new("10", "Inactivated polio, fractional dose");

    private static DemoVaccine Pneumococcal => new("152", "Pneumococcal conjugate");

    private static DemoVaccine MeaslesRubella => new("04", "Measles and rubella");

    private static DemoVaccine DtpBooster => new("01", "DTP, booster");

    private static DemoVisit Vaccination(string age, string history, IReadOnlyList<DemoVaccine> vaccines) => new(
        $"Vaccination, {age}",
        history,
        "General: well, growing along the line|Chest: clear|Abdomen: soft",
        "Healthy child, vaccines given without reaction in 30 minutes.",
        "Fever for a day is usual, paracetamol by weight|Card filled in|Cold cloth for the swelling",
        "At the next vaccination")
    {
        Vaccines = vaccines,
    };

    private static DemoVisit WellVisit(int ageInDays) => new(
        ageInDays < 60 ? "Newborn check" : "Well baby check",
        ageInDays < 180 ? "Breast milk only, sleeps between feeds, no complaint." : "Eats with the family, sleeps through, no complaint.",
        "General: active, pink|Head: fontanelle soft|Hips: stable|Chest: clear",
        "Healthy child, weight along the line.",
        ageInDays < 180 ? "Only breast milk until 6 months|Vitamin D drops daily" : "Four meals a day, no sugar|Nothing small within reach",
        "At the next vaccination");
}
