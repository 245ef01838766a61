using DrAssistant.Data.Patients;
using static DrAssistant.Data.Import.Demo.Stories.DemoMedicine;
using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>General medicine: what lasts.</summary>
internal static class MedicineStories
{
    public static IEnumerable<DemoStory> All => [Diabetes(), DiabetesRising(), Hypothyroidism(), Anaemia(), Pregnancy()];

    private static DemoStory Diabetes() => new(
        "diabetes",
        DemoPanel.GeneralMedicine,
        "E11.9",
        "Type 2 diabetes mellitus",
        [
            new(
                "Tired and thirsty, passing water often",
                "Thirst, frequent urination and tiredness for six weeks. Mother has diabetes. No blurred vision, no numbness of the feet.",
                "General: well, carries weight at the waist|Cardiovascular: heart sounds normal|Feet: pulses present, sensation to monofilament intact",
                "Newly found type 2 diabetes, no complication seen today.",
                "Half the plate vegetables, a quarter grain|Walk 30 minutes a day|Look at the feet every evening",
                "In 3 months with fasting sugar and HbA1c")
            {
                Medicines = [Tablet("metformin", "500 mg", "1-0-1", 30)],
                Tests =
                [
                    Of("lab-fbs", 172), Of("lab-hba1c", 9.2m), Of("lab-creat", 0.9m), Of("lab-acr", 21),
                    Panel("lab-lipid", ("lab-chol", 226), ("lab-ldl", 144), ("lab-hdl", 38), ("lab-tg", 214)),
                ],
                Asks = ["ref-diet"],
            },
            new(
                "Diabetes review, brings reports",
                "Takes metformin regularly, some loose stools in the first week. Walks four days a week. Home sugars 140 to 180 fasting.",
                "General: well|Cardiovascular: heart sounds normal|Feet: no ulcer, skin dry",
                "Type 2 diabetes, better but above target.",
                "Keep a sugar diary, two readings a week|Cream for dry feet, not between the toes",
                "In 3 months with HbA1c")
            {
                Vitals = new(WeightPercent: -2),
                Medicines = [Tablet("metformin", "1 g", "1-0-1", 90), Tablet("glimepiride", "1 mg", "1-0-0", 90, "Before breakfast"), Tablet("atorvastatin", "10 mg", "0-0-1", 90)],
                Tests = [Of("lab-fbs", 148), Of("lab-hba1c", 8.1m)],
            },
            new(
                "Diabetes review",
                "No low sugars. Has lost weight, feels lighter. Eye check done at camp last month, told normal.",
                "General: well|Cardiovascular: heart sounds normal|Feet: pulses present, sensation intact",
                "Type 2 diabetes, near target.",
                "Go on as now|Carry glucose when travelling",
                "In 3 months")
            {
                Vitals = new(WeightPercent: -4),
                Medicines = [Tablet("metformin", "1 g", "1-0-1", 90), Tablet("glimepiride", "1 mg", "1-0-0", 90, "Before breakfast"), Tablet("atorvastatin", "10 mg", "0-0-1", 90)],
                Tests = [Of("lab-fbs", 124), Of("lab-hba1c", 7.2m), Of("lab-creat", 0.95m)],
            },
        ])
    {
        FromYears = 35,
        Lasting = true,
        DaysBetween = 91,
        Review = "Diabetes review, sugar reports",
    };

    private static DemoStory DiabetesRising() => Diabetes() with
    {
        Key = "diabetes-rising",
        ForInbox = true,
        Visits =
        [
            .. Diabetes().Visits.Take(2),
            new(
                "Very thirsty for a week, stopped tablets during travel",
                "Away from home for five weeks, tablets ran out. Thirst and night urination came back. No vomiting, no breathlessness.",
                "General: tired, mouth dry|Chest: clear, breathing normal|Abdomen: soft, no tenderness",
                "Type 2 diabetes out of control after missed treatment. Fasting sugar and potassium sent urgently.",
                "Restart tablets today|Drink water freely, no fruit juice|Come at once with vomiting or drowsiness",
                "In 2 days with reports")
            {
                Vitals = new(Pulse: 12, WeightPercent: -3),
                Medicines = [Tablet("metformin", "1 g", "1-0-1", 30), Tablet("glimepiride", "2 mg", "1-0-0", 30, "Before breakfast")],
                Tests = [Exactly("lab-fbs", 418), Exactly("lab-hba1c", 11.4m), ExactPanel("lab-kft", ("lab-creat", 1.34m), ("lab-urea", 46), ("lab-na", 133), ("lab-k", 4.6m))],
            },
        ],
    };

    private static DemoStory Hypothyroidism() => new(
        "hypothyroidism",
        DemoPanel.GeneralMedicine,
        "E03.9",
        "Hypothyroidism",
        [
            new(
                "Tired, putting on weight, hair falling",
                "Tiredness and weight gain over four months, feels cold in air conditioning. Periods heavier. No neck swelling noticed.",
                "General: face a little puffy|Neck: thyroid just palpable, no nodule|Nervous system: ankle jerks slow to relax",
                "Likely hypothyroidism.",
                "Tablet on an empty stomach, breakfast half an hour later|Not together with calcium or iron",
                "In 8 weeks with TSH")
            {
                Vitals = new(Pulse: -12),
                Medicines = [Tablet("levothyroxine", "50 micrograms", "1-0-0", 60, "On an empty stomach")],
                Tests = [Of("lab-tsh", 14.8m), Of("lab-ft4", 0.7m), Of("lab-hb", 11.6m)],
            },
            new(
                "Thyroid follow-up",
                "More energy, hair fall less. Takes the tablet daily, sometimes with tea.",
                "General: well|Neck: thyroid not enlarged",
                "Hypothyroidism, improving, TSH still raised.",
                "Tea only half an hour after the tablet",
                "In 8 weeks with TSH")
            {
                Vitals = new(Pulse: -4),
                Medicines = [Tablet("levothyroxine", "75 micrograms", "1-0-0", 60, "On an empty stomach")],
                Tests = [Of("lab-tsh", 8.9m)],
            },
            new(
                "Thyroid follow-up",
                "Feels like before. Weight steady.",
                "General: well|Neck: thyroid not enlarged",
                "Hypothyroidism, well replaced.",
                "Same dose, one test a year",
                "In 6 months")
            {
                Medicines = [Tablet("levothyroxine", "75 micrograms", "1-0-0", 90, "On an empty stomach")],
                Tests = [Of("lab-tsh", 2.9m)],
            },
        ])
    {
        FromYears = 18,
        ToYears = 50,
        Sex = Gender.Female,
        Lasting = true,
        DaysBetween = 56,
        Review = "Thyroid follow-up with TSH",
    };

    private static DemoStory Anaemia() => new(
        "anaemia",
        DemoPanel.GeneralMedicine,
        "D50.9",
        "Iron deficiency anaemia",
        [
            new(
                "Tired, out of breath on stairs",
                "Tiredness for three months, breathless on the second floor. Periods last seven days with clots. Vegetarian. No black stools.",
                "General: pale, nails brittle|Cardiovascular: soft flow murmur|Abdomen: no mass, spleen not felt",
                "Iron deficiency anaemia, likely from heavy periods.",
                "Iron with lemon water, not with tea|Stools may turn dark, that is harmless",
                "In 4 weeks with haemoglobin")
            {
                Vitals = new(Pulse: 12),
                Medicines = [Tablet("ferrous-ascorbate-folic-acid", "100 mg elemental + 1.5 mg", "0-1-0", 30, "Between meals")],
                Tests = [Panel("lab-cbc", ("lab-hb", 8.4m), ("lab-mcv", 68), ("lab-wbc", 7.2m), ("lab-plt", 410)), Of("lab-ferr", 6.2m)],
            },
            new(
                "Follow-up, anaemia",
                "Less tired, takes iron most days, mild constipation.",
                "General: less pale|Cardiovascular: heart sounds normal",
                "Iron deficiency anaemia, responding.",
                "More water and greens for the bowels|Go on for three months in all",
                "In 6 weeks with haemoglobin")
            {
                Medicines = [Tablet("ferrous-ascorbate-folic-acid", "100 mg elemental + 1.5 mg", "0-1-0", 45, "Between meals")],
                Tests = [Of("lab-hb", 9.6m), Of("lab-ferr", 12.4m)],
            },
        ])
    {
        FromYears = 16,
        ToYears = 55,
        Sex = Gender.Female,
        DaysBetween = 30,
        Review = "Follow-up, anaemia",
    };

    private static DemoStory Pregnancy() => new(
        "pregnancy",
        DemoPanel.GeneralMedicine,
        "Z34.9",
        "Normal pregnancy, supervision",
        [
            new(
                "Pregnant, first visit",
                "Second pregnancy, 12 weeks by dates. Nausea in the mornings, keeps food down. First delivery normal. No bleeding.",
                "General: well, no swelling|Abdomen: uterus just felt above the pubis",
                "Pregnancy of 12 weeks, going well.",
                "Small meals often|Folic acid daily|Come at once with bleeding or pain",
                "In 8 weeks, scan before that")
            {
                Medicines = [Tablet("folic-acid", "5 mg", "0-1-0", 30)],
                Tests = [Panel("lab-cbc", ("lab-hb", 11.4m), ("lab-wbc", 8.1m), ("lab-plt", 248)), Of("lab-tsh", 2.1m), Of("lab-dipsi", 118)],
                Asks = ["img-us-ob-nt"],
            },
            new(
                "Antenatal visit, 20 weeks",
                "Feels movements for a week. Nausea gone. Leg cramps at night.",
                "General: well, no pallor|Abdomen: uterus at the navel",
                "Pregnancy of 20 weeks, going well.",
                "Iron at noon, calcium at night, never together|Sleep on the side",
                "In 8 weeks")
            {
                Vitals = new(WeightPercent: 5),
                Medicines = [Tablet("ferrous-ascorbate-folic-acid", "100 mg elemental + 1.5 mg", "0-1-0", 60), Tablet("calcium-carbonate-vitamin-d3", "500 mg + 250 units", "0-0-1", 60)],
                Asks = ["img-us-ob-anom"],
            },
            new(
                "Antenatal visit, 28 weeks",
                "Baby moves well. No headache, no swelling of the face.",
                "General: mild ankle swelling|Abdomen: uterus at 28 weeks, fetal heart 142 a minute",
                "Pregnancy of 28 weeks, haemoglobin low.",
                "Count movements after dinner|Warning signs explained, number of the ward given",
                "In 3 weeks")
            {
                Vitals = new(WeightPercent: 11, Pulse: 8),
                Medicines = [Tablet("ferrous-ascorbate-folic-acid", "100 mg elemental + 1.5 mg", "1-0-1", 30), Tablet("calcium-carbonate-vitamin-d3", "500 mg + 250 units", "0-1-0", 30)],
                Tests = [Of("lab-hb", 9.9m), Of("lab-dipsi", 127)],
                Asks = ["img-us-ob-growth"],
            },
        ])
    {
        FromYears = 20,
        ToYears = 38,
        Sex = Gender.Female,
        Lasting = true,
        DaysBetween = 56,
        Review = "Antenatal visit",
    };
}
