namespace DrAssistant.Data.Drafting.Words;

/// <summary>Spells out what speech runs together: don't, gonna, it's. A draft is written, not spoken.</summary>
internal static class Contractions
{
    private static readonly Dictionary<string, string> Whole = new(StringComparer.Ordinal)
    {
        ["can't"] = "can not", ["cannot"] = "can not", ["won't"] = "will not", ["shan't"] = "shall not", ["ain't"] = "is not", ["let's"] = "let us", ["'cause"] = "because", ["cause"] = "because",
        ["cuz"] = "because", ["gonna"] = "going to", ["wanna"] = "want to", ["gotta"] = "got to", ["y'all"] = "you", ["'em"] = "them", ["alright"] = "okay", ["ok"] = "okay",
        ["nope"] = "no", ["nah"] = "no", ["yep"] = "yes", ["yup"] = "yes", ["yeah"] = "yes", ["mm-hmm"] = "yes", ["uh-huh"] = "yes", ["kinda"] = "kind of", ["sorta"] = "sort of", ["til"] = "until", ["wo"] = "will", ["ca"] = "can",
        ["milligram"] = "mg", ["milligrams"] = "mg", ["microgram"] = "mcg", ["micrograms"] = "mcg", ["milliliter"] = "ml", ["milliliters"] = "ml", ["millilitres"] = "ml", ["centimeter"] = "cm", ["centimeters"] = "cm",
        ["centimetres"] = "cm", ["millimeter"] = "mm", ["millimeters"] = "mm", ["percent"] = "%", ["everyday"] = "every day", ["xray"] = "x-ray", ["xrays"] = "x-rays",
    };

    private static readonly Dictionary<string, string> Endings = new(StringComparer.Ordinal)
    {
        ["'m"] = "am", ["'re"] = "are", ["'ve"] = "have", ["'ll"] = "will",
    };

    private static readonly HashSet<string> TakesIs = new(StringComparer.Ordinal)
    {
        "it", "that", "there", "he", "she", "what", "who", "where", "how", "here", "everything", "nothing", "something", "this", "when", "why", "one", "everyone", "nobody",
    };

    public static List<Word> Spell(List<Word> words)
    {
        var spelled = new List<Word>(words.Count + 16);
        for (var i = 0; i < words.Count; i++)
        {
            var next = i + 1 < words.Count ? words[i + 1].Text : "";
            if (Joined(words[i].Text, next) is { } joined)
            {
                Add(spelled, joined, words[i].Start, words[i + 1].End);
                i++;
                continue;
            }

            Add(spelled, One(words[i].Text, next), words[i].Start, words[i].End);
        }

        return spelled;
    }

    /// <summary>What a tokeniser has cut in two: gon na, do n't, all right.</summary>
    private static string? Joined(string word, string next) => (word, next) switch
    {
        ("gon", "na") => "going to",
        ("wan", "na") => "want to",
        ("got", "ta") => "got to",
        ("ca", "n't") => "can not",
        ("wo", "n't") => "will not",
        ("ai", "n't") => "is not",
        ("all", "right") => "okay",
        ("x", "ray") => "x-ray",
        ("x", "rays") => "x-rays",
        ("pardon" or "excuse", "me") => "uh",
        _ => null,
    };

    private static string One(string word, string next)
    {
        if (Whole.TryGetValue(word, out var whole))
        {
            return whole;
        }

        if (word is "n't" || (word.EndsWith("n't", StringComparison.Ordinal) && word.Length > 3))
        {
            return word.Length > 3 ? word[..^3] + " not" : "not";
        }

        var mark = word.IndexOf('\'', StringComparison.Ordinal);
        if (mark < 0)
        {
            return word;
        }

        var (stem, ending) = (word[..mark], word[mark..]);
        if (Endings.TryGetValue(ending, out var verb))
        {
            return $"{stem} {verb}".Trim();
        }

        return ending switch
        {
            "'d" => $"{stem} {(Verbs.IsParticiple(next) || next is "better" ? "had" : "would")}".Trim(),
            "'s" when TakesIs.Contains(stem) => $"{stem} {(next is "been" or "gotten" or "got" ? "has" : "is")}",
            _ => word,
        };
    }

    private static void Add(List<Word> words, string text, int start, int end)
    {
        foreach (var part in text.Split(' '))
        {
            words.Add(new Word(part, start, end));
        }
    }
}
