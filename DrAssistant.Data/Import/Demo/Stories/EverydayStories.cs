using DrAssistant.Data.Patients;
using static DrAssistant.Data.Import.Demo.Stories.DemoMedicine;
using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>General medicine: what passes.</summary>
internal static class EverydayStories
{
    public static IEnumerable<DemoStory> All => [Cold(), Gastritis(), BackPain(), Dengue(), UrinaryInfection(), Migraine()];

    private static DemoStory Cold() => new(
        "cold",
        DemoPanel.GeneralMedicine,
        "J06.9",
        "Acute upper respiratory infection",
        [
            new(
                "Cough, cold and mild fever for 3 days",
                "Runny nose, sore throat and dry cough for three days, fever to 38 on the first evening. Child at home has the same. No breathlessness.",
                "General: not ill|Throat: mildly red, no exudate|Chest: clear, no wheeze",
                "Viral upper respiratory infection, no sign of pneumonia.",
                "Rest, warm fluids, steam|No antibiotic is needed|Come again if fever lasts beyond 5 days or breathing is hard",
                "Only if not better in 5 days")
            {
                Vitals = VitalShift.Fever(0.7m, 8),
                Medicines = [Tablet("paracetamol", "650 mg", "1-0-1", 3, "For fever or pain, after food"), Tablet("cetirizine", "10 mg", "0-0-1", 5, "May make sleepy")],
            },
        ])
    {
        Review = "Cough and cold",
        FromYears = 16,
    };

    private static DemoStory Gastritis() => new(
        "gastritis",
        DemoPanel.GeneralMedicine,
        "K29.7",
        "Gastritis",
        [
            new(
                "Burning in the stomach, worse on an empty stomach",
                "Burning above the navel for two weeks, eased by food, with sour belching at night. Took painkillers for a toothache. No vomiting of blood, no weight loss.",
                "General: well, no pallor|Abdomen: tender above the navel, no guarding",
                "Gastritis after painkillers.",
                "No painkiller without asking|Last meal two hours before bed|Less tea and chilli for now",
                "In 2 weeks")
            {
                Medicines = [Tablet("pantoprazole", "40 mg", "1-0-0", 14, "Half an hour before breakfast"), Pack("sucralfate", "suspension, 10 mL", "Three times a day", 7, "1 bottle", "Before meals")],
                Tests = [Of("lab-hb", 13.6m), Said("lab-hpsa", "Positive", abnormal: true)],
            },
            new(
                "Stomach better, brings stool report",
                "Burning nearly gone. Sleeps through. Test for Helicobacter positive.",
                "Abdomen: soft, not tender",
                "Gastritis with Helicobacter pylori.",
                "Finish the whole course|Test again six weeks after the last tablet",
                "In 8 weeks")
            {
                Medicines = [Tablet("pantoprazole", "40 mg", "1-0-1", 14, "Before food"), Tablet("clarithromycin", "500 mg", "1-0-1", 14), Tablet("metronidazole", "400 mg", "1-0-1", 14, "No alcohol")],
            },
        ])
    {
        Review = "Stomach pain, review",
        FromYears = 18,
    };

    private static DemoStory BackPain() => new(
        "back-pain",
        DemoPanel.GeneralMedicine,
        "M54.5",
        "Low back pain",
        [
            new(
                "Low back pain for 10 days",
                "Pain in the low back since lifting a gas cylinder ten days ago, worse on bending, none in the legs. No numbness, no trouble passing water.",
                "Back: muscles tight, bending limited by pain|Nervous system: power, reflexes and sensation of the legs normal",
                "Mechanical low back pain, no warning sign.",
                "Keep moving, no bed rest|Heat for 15 minutes twice a day|Come at once with weakness or trouble passing water",
                "In 2 weeks")
            {
                Medicines = [Tablet("naproxen", "250 mg", "1-0-1", 5), Tablet("pantoprazole", "40 mg", "1-0-0", 5, "Before breakfast")],
                Asks = ["ref-physio"],
            },
            new(
                "Back pain, review",
                "Pain less than half. Does the exercises most days. Back at work.",
                "Back: bends to the knees|Nervous system: normal",
                "Low back pain, settling.",
                "Go on with the exercises for six weeks|Lift with the knees",
                "Only if it comes back")
            {
                Medicines = [Tablet("paracetamol", "650 mg", "1-0-1", 5, "Only when needed")],
            },
        ])
    {
        Review = "Back pain, review",
        FromYears = 20,
    };

    private static DemoStory Dengue() => new(
        "dengue",
        DemoPanel.GeneralMedicine,
        "A97.0",
        "Dengue without warning signs",
        [
            new(
                "High fever and body ache for 3 days",
                "Fever to 39.5 for three days with headache behind the eyes and aching joints. Neighbour had dengue last week. Drinks well. No bleeding, no vomiting, no pain in the belly.",
                "General: flushed, well perfused|Skin: faint rash on the chest, tourniquet test negative|Abdomen: soft, liver not felt",
                "Dengue is likely: day 3, no warning sign.",
                "Three litres of fluid a day, ORS among them|Paracetamol only, no ibuprofen or aspirin|Come at once with bleeding, vomiting, belly pain or drowsiness",
                "Tomorrow or the day after with blood count")
            {
                Vitals = VitalShift.Fever(2.2m, 22),
                Medicines = [Tablet("paracetamol", "650 mg", "1-1-1", 5, "For fever"), Pack("ors", "sachet in 1 litre", "Through the day", 5, "10 sachets", "Sip often")],
                Tests = [Said("lab-ns1", "Positive", abnormal: true), Panel("lab-cbc", ("lab-hb", 13.8m), ("lab-hct", 41), ("lab-wbc", 3.6m), ("lab-plt", 132)), Said("lab-mpag", "Negative", abnormal: false)],
            },
            new(
                "Dengue review, day 5",
                "Fever down since last night, weak. Drinks two and a half litres. Passed water six times. No bleeding.",
                "General: tired, hands warm|Skin: rash fading|Abdomen: soft, not tender",
                "Dengue, entering the critical days, stable.",
                "Blood count every day until it rises|Warning signs gone through again",
                "Tomorrow with blood count")
            {
                Vitals = new(Pulse: 6, Systolic: -8),
                Medicines = [Pack("ors", "sachet in 1 litre", "Through the day", 3, "6 sachets", "Sip often")],
                Tests = [Panel("lab-cbc", ("lab-hb", 14.2m), ("lab-hct", 42), ("lab-wbc", 2.9m), ("lab-plt", 68))],
            },
            new(
                "Dengue review, day 8",
                "No fever for three days, appetite back, itching palms.",
                "General: well|Skin: fine peeling of the palms",
                "Dengue, recovered.",
                "Rest for a week, then back to work|Empty standing water at home",
                "Only if unwell")
            {
                Tests = [Panel("lab-cbc", ("lab-hb", 13.5m), ("lab-hct", 41), ("lab-wbc", 5.1m), ("lab-plt", 176))],
            },
        ])
    {
        Review = "Fever, blood count review",
        FromYears = 16,
        ToYears = 65,
        DaysBetween = 3,
    };

    private static DemoStory UrinaryInfection() => new(
        "urinary-infection",
        DemoPanel.GeneralMedicine,
        "N39.0",
        "Urinary tract infection",
        [
            new(
                "Burning on passing water for 2 days",
                "Burning and frequent urination for two days, no fever, no pain in the flank. Not pregnant by dates. Second time this year.",
                "General: well|Abdomen: mild tenderness above the pubis, flanks not tender",
                "Lower urinary tract infection.",
                "Two and a half litres of water a day|Finish the course even when it feels better",
                "In 5 days with culture report")
            {
                Vitals = new(Temperature: 0.3m),
                Medicines = [Capsule("nitrofurantoin", "100 mg SR", "1-0-1", 5)],
                Tests = [Said("lab-ucs", "Escherichia coli above 100,000 CFU in 1 mL, sensitive to nitrofurantoin and fosfomycin", abnormal: true), Of("lab-creat", 0.8m)],
            },
        ])
    {
        Review = "Urine infection, report",
        FromYears = 18,
        ToYears = 80,
        Sex = Gender.Female,
    };

    private static DemoStory Migraine() => new(
        "migraine",
        DemoPanel.GeneralMedicine,
        "G43.9",
        "Migraine",
        [
            new(
                "One-sided headache with vomiting, twice a month",
                "Throbbing headache on one side for two years, now twice a month, lasts a day, with vomiting and dislike of light. Skipped meals bring it on. Vision normal between attacks.",
                "General: well|Nervous system: no deficit, neck supple|Eyes: discs sharp",
                "Migraine without aura.",
                "Headache diary|Regular meals and sleep|Not more than two painkiller days a week",
                "In 6 weeks with diary")
            {
                Medicines = [Tablet("naproxen", "500 mg", "1-0-0", 6, "At the start of an attack, with food"), Tablet("domperidone", "10 mg", "1-0-0", 6, "With the painkiller")],
            },
            new(
                "Headache review, brings diary",
                "Six attacks in six weeks, two days off work.",
                "Nervous system: no deficit",
                "Migraine, frequent enough for prevention.",
                "Daily tablet for three months, then decide|Do not stop it abruptly",
                "In 8 weeks")
            {
                Medicines = [Tablet("propranolol", "20 mg", "1-0-1", 60), Tablet("naproxen", "500 mg", "1-0-0", 6, "At the start of an attack, with food")],
            },
        ])
    {
        Review = "Headache review",
        FromYears = 16,
        ToYears = 60,
        Lasting = true,
        DaysBetween = 42,
    };
}
