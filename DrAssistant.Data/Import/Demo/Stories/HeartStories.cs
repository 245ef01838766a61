using static DrAssistant.Data.Import.Demo.Stories.DemoMedicine;
using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>Internal medicine and cardiology.</summary>
internal static class HeartStories
{
    public static IEnumerable<DemoStory> All => [Hypertension(), CoronaryDisease(), Kidney(), AtrialFibrillation(), Lungs(), HeartFailure()];

    private static DemoStory Hypertension() => new(
        "hypertension",
        DemoPanel.Cardiology,
        "I10",
        "Essential hypertension",
        [
            new(
                "High blood pressure found at a camp",
                "Pressure 160/100 at a company camp, no complaint. Father had a stroke at 62. Salty pickles daily, no tobacco.",
                "General: well|Cardiovascular: apex not displaced, no murmur, pulses equal|Eyes: no bleeding in the fundus",
                "Hypertension, confirmed on two readings, no organ damage seen.",
                "Less salt, pickles only on Sundays|Walk 30 minutes a day|Write down the pressure twice a week",
                "In 4 weeks with readings")
            {
                Vitals = new(40, 18, 6),
                Medicines = [Tablet("amlodipine", "5 mg", "1-0-0", 30)],
                Tests = [Of("lab-creat", 0.95m), Of("lab-k", 4.3m), Panel("lab-lipid", ("lab-chol", 208), ("lab-ldl", 132), ("lab-hdl", 42), ("lab-tg", 168)), Of("lab-fbs", 97)],
                Asks = ["proc-ecg12"],
            },
            new(
                "Blood pressure review",
                "Readings at home 144 to 152 over 90. Slight ankle swelling in the evening. No giddiness.",
                "General: trace of ankle swelling|Cardiovascular: heart sounds normal",
                "Hypertension, better but above target.",
                "Go on with less salt|Rise slowly in the morning",
                "In 4 weeks")
            {
                Vitals = new(24, 11, 2),
                Medicines = [Tablet("telmisartan-amlodipine", "40 mg + 5 mg", "1-0-0", 30)],
            },
            new(
                "Blood pressure review",
                "Readings at home 126 to 134 over 80. No complaint.",
                "General: no swelling|Cardiovascular: heart sounds normal",
                "Hypertension, at target.",
                "Go on as now|Bring the home machine once a year to compare",
                "In 3 months")
            {
                Vitals = new(9, 3),
                Medicines = [Tablet("telmisartan-amlodipine", "40 mg + 5 mg", "1-0-0", 90)],
                Tests = [Of("lab-creat", 0.98m), Of("lab-k", 4.6m)],
            },
        ])
    {
        FromYears = 28,
        Lasting = true,
        DaysBetween = 30,
        Review = "Blood pressure review",
    };

    private static DemoStory CoronaryDisease() => new(
        "coronary-disease",
        DemoPanel.Cardiology,
        "I25.9",
        "Chronic ischaemic heart disease",
        [
            new(
                "Chest heaviness on climbing, two years after stent",
                "Stent two years ago. For a month heaviness on the second floor, gone within three minutes of rest. None at rest, none at night.",
                "General: well|Cardiovascular: no murmur, no added sound|Chest: clear",
                "Stable angina after stent.",
                "Spray under the tongue before effort that brings it on|Call the ambulance when pain lasts beyond 10 minutes",
                "In 6 weeks with reports")
            {
                Vitals = new(12, 6, 4),
                Medicines =
                [
                    Tablet("aspirin", "75 mg", "0-1-0", 45), Tablet("atorvastatin", "40 mg", "0-0-1", 45),
                    Tablet("metoprolol", "25 mg XL", "1-0-0", 45), Pack("glyceryl-trinitrate", "0.4 mg per spray", "When needed", 45, "1 spray", "Sit down, 1 spray under the tongue"),
                ],
                Tests = [Panel("lab-lipid", ("lab-chol", 184), ("lab-ldl", 108), ("lab-hdl", 37), ("lab-tg", 176)), Of("lab-hba1c", 6.1m)],
                Asks = ["proc-ecg12", "img-us-echo"],
            },
            new(
                "Heart review",
                "Used the spray twice in six weeks. Walks 25 minutes without pain.",
                "Cardiovascular: heart sounds normal, pulse regular|Chest: clear",
                "Stable angina, controlled.",
                "Go on walking, stop when it hurts|Never stop aspirin without asking",
                "In 3 months")
            {
                Vitals = new(4, 2, -8),
                Medicines = [Tablet("aspirin", "75 mg", "0-1-0", 90), Tablet("atorvastatin", "80 mg", "0-0-1", 90), Tablet("metoprolol", "50 mg XL", "1-0-0", 90)],
                Tests = [Panel("lab-lipid", ("lab-chol", 142), ("lab-ldl", 71), ("lab-hdl", 41), ("lab-tg", 138)), Of("lab-alt", 31)],
            },
        ])
    {
        FromYears = 48,
        Lasting = true,
        DaysBetween = 44,
        Review = "Heart review",
    };

    private static DemoStory Kidney() => new(
        "kidney-potassium",
        DemoPanel.Cardiology,
        "N18.3",
        "Chronic kidney disease, stage 3",
        [
            new(
                "Pressure and kidney check",
                "Known pressure for 15 years. Ankles swell in the evening. No breathlessness, passes water normally.",
                "General: mild ankle swelling|Cardiovascular: heart sounds normal|Chest: clear",
                "Chronic kidney disease stage 3 with hypertension.",
                "No painkillers, no salt substitute|Weigh every morning",
                "In 5 weeks with kidney panel")
            {
                Vitals = new(26, 10),
                Medicines = [Tablet("telmisartan", "40 mg", "1-0-0", 35), Tablet("spironolactone", "25 mg", "1-0-0", 35), Tablet("amlodipine", "5 mg", "0-0-1", 35)],
                Tests = [Panel("lab-kft", ("lab-creat", 1.62m), ("lab-urea", 54), ("lab-egfr", 44), ("lab-na", 139), ("lab-k", 4.8m)), Of("lab-acr", 212)],
            },
            new(
                "Kidney review",
                "Swelling less. Eats a banana and coconut water daily since the heat began.",
                "General: no swelling|Cardiovascular: heart sounds normal",
                "Chronic kidney disease stage 3, potassium at the upper limit.",
                "Leave out coconut water, bananas and tomatoes|Leaflet on potassium given",
                "In 5 weeks with potassium")
            {
                Vitals = new(16, 6),
                Medicines = [Tablet("telmisartan", "40 mg", "1-0-0", 35), Tablet("spironolactone", "25 mg", "1-0-0", 35), Tablet("amlodipine", "5 mg", "0-0-1", 35)],
                Tests = [Panel("lab-kft", ("lab-creat", 1.88m), ("lab-urea", 63), ("lab-egfr", 37), ("lab-na", 138), ("lab-k", 5.4m))],
            },
            new(
                "Weak legs since two days, kidney review",
                "Legs feel heavy since two days, had diarrhoea last week and drank coconut water. No palpitations, no chest pain.",
                "General: tired, tongue dry|Cardiovascular: pulse regular, 62 a minute|Nervous system: reflexes weak",
                "Chronic kidney disease, high potassium must be excluded today.",
                "Stop spironolactone until the report is here|Come at once with palpitations or fainting",
                "Today by telephone with the report")
            {
                Vitals = new(8, 2, -10, WeightPercent: -2),
                Medicines = [Tablet("amlodipine", "5 mg", "0-0-1", 30)],
                Tests = [ExactPanel("lab-kft", ("lab-creat", 2.31m), ("lab-urea", 78), ("lab-egfr", 29), ("lab-na", 137), ("lab-k", 6.3m))],
                Asks = ["proc-ecg12"],
            },
        ])
    {
        FromYears = 52,
        Lasting = true,
        DaysBetween = 35,
        Review = "Kidney and potassium check",
        ForInbox = true,
    };

    private static DemoStory AtrialFibrillation() => new(
        "atrial-fibrillation",
        DemoPanel.Cardiology,
        "I48.9",
        "Atrial fibrillation",
        [
            new(
                "Heart beats unevenly, short of breath on walking",
                "Uneven heartbeat for a month, short of breath on the flat. No fainting, no chest pain. Rheumatic fever as a child.",
                "Cardiovascular: pulse irregular, mid-diastolic murmur at the apex|Chest: clear",
                "Atrial fibrillation with mitral stenosis, needs warfarin.",
                "Same hour every evening for warfarin|Card with INR values given|No new medicine without asking",
                "In 1 week with INR")
            {
                Vitals = new(4, 0, 26),
                Medicines = [Tablet("warfarin", "3 mg", "0-0-1", 14, "At the same hour"), Tablet("metoprolol", "50 mg XL", "1-0-0", 30)],
                Tests = [Of("lab-inr", 1.08m), Of("lab-tsh", 2.2m), Of("lab-creat", 1.0m)],
                Asks = ["proc-ecg12", "img-us-echo"],
            },
            new(
                "INR check",
                "No bleeding. Missed one evening.",
                "Cardiovascular: pulse irregular, 82 a minute|Skin: no bruises",
                "Atrial fibrillation on warfarin, in range.",
                "Same dose|Green vegetables the same amount each week",
                "In 3 weeks with INR")
            {
                Vitals = new(0, 0, 6),
                Medicines = [Tablet("warfarin", "3 mg", "0-0-1", 30, "At the same hour"), Tablet("metoprolol", "50 mg XL", "1-0-0", 30)],
                Tests = [Of("lab-inr", 2.4m)],
            },
            new(
                "INR check, took antibiotic last week",
                "Took an antibiotic for a tooth last week. Gums bled once on brushing.",
                "Cardiovascular: pulse irregular, 78 a minute|Skin: small bruise on the forearm",
                "Atrial fibrillation on warfarin, INR likely raised by the antibiotic.",
                "Leave out tonight's dose|Come at once with black stools or a blow to the head",
                "In 4 days with INR")
            {
                Vitals = new(0, 0, 4),
                Medicines = [Tablet("warfarin", "2 mg", "0-0-1", 14, "At the same hour, from tomorrow")],
                Tests = [Of("lab-inr", 4.1m), Of("lab-hb", 12.4m)],
            },
        ])
    {
        FromYears = 45,
        Lasting = true,
        DaysBetween = 19,
        Review = "INR check",
    };

    private static DemoStory Lungs() => new(
        "lungs",
        DemoPanel.Cardiology,
        "J44.9",
        "Chronic obstructive pulmonary disease",
        [
            new(
                "Cough with phlegm, breathless on walking",
                "Cough with phlegm every winter for five years, breathless on a slope for a year. Cooked on a wood fire for 20 years. No blood, no weight loss.",
                "General: speaks in full sentences|Chest: long expiration, scattered wheeze|Cardiovascular: heart sounds normal",
                "Chronic obstructive pulmonary disease.",
                "Inhaler shown and done together|No smoke in the kitchen|Influenza vaccine advised",
                "In 4 weeks with spirometry")
            {
                Vitals = new(0, 0, 10, 0, 5, -4),
                Medicines = [Pack("tiotropium", "18 micrograms, 2 puffs", "Once a day", 30, "1 inhaler", "Rinse the mouth"), Pack("salbutamol", "100 micrograms per puff, 2 puffs", "When needed", 30, "1 inhaler", "With spacer")],
                Tests = [Panel("lab-cbc", ("lab-hb", 14.1m), ("lab-wbc", 9.4m), ("lab-eosp", 3))],
                Asks = ["img-xr-chest-pa", "proc-spiro"],
            },
            new(
                "Breathing review",
                "Walks to the market without stopping. Uses the blue inhaler twice a week.",
                "General: well|Chest: few wheezes",
                "Chronic obstructive pulmonary disease, better.",
                "Go on daily, also on good days|Walk 20 minutes a day",
                "In 3 months")
            {
                Vitals = new(0, 0, 4, 0, 3, -2),
                Medicines = [Pack("tiotropium", "18 micrograms, 2 puffs", "Once a day", 90, "3 inhalers", "Rinse the mouth")],
            },
        ])
    {
        FromYears = 50,
        Lasting = true,
        DaysBetween = 28,
        Review = "Breathing review",
    };

    private static DemoStory HeartFailure() => new(
        "heart-failure",
        DemoPanel.Cardiology,
        "I50.9",
        "Heart failure",
        [
            new(
                "Swollen feet, sleeps on three pillows",
                "Feet swell for a month, wakes at night short of breath. Heart attack four years ago. Took painkillers for the knee.",
                "General: ankle swelling to the shins|Cardiovascular: third sound, neck veins raised|Chest: fine crackles at both bases",
                "Heart failure, worsened by painkillers.",
                "No painkillers but paracetamol|Weigh every morning, call at 2 kg more in 3 days|Fluid 1.5 litres a day",
                "In 2 weeks with kidney panel")
            {
                Vitals = new(-4, 2, 18, 0, 6, -3, 4),
                Medicines = [Tablet("furosemide", "40 mg", "1-0-0", 15), Tablet("ramipril", "2.5 mg", "0-0-1", 15), Tablet("bisoprolol", "1.25 mg", "1-0-0", 15)],
                Tests = [Of("lab-bnp", 640), Panel("lab-kft", ("lab-creat", 1.24m), ("lab-urea", 44), ("lab-na", 134), ("lab-k", 4.2m))],
                Asks = ["img-us-echo", "img-xr-chest-pa"],
            },
            new(
                "Heart failure review",
                "Sleeps on one pillow, feet thin again, 3 kg less.",
                "General: no swelling|Cardiovascular: no added sound|Chest: clear",
                "Heart failure, compensated.",
                "Go on with weighing|Salt under a teaspoon a day",
                "In 4 weeks")
            {
                Vitals = new(-8, -2, 4, 0, 1, -1),
                Medicines = [Tablet("furosemide", "40 mg", "1-0-0", 30), Tablet("ramipril", "5 mg", "0-0-1", 30), Tablet("bisoprolol", "2.5 mg", "1-0-0", 30), Tablet("dapagliflozin", "10 mg", "1-0-0", 30)],
                Tests = [Of("lab-bnp", 296), Of("lab-k", 4.7m), Of("lab-creat", 1.28m)],
            },
        ])
    {
        FromYears = 55,
        Lasting = true,
        DaysBetween = 15,
        Review = "Heart failure review, weight",
    };
}
