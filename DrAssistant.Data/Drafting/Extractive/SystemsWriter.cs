using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>The review of systems: which symptoms the patient has and has not, each from where it was said.</summary>
internal sealed class SystemsWriter(Visit visit)
{
    private static readonly HashSet<string> Denying = new(StringComparer.Ordinal) { "no", "not", "never", "without", "denies", "none", "nor", "neither" };

    /// <summary>What everybody has: only what is wrong with it would be a symptom.</summary>
    private static readonly HashSet<string> NoComplaint = new(StringComparer.Ordinal)
    {
        "urination", "urine", "urinary", "bowel movements", "bowel movement", "breathing", "vision", "balance", "appetite", "mood", "blood sugar", "blood sugars", "sugars", "discharge", "peeing", "gas", "concentrating", "weakness in", "infection", "limp", "bump", "red", "lesion", "lesions",
    };

    private sealed record Mention(string System, string Symptom, bool Has, Utterance[] From);

    public IEnumerable<Piece> Write()
    {
        var mentions = new Dictionary<string, Mention>(StringComparer.Ordinal);
        for (var i = 0; i < visit.Said.Count; i++)
        {
            foreach (var mention in In(i))
            {
                mentions.TryAdd(mention.Symptom, mention);
            }
        }

        foreach (var system in mentions.Values.GroupBy(m => m.System, StringComparer.Ordinal))
        {
            var has = system.Where(m => m.Has).ToList();
            var hasNot = system.Where(m => !m.Has).ToList();
            foreach (var (verb, list) in new[] { ("Reports", has), ("Denies", hasNot) })
            {
                if (list.Count > 0)
                {
                    var text = $"{verb} {Listed(Longest(list), verb == "Reports" ? "and" : "or")}.";
                    yield return Piece.Of(DraftSection.Subjective, $"{Headings.Systems}/{system.Key}", text, 2.2 + list.Count, [.. list.SelectMany(m => m.From)]);
                }
            }
        }
    }

    /// <summary>"Chest pain" and "pain" of the same talk are one symptom.</summary>
    private static List<string> Longest(List<Mention> mentions)
        => [.. mentions.Select(m => m.Symptom).Where(s => !mentions.Any(o => o.Symptom != s && (" " + o.Symptom + " ").Contains(" " + s + " ", StringComparison.Ordinal)))];

    private static string Listed(List<string> items, string joint) => items.Count switch
    {
        1 => items[0],
        2 => $"{items[0]} {joint} {items[1]}",
        _ => $"{string.Join(", ", items[..^1])}, {joint} {items[^1]}",
    };

    private IEnumerable<Mention> In(int i)
    {
        var one = visit.Said[i];
        var symptoms = one.Terms.Where(t => t.Kind == "symptom" && t.Part is not "General" && !NoComplaint.Contains(t.Text)).ToList();
        if (symptoms.Count == 0 || one.Phase == VisitPhase.Decisions)
        {
            yield break;
        }

        if (one.Speaker == Speaker.Doctor)
        {
            var answered = one.IsQuestion || one.At(0) is "no" or "any" ? visit.AnswerTo(i) : null;
            var answer = answered is null ? Answer.Neither : Answers.Of(visit.Transcript.Turns[answered.Turn]);
            foreach (var symptom in answer == Answer.Neither || (answer == Answer.Yes && symptoms.Count > 1) || one.Words.Count > 32 ? [] : symptoms)
            {
                yield return new Mention(symptom.Part, Named(symptom), answer == Answer.Yes, [one, answered!]);
            }
        }
        else if (!one.IsQuestion && one.Speaker == Speaker.Patient && !one.SaysAny("if", "my mom", "my dad", "my mother", "my father", "my sister", "my brother", "used to", "last time", "when i was"))
        {
            foreach (var symptom in symptoms)
            {
                yield return new Mention(symptom.Part, Named(symptom), !Denied(one, symptom.At), [one]);
            }
        }
    }

    /// <summary>A no before a symptom holds up to it as far as nothing turns round in between.</summary>
    private static bool Denied(Utterance one, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            if (one.At(i) is "but" or "just" or "except" or "though" or "," && i < at - 6)
            {
                return false;
            }

            if (Denying.Contains(one.At(i)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Named(Term symptom)
        => Synonyms.Of(symptom.Text).Replace("yourself", "self", StringComparison.Ordinal).Replace("myself", "self", StringComparison.Ordinal).Replace("your ", "", StringComparison.Ordinal);
}
