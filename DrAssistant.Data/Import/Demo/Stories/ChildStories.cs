using static DrAssistant.Data.Import.Demo.Stories.DemoMedicine;
using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>Paediatrics, but for the youngest (see <see cref="BabyStories"/>). Liquids are measured by weight.</summary>
internal static class ChildStories
{
    public static IEnumerable<DemoStory> All => [Asthma(), Diarrhoea(), Tonsillitis(), Fever(), Ear(), Anaemia(), SevereAnaemia()];

    private static DemoMedicine Paracetamol(int days)
        => Syrup("paracetamol", 15, 50, "250 mg in 5 mL", "Up to four times a day", days, "For fever above 38.5, six hours apart");

    private static DemoStory Asthma() => new(
        "asthma",
        DemoPanel.Paediatrics,
        "J45.9",
        "Asthma",
        [
            new(
                "Cough at night and whistling chest",
                "Coughs at night for two months, whistles after running and with every cold. Mother has allergic nose. No fever.",
                "General: active|Chest: wheeze on both sides, no indrawing|Nose: swollen, pale",
                "Asthma, not yet treated.",
                "Spacer shown and done together|No smoke, no agarbatti in the bedroom|Action plan on paper",
                "In 4 weeks")
            {
                Vitals = new(Pulse: 12, Breaths: 6, Saturation: -2),
                Medicines = [Pack("budesonide-inhaled", "100 micrograms, 1 puff", "Twice a day", 30, "1 inhaler", "With spacer, rinse the mouth"), Pack("salbutamol", "100 micrograms per puff, 2 puffs", "When needed", 30, "1 inhaler", "With spacer")],
                Tests = [Of("lab-ige", 284), Panel("lab-cbc", ("lab-hb", 12.1m), ("lab-wbc", 8.8m), ("lab-eosp", 9))],
            },
            new(
                "Asthma review",
                "Sleeps through, blue inhaler once a week before football. Mother says it is sometimes forgotten in the morning.",
                "General: active|Chest: clear",
                "Asthma, well controlled.",
                "Tie it to tooth brushing|Same dose for three months",
                "In 3 months")
            {
                Medicines = [Pack("budesonide-inhaled", "100 micrograms, 1 puff", "Twice a day", 90, "2 inhalers", "With spacer, rinse the mouth")],
            },
        ])
    {
        FromYears = 5,
        ToYears = DemoPanels.GrownUp,
        Lasting = true,
        DaysBetween = 30,
        Review = "Asthma review",
    };

    private static DemoStory Diarrhoea() => new(
        "diarrhoea",
        DemoPanel.Paediatrics,
        "A09.9",
        "Acute gastroenteritis",
        [
            new(
                "Loose motions and vomiting since yesterday",
                "Six watery stools and two vomits since yesterday, no blood. Drinks eagerly, passed urine three times. Ate outside at a wedding.",
                "General: thirsty, eyes a little sunken, skin goes back at once|Abdomen: soft, bowel sounds brisk",
                "Acute watery diarrhoea with some dehydration, corrected by mouth.",
                "ORS after each stool|Go on feeding|Come at once with blood, no urine for 6 hours or sleepiness",
                "In 2 days, sooner if worse")
            {
                Vitals = new(Pulse: 14, Temperature: 0.6m, WeightPercent: -3),
                Medicines = [Pack("ors", "sachet in 1 litre", "After each loose stool", 3, "6 sachets", "With a spoon, a little at a time"), Pack("zinc-sulfate", "20 mg dispersible tablet", "Once a day", 14, "14 tablets", "In a spoon of water; 14 days, also when well")],
            },
        ])
    {
        FromYears = 1,
        ToYears = 9,
        Review = "Loose motions, review",
    };

    private static DemoStory Tonsillitis() => new(
        "tonsillitis",
        DemoPanel.Paediatrics,
        "J03.9",
        "Acute tonsillitis",
        [
            new(
                "Throat pain and fever for 2 days",
                "Throat pain, fever to 39 and refusal of food for two days, no cough. Friend in class has the same.",
                "General: unwell, drinks|Throat: tonsils red with exudate|Neck: tender nodes at the jaw",
                "Tonsillitis, likely streptococcal.",
                "Ten days of the antibiotic even when well|Cool drinks|Back to school after a day without fever",
                "In 3 days if fever stays")
            {
                Vitals = VitalShift.Fever(1.7m, 18),
                Medicines = [Syrup("azithromycin", 10, 40, "200 mg in 5 mL", "Once a day", 5, "An hour before food"), Paracetamol(3)],
                Tests = [Said("lab-strepag", "Positive", abnormal: true), Of("lab-crp", 38)],
            },
        ])
    {
        FromYears = 3,
        ToYears = DemoPanels.GrownUp,
        Review = "Throat, review",
    };

    private static DemoStory Fever() => new(
        "child-fever",
        DemoPanel.Paediatrics,
        "B34.9",
        "Viral fever",
        [
            new(
                "Fever for 3 days with cold",
                "Fever to 38.8 for three days with runny nose, eats little, plays when fever is down. No rash, no fits.",
                "General: playful after paracetamol|Throat: mildly red|Chest: clear|Ears: drums normal",
                "Viral fever, nothing else found.",
                "Light clothes, plenty of fluids|Signs of danger explained: fits, fast breathing, no urine",
                "In 2 days if fever stays")
            {
                Vitals = VitalShift.Fever(1.4m, 16),
                Medicines = [Paracetamol(3), Pack("saline-nasal", "2 drops each nostril", "Before feeds and sleep", 5, "1 bottle", "Wipe the nose first")],
            },
            new(
                "Fever review",
                "No fever since yesterday, eats again.",
                "General: playful|Chest: clear",
                "Viral fever, over.",
                "Back to school",
                "Only if unwell"),
        ])
    {
        FromYears = 1,
        ToYears = 14,
        DaysBetween = 3,
        Review = "Fever review",
    };

    private static DemoStory Ear() => new(
        "ear",
        DemoPanel.Paediatrics,
        "H66.9",
        "Otitis media",
        [
            new(
                "Ear pain since last night, cold for a week",
                "Woke crying and held the right ear, fever to 38.5. Cold for a week. No discharge.",
                "General: irritable|Ears: right drum red and bulging, left normal|Nose: thick discharge",
                "Acute otitis media on the right.",
                "Pain relief first, regularly for two days|No water in the ear",
                "In 3 days")
            {
                Vitals = VitalShift.Fever(1.3m, 14),
                Medicines = [Syrup("amoxicillin", 30, 50, "250 mg in 5 mL", "Twice a day", 7, "Shake the bottle"), Paracetamol(3)],
            },
            new(
                "Ear review",
                "No pain since the second day, no fever.",
                "Ears: right drum dull, not bulging",
                "Otitis media, healing.",
                "Finish the bottle|Hearing looked at again in 6 weeks",
                "In 6 weeks"),
        ])
    {
        FromYears = 1,
        ToYears = 9,
        DaysBetween = 4,
        Review = "Ear review",
    };

    private static DemoStory Anaemia() => new(
        "child-anaemia",
        DemoPanel.Paediatrics,
        "D50.9",
        "Iron deficiency anaemia",
        [
            new(
                "Pale, eats mud, tires soon",
                "Teacher noticed paleness. Drinks a litre of milk a day, eats little else, licks the wall. No worms seen.",
                "General: pale, active|Abdomen: spleen not felt|Cardiovascular: soft flow murmur",
                "Iron deficiency from too much milk.",
                "Milk not above two cups a day|Jaggery, dates, greens, egg|Deworming given",
                "In 4 weeks with haemoglobin")
            {
                Vitals = new(Pulse: 10),
                Medicines = [Syrup("ferrous-ascorbate", 3, 6, "30 mg elemental in 5 mL", "Once a day", 30, "Between meals, with lemon water"), Tablet("albendazole", "400 mg", "0-0-1", 1, "Chew, once")],
                Tests = [Panel("lab-cbc", ("lab-hb", 8.6m), ("lab-mcv", 64), ("lab-wbc", 8.9m), ("lab-plt", 430)), Of("lab-ferr", 7.1m)],
            },
            new(
                "Haemoglobin review",
                "Runs with the others again. Takes the syrup with persuasion.",
                "General: less pale",
                "Iron deficiency, responding.",
                "Three months in all|Milk stays at two cups",
                "In 8 weeks")
            {
                Medicines = [Syrup("ferrous-ascorbate", 3, 6, "30 mg elemental in 5 mL", "Once a day", 60, "Between meals, with lemon water")],
                Tests = [Of("lab-hb", 10.2m)],
            },
        ])
    {
        FromYears = 2,
        ToYears = 6,
        DaysBetween = 30,
        Review = "Haemoglobin review",
    };

    private static DemoStory SevereAnaemia() => Anaemia() with
    {
        Key = "child-anaemia-severe",
        ForInbox = true,
        Visits =
        [
            Anaemia().Visits[0],
            new(
                "Very pale and sleepy since a week",
                "Syrup was stopped after a week because of vomiting. Paler, sleeps in the day, breathes fast on the stairs. No bleeding seen.",
                "General: very pale, tired|Cardiovascular: flow murmur, liver 2 cm|Chest: clear",
                "Severe anaemia, blood count sent urgently.",
                "No running|Come at once with fast breathing or refusal to drink",
                "Today by telephone with the report")
            {
                Vitals = new(Pulse: 26, Breaths: 6),
                Tests = [ExactPanel("lab-cbc", ("lab-hb", 5.6m), ("lab-mcv", 60), ("lab-wbc", 9.8m), ("lab-plt", 468)), Exactly("lab-ferr", 4.2m)],
            },
        ],
    };
}
