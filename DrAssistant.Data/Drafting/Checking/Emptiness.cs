using DrAssistant.Data.Drafting.Extractive;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>Silence, music and small talk are no visit: nothing is drafted from them, by no engine.</summary>
internal static class Emptiness
{
    public const string NothingLeft = "Nothing in the transcript could be taken into a note with certainty.";
    private const string NoSpeech = "There is no speech in the transcript.";
    private const string NoMedicine = "Nobody speaks of the patient's health in the transcript.";
    private const int FewestWords = 3;

    /// <summary>Words of medicine that people use about other things too: a great shot, ice cream, my boss is a pain.</summary>
    private static readonly HashSet<string> Ambiguous = new(
        """
        shot shots ice heat cream iron gas drops cast boot brace fall fell red balance dose doses scan level levels results test tests echo clear dry warm soft pulse weight height mass sling stress stressed mood sad crying bump bumps
        tired exhausted sick discharge drainage rest imaging panel lab culture vision pain clot strain tear stroke cancer clicking popping popped locking twisted rolled limp stiff vitamin vitamins shock supple midline rotation strength
        repair therapy oxygen temperature disc chronic acute failure confused thirsty thirst irritable concentrating urine appetite panic hurt hurts brain flu valve murmur rhythm appreciate intact disorder supplement supplements medications medicine illness syndrome obesity overweight
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    private static readonly string[] Habits = ["smoke", "smoking", "smoked", "smoker", "tobacco", "alcohol", "cigarettes", "family history", "surgery", "surgeries", "allergic"];

    /// <summary>Null when there is something to draft from.</summary>
    public static string? Of(Visit visit)
    {
        if (visit.Said.Sum(s => s.Words.Count) < FewestWords)
        {
            return NoSpeech;
        }

        var strong = visit.Said.SelectMany(s => s.Terms.Where(t => Speaks(t)).Select(t => t.Text)).ToHashSet(StringComparer.Ordinal);
        var weak = visit.Said.SelectMany(s => s.Terms.Where(t => t.Kind is "symptom" or "condition" or "body" && !Speaks(t)).Select(t => t.Text)).Distinct(StringComparer.Ordinal).Count();
        var habits = visit.Said.Any(s => s.SaysAny(Habits));
        return strong.Count > 0 || habits || weak > 3 ? null : NoMedicine;
    }

    private static bool Speaks(Term term)
        => term.Kind is "symptom" or "condition" or "drug" or "test" or "exam" or "vital" or "allergy" or "history" && term.Part != "General" && !Ambiguous.Contains(term.Text);
}
