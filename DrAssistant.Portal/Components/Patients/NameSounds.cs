using System.Globalization;
using System.Text;
using DrAssistant.Data.Patients;

namespace DrAssistant.Portal.Components.Patients;

/// <summary>
/// Whether two names in one short list may be the same person's, so that the desk looks twice. It only warns: who is found, the search
/// decides. Common spellings of one sound count as the same: Laxmi and Lakshmi, Choudhary and Chaudhuri.
/// </summary>
internal static class NameSounds
{
    /// <summary>Longer ones first: "ksh" is x before "sh" is s.</summary>
    private static readonly (string Letters, string Sound)[] Sounds =
    [
        ("ksh", "x"), ("ks", "x"), ("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ph", "f"), ("jh", "j"),
        ("ou", "o"), ("ow", "o"), ("au", "o"), ("aw", "o"), ("ee", "i"), ("oo", "u"), ("aa", "a"), ("y", "i"), ("w", "v"), ("z", "j"), ("q", "k"),
    ];

    /// <summary>Two hits that are worth a second look: born on the same day, and with one phone or names of one sound.</summary>
    public static bool MayBeOne(PatientHit one, PatientHit other)
        => one.Id != other.Id && one.DateOfBirth == other.DateOfBirth
            && ((one.PhoneMasked is { } phone && phone == other.PhoneMasked) || SoundAlike(one.Name.Spoken, other.Name.Spoken));

    /// <summary>Two names that one person may have been registered under.</summary>
    public static bool SoundAlike(string one, string other)
    {
        // Word by word: a first sound is never misheard, and one letter in a short name makes another name.
        var (first, second) = (Heard(one), Heard(other));
        return first.Count == second.Count && first.Zip(second).All(pair => pair.First == pair.Second
            || (pair.First[0] == pair.Second[0] && Math.Min(pair.First.Length, pair.Second.Length) >= 4 && Distance(pair.First, pair.Second) <= 1));
    }

    private static List<string> Heard(string name)
        => [.. name.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Select(w => SoundOf(w)).Where(s => s.Length > 0).Order(StringComparer.Ordinal)];

    private static string SoundOf(string word)
    {
        var plain = word.ToLower(CultureInfo.InvariantCulture).Normalize(NormalizationForm.FormC);
        var sound = new StringBuilder();
        for (var at = 0; at < plain.Length;)
        {
            var rule = Array.Find(Sounds, s => plain.AsSpan(at).StartsWith(s.Letters, StringComparison.Ordinal) && !IsConsonant(plain, at, s.Letters));
            var (letters, heard) = rule.Letters is null ? (1, plain[at].ToString()) : (rule.Letters.Length, rule.Sound);
            at += letters;

            // A letter that is doubled is heard once.
            if (sound.Length == 0 || sound[^1] != heard[0])
            {
                sound.Append(heard);
            }
        }

        return sound.ToString();
    }

    // The w of Pawar is heard by itself, that of Chowdhury is not.
    private static bool IsConsonant(string plain, int at, string letters)
        => letters is "aw" or "ow" && at + 2 < plain.Length && "aeiou".Contains(plain[at + 2], StringComparison.Ordinal);

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
