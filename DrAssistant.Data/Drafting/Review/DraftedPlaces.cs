using DrAssistant.Data.Drafting.Extractive;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>In which field of the note a drafted sentence belongs, by the heading that its engine gave it and, in the plan, by what it says.</summary>
internal static class DraftedPlaces
{
    public const string VitalSigns = "objective.vitalSigns";

    private const string Complaint = "subjective.chiefComplaint";
    private const string History = "subjective.historyOfPresentIllness";
    private const string Findings = "objective.physicalExam.";
    private const string Systems = "subjective.reviewOfSystems.";
    private const string FollowUp = "plan.followUp";

    private static readonly Dictionary<string, string> OfHistory = new(StringComparer.OrdinalIgnoreCase)
    {
        [Headings.Complaint] = Complaint,
        [Headings.Past] = "subjective.pastMedicalHistory",
        [Headings.Surgical] = "subjective.pastMedicalHistory",
        [Headings.Family] = "subjective.familyHistory",
        [Headings.Social] = "subjective.socialHistory",
        [Headings.Medicines] = "subjective.medications",
        [Headings.Allergies] = "subjective.allergies",
    };

    private static readonly string[] Imaging = ["x-ray", "x-rays", "mri", "ct", "cat", "ultrasound", "scan", "echocardiogram", "echo", "mammogram", "radiograph", "doppler", "dexa"];
    private static readonly string[] Returning = ["follow up", "follow-up", "come back", "return visit", "see you again", "see you back", "see me", "next visit", "recheck in", "back in"];
    private static readonly string[] Referring = ["refer", "referral", "referred", "specialist", "consult", "consultation"];
    private static readonly string[] Advising = ["should", "avoid", "call", "return if", "make sure", "monitor", "exercise", "diet", "drink", "rest", "quit", "keep", "educated", "discussed", "advised"];

    /// <summary>The path of the field; null for a summary, which stands in none.</summary>
    public static string? Of(DraftedSentence sentence) => sentence.Section switch
    {
        DraftSection.Summary => null,
        DraftSection.Subjective => OfSubjective(sentence.Heading),
        DraftSection.Objective => OfObjective(sentence),
        DraftSection.Assessment => "assessment.clinicalImpression",
        _ => OfPlan(sentence.Text),
    };

    /// <summary>What a line holds once is not said twice in it: a second complaint is history, a second follow-up is treatment.</summary>
    public static string Otherwise(string field) => field switch
    {
        Complaint => History,
        FollowUp => "plan.treatments",
        _ => field,
    };

    private static string OfSubjective(string heading)
        => heading.StartsWith(Headings.Systems, StringComparison.OrdinalIgnoreCase) ? Systems + SystemOf(heading, "constitutional") : OfHistory.GetValueOrDefault(heading, History);

    private static string OfObjective(DraftedSentence sentence)
    {
        if (sentence.Heading.StartsWith(Headings.Vitals, StringComparison.OrdinalIgnoreCase))
        {
            return SpokenMeasures.Of(sentence.Text).Count > 0 ? VitalSigns : Findings + "general";
        }

        return sentence.Heading.StartsWith(Headings.Results, StringComparison.OrdinalIgnoreCase)
            ? Says(sentence.Text, Imaging) ? "objective.imagingResults" : "objective.labResults"
            : Findings + SystemOf(sentence.Heading, "general");
    }

    private static string OfPlan(string text)
    {
        if (Says(text, Referring))
        {
            return "plan.referrals";
        }

        if (Says(text, Returning))
        {
            return FollowUp;
        }

        var words = Word.Read(text, 0, text.Length);
        if (words.Any(w => Lexicon.Instance.IsMedicine(w.Text)) || Lexicon.Instance.Find(words).Any(t => t.Kind == "drug"))
        {
            return "plan.medications";
        }

        return Lexicon.Instance.Find(words).Any(t => t.Kind == "test") ? "plan.diagnostics" : Says(text, Advising) ? "plan.patientEducation" : "plan.treatments";
    }

    private static string SystemOf(string heading, string otherwise)
    {
        var at = heading.IndexOf('/', StringComparison.Ordinal);
        return at < 0 ? otherwise : heading[(at + 1)..].Trim().ToLowerInvariant() switch
        {
            "head" or "eyes" or "ent" or "neck" or "heent" or "ears, nose, mouth and throat" => "heent",
            "cardiovascular" or "heart" => "cardiovascular",
            "respiratory" or "lungs" => "respiratory",
            "gastrointestinal" or "abdomen" => "gastrointestinal",
            "genitourinary" => "genitourinary",
            "musculoskeletal" => "musculoskeletal",
            "neurological" => "neurological",
            "psychiatric" => "psychiatric",
            "endocrine" => "endocrine",
            "skin" => "skin",
            _ => otherwise,
        };
    }

    private static bool Says(string text, string[] phrases)
    {
        var plain = " " + string.Join(' ', Word.Read(text, 0, text.Length).Select(w => w.Text)) + " ";
        return phrases.Any(phrase => plain.Contains($" {phrase} ", StringComparison.Ordinal));
    }
}
