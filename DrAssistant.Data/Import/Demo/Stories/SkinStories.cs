using static DrAssistant.Data.Import.Demo.Stories.DemoMedicine;
using static DrAssistant.Data.Import.Demo.Stories.DemoTest;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>Dermatology.</summary>
internal static class SkinStories
{
    public static IEnumerable<DemoStory> All => [Eczema(), Ringworm(), Acne(), Psoriasis(), PsoriasisOnTablets(), Hives(), Scabies()];

    private static DemoStory Eczema() => new(
        "eczema",
        DemoPanel.Dermatology,
        "L20.9",
        "Atopic dermatitis",
        [
            new(
                "Itchy patches at elbows and knees",
                "Itchy patches in the folds every winter since childhood, worse for three weeks, sleeps badly. Brother has asthma.",
                "Skin: dry, thick patches in both elbow folds and behind the knees, scratch marks, no pus",
                "Atopic dermatitis, moderate.",
                "Emollient three times a day, within three minutes of the bath|Cotton clothes, lukewarm water|Nails short",
                "In 3 weeks")
            {
                Medicines = [Pack("mometasone-topical", "0.1% cream", "Once a day", 10, "1 tube of 15 g", "Thinly on the red patches"), Pack("white-soft-paraffin", "cream", "Three times a day", 30, "1 jar of 200 g", "All over"), Tablet("levocetirizine", "5 mg", "0-0-1", 10, "May make sleepy")],
                Tests = [Of("lab-ige", 412)],
            },
            new(
                "Eczema review",
                "Sleeps again. Patches flat, itch only in the evening.",
                "Skin: patches pale and soft, dryness remains",
                "Atopic dermatitis, settling.",
                "Emollient for good|Steroid cream only on two days a week",
                "In 8 weeks")
            {
                Medicines = [Pack("tacrolimus", "0.1% ointment", "Twice a week", 60, "1 tube of 30 g", "On the places that come back"), Pack("white-soft-paraffin", "cream", "Three times a day", 60, "2 jars of 200 g", "All over")],
            },
        ])
    {
        FromYears = 16,
        ToYears = 60,
        Lasting = true,
        DaysBetween = 21,
        Review = "Eczema review",
    };

    private static DemoStory Ringworm() => new(
        "ringworm",
        DemoPanel.Dermatology,
        "B35.4",
        "Tinea corporis",
        [
            new(
                "Ring-shaped itchy patches on waist and thighs",
                "Itchy rings for two months. Used a mixed cream with steroid from the shop, better, then worse. The spouse has the same.",
                "Skin: ring-shaped scaly patches at waist and inner thighs, active edge, skin thin in the middle",
                "Ringworm changed by steroid cream.",
                "No mixed creams|Clothes washed hot and dried in the sun|The family is treated together",
                "In 3 weeks")
            {
                Medicines = [Capsule("itraconazole", "100 mg", "1-0-1", 21), Pack("luliconazole", "1% cream", "Once a day", 28, "2 tubes of 30 g", "Two fingers beyond the edge, two weeks longer than seen")],
                Tests = [Said("lab-fungs", "Hyphae seen", abnormal: true), Of("lab-alt", 26)],
            },
            new(
                "Ringworm review",
                "Itch gone after ten days. No new ring.",
                "Skin: brown marks, no scale",
                "Ringworm, nearly cleared.",
                "Two more weeks of cream|Marks fade in months",
                "In 4 weeks")
            {
                Medicines = [Pack("luliconazole", "1% cream", "Once a day", 14, "1 tube of 30 g", "On the former places")],
            },
        ])
    {
        FromYears = 16,
        DaysBetween = 21,
        Review = "Fungal infection review",
    };

    private static DemoStory Acne() => new(
        "acne",
        DemoPanel.Dermatology,
        "L70.0",
        "Acne vulgaris",
        [
            new(
                "Pimples on face and back, leaving marks",
                "Pimples for two years, now painful lumps at the jaw that leave marks. Tried home remedies. Oily hair.",
                "Skin: comedones and papules on the face, six nodules at the jaw, early scars",
                "Acne, moderate to severe.",
                "Do not squeeze|Gel at night, sunscreen by day|Redness in the first weeks is usual",
                "In 6 weeks")
            {
                Medicines = [Pack("adapalene-benzoyl-peroxide", "0.1% + 2.5% gel", "At night", 45, "1 tube of 15 g", "A pea for the whole face"), Capsule("doxycycline", "100 mg", "0-1-0", 42, "With water, sitting up")],
                Tests = [Of("lab-alt", 22), Panel("lab-lipid", ("lab-chol", 162), ("lab-ldl", 88), ("lab-hdl", 54), ("lab-tg", 96))],
            },
            new(
                "Acne review, reports",
                "New nodules still come. Wants the stronger tablet, has read the leaflet.",
                "Skin: fewer papules, three new nodules, scars",
                "Acne with scarring, isotretinoin begun.",
                "No pregnancy during and one month after, explained to all who can become pregnant|Lip balm|No alcohol",
                "In 6 weeks with liver values and lipids")
            {
                Medicines = [Capsule("isotretinoin", "20 mg", "0-0-1", 42, "With dinner")],
                Tests = [Of("lab-alt", 39), Panel("lab-lipid", ("lab-chol", 206), ("lab-ldl", 121), ("lab-hdl", 48), ("lab-tg", 188))],
            },
        ])
    {
        FromYears = 16,
        ToYears = 33,
        DaysBetween = 42,
        Review = "Acne review",
    };

    private static DemoStory Psoriasis() => new(
        "psoriasis",
        DemoPanel.Dermatology,
        "L40.0",
        "Plaque psoriasis",
        [
            new(
                "Scaly patches on elbows, knees and scalp",
                "Scaly patches for three years, worse since winter and after a quarrel at work. Joints do not hurt. Uncle has the same.",
                "Skin: red plaques with silvery scale at elbows, knees and scalp, about 6 in 100 of the skin|Joints: no swelling",
                "Plaque psoriasis, mild to moderate.",
                "Not catching, cannot be cured, can be kept quiet|Emollient daily|Some sun in the morning",
                "In 6 weeks")
            {
                Medicines = [Pack("calcipotriol", "0.005% ointment", "At night", 42, "2 tubes of 30 g", "On the plaques, not on the face"), Pack("mometasone-topical", "0.1% ointment", "In the morning", 14, "1 tube of 15 g", "Thinly"), Pack("white-soft-paraffin", "ointment", "Three times a day", 42, "1 jar of 200 g", "All over")],
            },
            new(
                "Psoriasis review",
                "Elbows nearly clear, knees half. Scalp itches.",
                "Skin: thin plaques at the knees, scalp scaly",
                "Plaque psoriasis, improving.",
                "Go on at night|Steroid only on weekends",
                "In 8 weeks")
            {
                Medicines = [Pack("calcipotriol", "0.005% ointment", "At night", 60, "2 tubes of 30 g", "On the plaques")],
            },
        ])
    {
        FromYears = 22,
        Lasting = true,
        DaysBetween = 42,
        Review = "Psoriasis review",
    };

    private static DemoStory PsoriasisOnTablets() => Psoriasis() with
    {
        Key = "psoriasis-tablets",
        ForInbox = true,
        DaysBetween = 28,
        Visits =
        [
            new(
                "Psoriasis all over, creams do not help",
                "A quarter of the skin for a year. Creams no longer help. No plan of a child, no alcohol. Chest X-ray normal last month.",
                "Skin: plaques on trunk and limbs, about 22 in 100|Joints: no swelling",
                "Plaque psoriasis, severe, methotrexate begun.",
                "Once a WEEK, on Sunday, never daily|Folic acid on Wednesday|Fever or mouth sores: stop and come",
                "In 4 weeks with blood count and liver values")
            {
                Medicines = [Pack("methotrexate", "7.5 mg tablet", "Once a week, Sunday", 28, "4 tablets", "Never daily"), Pack("folic-acid", "5 mg tablet", "Once a week, Wednesday", 28, "4 tablets", "Not on Sunday")],
                Tests = [Panel("lab-cbc", ("lab-hb", 13.4m), ("lab-wbc", 7.1m), ("lab-anc", 4.3m), ("lab-plt", 262)), Of("lab-alt", 28), Of("lab-creat", 0.9m)],
            },
            new(
                "Psoriasis review with reports",
                "Skin softer, less scale. Slight nausea on Mondays.",
                "Skin: plaques thinner|Mouth: no sores",
                "Psoriasis, answering to methotrexate.",
                "Tablet after dinner|Same dose",
                "In 4 weeks with reports")
            {
                Medicines = [Pack("methotrexate", "10 mg tablet", "Once a week, Sunday", 28, "4 tablets", "Never daily"), Pack("folic-acid", "5 mg tablet", "Once a week, Wednesday", 28, "4 tablets", "Not on Sunday")],
                Tests = [Panel("lab-cbc", ("lab-hb", 12.9m), ("lab-wbc", 4.9m), ("lab-anc", 2.7m), ("lab-plt", 214)), Of("lab-alt", 41)],
            },
            new(
                "Mouth sores since 3 days, on weekly tablet",
                "Sores in the mouth for three days, low fever last night. Took the tablet on three days in a row by mistake while travelling.",
                "Mouth: shallow ulcers on lip and tongue|Skin: plaques thin, no bruises|Chest: clear",
                "Methotrexate taken daily by mistake, blood count sent urgently.",
                "Stop methotrexate|Come at once with fever above 38 or bleeding",
                "Today by telephone with the report")
            {
                Vitals = VitalShift.Fever(1.0m, 12),
                Tests = [ExactPanel("lab-cbc", ("lab-hb", 11.4m), ("lab-wbc", 1.8m), ("lab-anc", 0.9m), ("lab-plt", 118)), Exactly("lab-alt", 72), Exactly("lab-creat", 1.02m)],
            },
        ],
    };

    private static DemoStory Hives() => new(
        "hives",
        DemoPanel.Dermatology,
        "L50.9",
        "Urticaria",
        [
            new(
                "Itchy weals that come and go for a week",
                "Weals that move about and last hours, daily for a week, none in the mouth, no trouble breathing. No new medicine or food.",
                "Skin: weals on trunk and thighs, no bruising|Chest: clear",
                "Acute urticaria, cause not found.",
                "Daily tablet, not only on itch|Come at once with swelling of lips or hard breathing",
                "In 2 weeks")
            {
                Medicines = [Tablet("fexofenadine", "180 mg", "1-0-0", 14, "Before food"), Pack("calamine", "lotion", "When needed", 14, "1 bottle", "On itching places")],
                Tests = [Panel("lab-cbc", ("lab-hb", 13.3m), ("lab-wbc", 7.6m), ("lab-eosp", 5))],
            },
        ])
    {
        FromYears = 16,
        Review = "Hives review",
    };

    private static DemoStory Scabies() => new(
        "scabies",
        DemoPanel.Dermatology,
        "B86",
        "Scabies",
        [
            new(
                "Itching all over, worse at night, family too",
                "Itching for three weeks, worst in bed. Two children at home itch as well. Stayed in a hostel in October.",
                "Skin: burrows between fingers, papules at wrists and waist",
                "Scabies.",
                "Everybody in the house on the same night, from the neck down|Wash bedding hot, or keep it in a bag for 3 days|Itch may last two weeks",
                "In 2 weeks")
            {
                Medicines = [Pack("permethrin", "5% cream", "Once at night, again after 7 days", 8, "2 tubes of 60 g", "Neck to toes, wash off after 10 hours"), Tablet("cetirizine", "10 mg", "0-0-1", 10, "May make sleepy")],
            },
        ])
    {
        FromYears = 16,
        Review = "Itching review",
    };
}
