using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Search;

/// <summary>Takes text apart into the words that are indexed and asked for: the same way in both, or nothing is found.</summary>
internal static class SearchText
{
    /// <summary>A longer run of letters is no word that anybody asks for by all of it.</summary>
    public const int LongestWord = 40;

    private const char FirstBeyondGreek = '\u0370';

    /// <summary>Each run of letters, marks and digits, with its place in the text.</summary>
    public static IEnumerable<TextWord> WordsOf(string text)
    {
        var start = -1;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && IsOfAWord(text, at))
            {
                start = start < 0 ? at : start;
                continue;
            }

            if (start >= 0 && Fold(text[start..at]) is { Length: > 0 } word)
            {
                yield return new TextWord(word, start, at - start);
            }

            start = -1;
        }
    }

    /// <summary>Whether it may stand in the list of words, by which what is begun or misspelt is understood: a number may be somebody's.</summary>
    public static bool IsPlainWord(string word) => word.Length > 1 && !word.Any(char.IsDigit);

    /// <summary>"rice-water" is two words, and so is "7.4": asked for the same way, they are asked for side by side.</summary>
    private static bool IsOfAWord(string text, int at) => char.IsLetterOrDigit(text, at) || CharUnicodeInfo.GetUnicodeCategory(text, at) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Surrogate;

    /// <summary>Small letters; without accents where they are Latin, and with every vowel sign where they are not.</summary>
    private static string Fold(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower.All(char.IsAscii))
        {
            return Cut(lower);
        }

        if (lower.Any(c => c >= FirstBeyondGreek))
        {
            return Cut(lower.Normalize(NormalizationForm.FormC));
        }

        var plain = lower.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark);
        return Cut(string.Concat(plain));
    }

    private static string Cut(string word)
    {
        if (word.Length <= LongestWord)
        {
            return word;
        }

        return char.IsHighSurrogate(word[LongestWord - 1]) ? word[..(LongestWord - 1)] : word[..LongestWord];
    }
}

/// <summary>A word as it is indexed, and where it stands.</summary>
internal readonly record struct TextWord(string Word, int Start, int Length);
