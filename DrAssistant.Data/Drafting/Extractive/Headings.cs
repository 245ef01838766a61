using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Under which heading a sentence stands.</summary>
internal static class Headings
{
    public const string Complaint = "Chief complaint";
    public const string Illness = "History of present illness";
    public const string Past = "Medical history";
    public const string Surgical = "Surgical history";
    public const string Family = "Family history";
    public const string Social = "Social history";
    public const string Medicines = "Medications";
    public const string Allergies = "Allergies";
    public const string Systems = "Review of systems";
    public const string Vitals = "Vitals";
    public const string Exam = "Physical exam";
    public const string Results = "Results";

    public static readonly string[] Order = [Complaint, Illness, Past, Surgical, Family, Social, Medicines, Allergies, Systems, Vitals, Exam, Results];

    private static readonly string[] Habits = ["smoke", "smoking", "smoker", "smoked", "cigarettes", "tobacco", "alcohol", "beer", "beers", "wine", "drugs", "marijuana", "vape", "married", "retired", "job", "occupation", "work as"];
    private static readonly string[] Relatives = ["mother", "father", "mom", "dad", "brother", "sister", "family history", "grandmother", "grandfather", "runs in", "siblings", "aunt", "uncle"];

    public static string OfStory(Utterance one, Answer answer)
    {
        if (one.SaysAny("allergic to", "drug allergies", "any allergies", "medication allergies", "allergy to"))
        {
            return Allergies;
        }

        if (one.SaysAny(Relatives) && (one.Has("condition") || one.Says("family history")) && answer != Answer.Neither)
        {
            return Family;
        }

        if (one.SaysAny(Habits) && !one.Terms.Any(t => t.Kind == "symptom" && t.Part != "General"))
        {
            return Social;
        }

        return one.SaysAny("take", "taking", "takes") && one.Words.Any(w => Lexicon.Instance.IsMedicine(w.Text)) ? Medicines : Illness;
    }
}
