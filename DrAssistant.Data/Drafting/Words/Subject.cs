namespace DrAssistant.Data.Drafting.Words;

/// <summary>How the note calls the patient: by the pronouns that the visit or the chart gives, otherwise as the patient.</summary>
internal sealed record Subject(string They, string Them, string Their, string Theirs, string Themself)
{
    public static Subject She { get; } = new("she", "her", "her", "hers", "herself");

    public static Subject He { get; } = new("he", "him", "his", "his", "himself");

    public static Subject Patient { get; } = new("the patient", "the patient", "their", "theirs", "themself");

    private static readonly string[] Female = ["female", "woman", "lady", "girl", "mrs", "ms", "miss", "ma'am", "mother-to-be"];
    private static readonly string[] Male = ["male", "man", "gentleman", "boy", "mr"];
    private static readonly string[] Hers = ["she", "her", "hers"];
    private static readonly string[] His = ["he", "him", "his"];

    /// <summary>Names of a sex count first; "she" and "he" may be somebody's mother or brother, and count only when the doctor says them before the talk begins.</summary>
    public static Subject Of(Transcript transcript, DraftChart chart)
    {
        if (chart.Sex is { } sex)
        {
            return sex.StartsWith("f", StringComparison.OrdinalIgnoreCase) ? She : sex.StartsWith("m", StringComparison.OrdinalIgnoreCase) ? He : Patient;
        }

        var (she, he) = (0, 0);
        var turns = 0;
        foreach (var turn in transcript.Turns.Where(t => t.Speaker is Speaker.Doctor or Speaker.Companion))
        {
            var early = turns++ < 4;
            for (var i = 0; i < turn.Words.Count; i++)
            {
                var (word, weight) = (turn.Words[i].Text.TrimEnd('.'), early ? 3 : 1);
                var aged = i > 0 && turn.Words[i - 1].Text.Contains("old", StringComparison.Ordinal) ? 20 : 0;
                she += Female.Contains(word) ? weight + 2 + aged : early && Hers.Contains(word) ? 1 : 0;
                he += Male.Contains(word) ? weight + 2 + aged : early && His.Contains(word) ? 1 : 0;
            }
        }

        return she == he ? Patient : she > he ? She : He;
    }
}
