namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>How much of a note an utterance is, by what it speaks of. The weights were fitted once on the training visits, by kind of word and not by word.</summary>
internal static class Salience
{
    private static readonly Dictionary<string, double> Weights = new(StringComparer.Ordinal)
    {
        ["symptom"] = 1.0, ["condition"] = 1.0, ["drug"] = 1.2, ["test"] = 0.9, ["exam"] = 0.7, ["vital"] = 0.9, ["treatment"] = 0.7, ["social"] = 0.4, ["family"] = 0.3, ["body"] = 0.5, ["allergy"] = 0.6, ["history"] = 0.5, ["time"] = 0.3, ["region"] = 0, ["unimportant"] = -1.5,
    };

    public static double Of(Utterance one)
    {
        var score = one.Terms.GroupBy(t => (t.Kind, t.Text)).Sum(g => Weights.GetValueOrDefault(g.Key.Kind));
        score += 0.4 * one.Words.Count(w => w.IsNumber);
        return score;
    }
}
