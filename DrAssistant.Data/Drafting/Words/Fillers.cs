namespace DrAssistant.Data.Drafting.Words;

/// <summary>Takes out what speech carries and a note does not: fillers, stutters, words said twice.</summary>
internal static class Fillers
{
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "uh", "um", "er", "ah", "oh", "hmm", "hm", "mm", "gosh", "wow", "huh", "really", "actually", "basically", "just", "literally", "obviously", "honestly", "alrighty", "eh", "ugh", "please", "kindly", "pretty", "..."
    };

    private static readonly string[][] Phrases =
    [
        ["you", "know"], ["i", "mean"], ["kind", "of"], ["sort", "of"], ["i", "guess"], ["or", "so", "like"], ["go", "ahead", "and"], ["or", "anything", "like", "that"], ["or", "something", "like", "that"], ["anything", "like", "that"],
        ["and", "things", "like", "that"], ["and", "stuff", "like", "that"], ["stuff", "like", "that"], ["things", "like", "that"], ["and", "all", "that"], ["at", "all"], ["or", "anything"], ["as", "well"], ["of", "course"], ["for", "sure"], ["let", "us", "see"], ["let", "us", "we"],
    ];

    private static readonly HashSet<string> Digits = new(StringComparer.Ordinal) { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" };

    private static readonly HashSet<string> Leading = new(StringComparer.Ordinal)
    {
        "okay", "so", "well", "and", "but", "now", "yes", "right", "then", "like", "great", "good", "perfect", "excellent", "anyway", "sure", "because", "or", ",", ".", "doctor", "also", "wonderful", "alrighty",
    };

    private static readonly HashSet<string> Trailing = new(StringComparer.Ordinal) { "okay", "right", "so", "and", "but", "then", ",", "yes", "or", "because", "like", "though", "too", "there", "now" };

    public static List<Word> Remove(List<Word> words)
    {
        var kept = Unstuttered(words);
        kept = WithoutPhrases(kept);
        for (var length = 4; length >= 1; length--)
        {
            kept = SaidOnce(kept, length);
        }

        return kept;
    }

    /// <summary>The words without what only leads over from the last sentence or asks for assent.</summary>
    public static List<Word> Trimmed(List<Word> words)
    {
        var (from, to) = (0, words.Count);
        while (from < to && (words[from].IsMark || (Leading.Contains(words[from].Text) && !IsCause(words, from)) || IsLooseThat(words, from)))
        {
            from++;
        }

        while (to > from && (words[to - 1].IsMark || Trailing.Contains(words[to - 1].Text)))
        {
            to--;
        }

        return words.GetRange(from, to - from);
    }

    /// <summary>"That there is some bruising": what it belonged to was cut off before.</summary>
    private static bool IsLooseThat(List<Word> words, int at)
        => words[at].Text == "that" && at + 1 < words.Count && words[at + 1].Text is "there" or "the" or "your" or "you" or "i" or "we" or "they" or "it" or "my" or "he" or "she" or "now";

    private static bool IsCause(List<Word> words, int at) => words[at].Text is "good" or "right" or "great" && at + 1 < words.Count && !words[at + 1].IsMark && words[at + 1].Text is not ("so" or "and" or "okay" or "well");

    private static List<Word> Unstuttered(List<Word> words)
    {
        var kept = new List<Word>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if ((Empty.Contains(word.Text) && !IsZero(words, i)) || (word.Text == "," && (kept.Count == 0 || kept[^1].IsMark)))
            {
                continue;
            }

            if (word.Text.EndsWith('-'))
            {
                if (word.Text.Length > 4)
                {
                    kept.Add(word with { Text = word.Text.TrimEnd('-') });
                }

                continue;
            }

            var dash = word.Text.IndexOf('-', StringComparison.Ordinal);
            kept.Add(dash > 0 && dash < 6 && word.Text[(dash + 1)..].StartsWith(word.Text[..dash], StringComparison.Ordinal) ? word with { Text = word.Text[(dash + 1)..] } : word);
        }

        return kept;
    }

    private static List<Word> WithoutPhrases(List<Word> words)
    {
        var kept = new List<Word>(words.Count);
        var i = 0;
        while (i < words.Count)
        {
            if (IsEmptyLike(words, i) || (words[i].Text == "i" && i + 1 < words.Count && words[i + 1].Text == "you") || (words[i].Text == "," && (kept.Count == 0 || kept[^1].IsMark)))
            {
                i++;
                continue;
            }

            var phrase = Phrases.FirstOrDefault(p => Stands(words, i, p));
            if (phrase is null || IsMeant(words, i, phrase))
            {
                kept.Add(words[i]);
                i++;
                continue;
            }

            i += phrase.Length;
        }

        return kept;
    }

    /// <summary>One oh four.</summary>
    private static bool IsZero(List<Word> words, int i)
        => words[i].Text == "oh" && i > 0 && i + 1 < words.Count && Digits.Contains(words[i - 1].Text) && Digits.Contains(words[i + 1].Text);

    /// <summary>"For, like, three days": set off by commas, or before a number.</summary>
    private static bool IsEmptyLike(List<Word> words, int i)
        => words[i].Text == "like" && ((i > 0 && words[i - 1].Text == ",") || (i + 1 < words.Count && words[i + 1].Text == ",") || (i > 0 && words[i - 1].Text is "for" or "is" or "was" or "about"));

    /// <summary>What kind of pain, and did you know that, are no fillers.</summary>
    private static bool IsMeant(List<Word> words, int at, string[] phrase)
    {
        var before = at > 0 ? words[at - 1].Text : "";
        return (phrase[0] is "kind" or "sort" && before is "what" or "any" or "some" or "this" or "that" or "same" or "a" or "the")
            || (phrase is ["you", "know"] && before is "do" or "did" or "as" or "let" or "if");
    }

    private static bool Stands(List<Word> words, int at, string[] phrase)
    {
        if (at + phrase.Length > words.Count)
        {
            return false;
        }

        for (var i = 0; i < phrase.Length; i++)
        {
            if (words[at + i].Text != phrase[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"the the", "i do i do": said twice with nothing but a comma between is said once.</summary>
    private static List<Word> SaidOnce(List<Word> words, int length)
    {
        var kept = new List<Word>(words.Count);
        var i = 0;
        while (i < words.Count)
        {
            var comma = i + length < words.Count && words[i + length].Text == "," ? 1 : 0;
            if (i + (2 * length) + comma <= words.Count && Same(words, i, i + length + comma, length) && !words[i].IsNumber && !(length == 1 && words[i].Text is "had" or "."))
            {
                i += length + comma;
                continue;
            }

            kept.Add(words[i]);
            i++;
        }

        return kept;
    }

    private static bool Same(List<Word> words, int one, int other, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (words[one + i].Text != words[other + i].Text || words[one + i].IsMark)
            {
                return false;
            }
        }

        return true;
    }
}
