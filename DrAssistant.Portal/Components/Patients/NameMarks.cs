using System.Globalization;
using System.Text;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>
/// Which letters of a name answer to what was typed, so that a hit shows why it is one. It only marks: who is found, the search decides.
/// Common spellings of one sound count as the same: Laxmi and Lakshmi, Choudhary and Chaudhuri.
/// </summary>
internal static class NameMarks
{
    /// <summary>Longer ones first: "ksh" is x before "sh" is s.</summary>
    private static readonly (string Letters, string Sound)[] Sounds =
    [
        ("ksh", "x"), ("ks", "x"), ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ph", "f"), ("jh", "j"),
        ("ou", "o"), ("ow", "o"), ("au", "o"), ("aw", "o"), ("ee", "i"), ("oo", "u"), ("aa", "a"), ("y", "i"), ("w", "v"), ("z", "j"), ("q", "k"),
    ];

    /// <summary>The name in pieces, each marked or not.</summary>
    public static IReadOnlyList<(string Text, bool Marked)> Of(string name, string typed)
    {
        var marked = new bool[name.Length];
        foreach (var word in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Mark(name, word, marked);
        }

        var pieces = new List<(string, bool)>();
        for (var at = 0; at < name.Length;)
        {
            var end = at + 1;

            // A blank between two marked words is marked too: one mark reads better than two.
            while (end < name.Length && (marked[end] == marked[at] || (name[end] == ' ' && end + 1 < name.Length && marked[end - 1] && marked[end + 1])))
            {
                end++;
            }

            pieces.Add((name[at..end], marked[at]));
            at = end;
        }

        return pieces;
    }

    /// <summary>Two names that one person may have been registered under.</summary>
    public static bool SoundAlike(string one, string other)
    {
        // Word by word: a first sound is never misheard, and one letter in a short name makes another name.
        var (first, second) = (Heard(one), Heard(other));
        return first.Count == second.Count && first.Zip(second).All(pair => pair.First == pair.Second
            || (pair.First[0] == pair.Second[0] && Math.Min(pair.First.Length, pair.Second.Length) >= 4 && Distance(pair.First, pair.Second) <= 1));
    }

    private static List<string> Heard(string name)
        => [.. name.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Select(w => SoundsOf(w).Sound).Where(s => s.Length > 0).Order(StringComparer.Ordinal)];

    private static void Mark(string name, string typed, bool[] marked)
    {
        var sought = SoundsOf(typed).Sound;
        for (var start = 0; start < name.Length; start++)
        {
            if (!char.IsLetterOrDigit(name[start]) || (start > 0 && char.IsLetterOrDigit(name[start - 1])))
            {
                continue;
            }

            var end = start;
            while (end < name.Length && name[end] is not (' ' or ','))
            {
                end++;
            }

            if (Answers(name[start..end], typed, sought) is { } letters)
            {
                Array.Fill(marked, true, start, letters);
            }
        }
    }

    /// <summary>How many letters of the word answer to what was typed; null where it does not.</summary>
    private static int? Answers(string word, string typed, string sought)
    {
        if (word.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase))
        {
            return Math.Min(typed.Length, word.Length);
        }

        var (sound, ends) = SoundsOf(word);
        if (sought.Length < 2 || sound.Length == 0 || sound[0] != sought[0])
        {
            return null;
        }

        var best = Math.Min(sought.Length, sound.Length);
        var allowed = sought.Length >= 4 ? 1 : 0;
        return Distance(sound[..best], sought) <= allowed ? ends[best - 1] : null;
    }

    /// <summary>The word as it is heard, and for each sound after which letter it ends.</summary>
    private static (string Sound, List<int> Ends) SoundsOf(string word)
    {
        var plain = Plain(word);
        var sound = new StringBuilder();
        var ends = new List<int>();
        for (var at = 0; at < plain.Length;)
        {
            var rule = Array.Find(Sounds, s => plain.AsSpan(at).StartsWith(s.Letters, StringComparison.Ordinal) && !IsConsonant(plain, at, s.Letters));
            var (letters, heard) = rule.Letters is null ? (1, plain[at].ToString()) : (rule.Letters.Length, rule.Sound);
            at += letters;

            // A letter that is doubled is heard once.
            if (sound.Length > 0 && sound[^1] == heard[0])
            {
                ends[^1] = at;
                continue;
            }

            sound.Append(heard);
            ends.Add(at);
        }

        return (sound.ToString(), ends);
    }

    // The w of Pawar is heard by itself, that of Chowdhury is not.
    private static bool IsConsonant(string plain, int at, string letters)
        => letters is "aw" or "ow" && at + 2 < plain.Length && "aeiou".Contains(plain[at + 2], StringComparison.Ordinal);

    // Letter for letter, so that the positions stay those of the name as it is written.
    private static string Plain(string word)
        => string.Create(word.Length, word, static (into, from) =>
        {
            for (var at = 0; at < from.Length; at++)
            {
                var bare = from[at].ToString().Normalize(NormalizationForm.FormD)[0];
                into[at] = char.ToLower(bare, CultureInfo.InvariantCulture);
            }
        });

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = one[i - 1] == other[j - 1] ? diagonal : 1 + Math.Min(diagonal, Math.Min(above, row[j - 1]));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
