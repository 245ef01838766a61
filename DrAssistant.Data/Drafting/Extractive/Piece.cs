using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>A sentence on its way into the draft.</summary>
/// <param name="Salience">How much of a note it is: what is worth least goes first when a draft gets long.</param>
/// <param name="Order">Where in the visit it was said.</param>
internal sealed record Piece(DraftSection Section, string Heading, string Text, IReadOnlyList<TranscriptSpan> Spans, double Salience, int Order)
{
    public int Words { get; } = Text.Count(c => c == ' ') + 1;

    public static Piece Of(DraftSection section, string heading, string text, double salience, params ReadOnlySpan<Utterance> from)
    {
        var spans = new List<TranscriptSpan>();
        foreach (var one in from)
        {
            if (!spans.Contains(one.Span))
            {
                spans.Add(one.Span);
            }
        }

        return new Piece(section, heading, text, [.. spans.OrderBy(s => s.Start)], salience, from[0].Start);
    }

    public override string ToString() => $"{Section} {Heading}: {Words} words";
}

/// <summary>Makes a written sentence of words: capitals, spaces, abbreviations.</summary>
internal static class Writing
{
    private static readonly HashSet<string> Capitals = new(StringComparer.Ordinal)
    {
        "mri", "ct", "ekg", "ecg", "emg", "copd", "chf", "gerd", "uti", "cbc", "tsh", "psa", "inr", "bmi", "dvt", "jvd", "hiv", "ibs", "adhd", "ptsd", "acl", "mcl", "cva", "er", "ed", "icu", "esr", "crp", "bnp", "pft", "pfts", "cabg", "dcis", "pr", "bun", "ldl", "hdl", "nsaid", "nsaids", "ivf", "iv", "egd",
        "ef", "bph", "pcp", "hctz", "pcos", "tb", "ors", "i",
    };

    private static readonly Dictionary<string, string> Spelled = new(StringComparer.Ordinal)
    {
        ["a1c"] = "A1c", ["covid"] = "COVID", ["covid-19"] = "COVID-19", ["tylenol"] = "Tylenol", ["advil"] = "Advil", ["motrin"] = "Motrin", ["lasix"] = "Lasix", ["monday"] = "Monday", ["tuesday"] = "Tuesday", ["wednesday"] = "Wednesday", ["thursday"] = "Thursday", ["friday"] = "Friday",
        ["saturday"] = "Saturday", ["sunday"] = "Sunday", ["january"] = "January", ["february"] = "February", ["april"] = "April", ["june"] = "June", ["july"] = "July", ["august"] = "August", ["september"] = "September", ["october"] = "October", ["november"] = "November", ["december"] = "December",
    };

    public static string Sentence(IEnumerable<Word> words) => Sentence(string.Join(' ', words.Select(w => w.Text)));

    public static string Sentence(string text)
    {
        var plain = Plain(text).TrimEnd('.', ',', ' ', ';');
        return plain.Length == 0 ? "" : char.ToUpperInvariant(plain[0]) + plain[1..] + ".";
    }

    public static string Plain(string text)
    {
        var written = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "," or "." or ";" or "?" or "!" or "..." or "%")
            {
                if (written.Count > 0 && !written[^1].EndsWith(','))
                {
                    written[^1] += word == "%" ? "%" : word == "..." ? "," : word;
                }
            }
            else
            {
                written.Add(Spelled.GetValueOrDefault(word) ?? (Capitals.Contains(word) ? word.ToUpperInvariant() : word));
            }
        }

        return string.Join(' ', written).Replace("can not", "cannot", StringComparison.Ordinal);
    }

    public static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];
}
