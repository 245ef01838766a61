using System.Collections.Frozen;
using System.Text;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Counts what an attacker must really guess of a password: a common word counts as four characters however long it is,
/// a name of the person or the practice as none, a row of keys, a repetition or a year as one.
/// </summary>
internal static class Guessability
{
    /// <summary>Fewer than this many characters left to guess is too few.</summary>
    public const int Enough = 10;

    private const int WorthOfWord = 4;
    private const int ShortestWord = 4;
    private const int ShortestRow = 3;
    private const int ShortestName = 3;
    private const string Rows = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm";

    private static readonly string RowsBackwards = new([.. Rows.Reverse()]);
    private static readonly FrozenSet<string> CommonWords = ReadWords();
    private static readonly int LongestWord = CommonWords.Max(w => w.Length);

    public static int LeftToGuess(string password, IEnumerable<string> context)
    {
        var names = context.Where(c => c.Length >= ShortestName).Select(Plain).ToFrozenSet();
        var text = password.ToLowerInvariant();
        var plain = Plain(text);
        var counted = new HashSet<string>();
        var left = 0;
        for (var at = 0; at < text.Length;)
        {
            var (length, worth) = Next(text, plain, at, names, counted);
            (at, left) = (at + length, left + worth);
        }

        return left;
    }

    private static (int Length, int Worth) Next(string text, string plain, int at, FrozenSet<string> names, HashSet<string> counted)
    {
        var row = RowAt(text, at);
        var (word, isName) = WordAt(plain, at, names);
        if (word is not null && word.Length >= row)
        {
            // "welcomewelcome" is no harder to guess than "welcome".
            return (word.Length, isName || !counted.Add(word) ? 0 : WorthOfWord);
        }

        return row > 0 ? (row, 1) : (1, 1);
    }

    private static (string? Word, bool IsName) WordAt(string plain, int at, FrozenSet<string> names)
    {
        for (var length = Math.Min(plain.Length - at, Math.Max(LongestWord, 40)); length >= ShortestName; length--)
        {
            var candidate = plain.Substring(at, length);
            if (names.Contains(candidate))
            {
                return (candidate, true);
            }

            if (length >= ShortestWord && CommonWords.Contains(candidate))
            {
                return (candidate, false);
            }
        }

        return (null, false);
    }

    /// <summary>How many characters from here are one repeated, keys in a row, or a year.</summary>
    private static int RowAt(string text, int at)
    {
        var repeated = 1;
        while (at + repeated < text.Length && text[at + repeated] == text[at])
        {
            repeated++;
        }

        var longest = repeated >= ShortestRow ? repeated : 0;
        for (var length = text.Length - at; length >= ShortestRow && length > longest; length--)
        {
            var piece = text.AsSpan(at, length);
            if (Rows.AsSpan().Contains(piece, StringComparison.Ordinal) || RowsBackwards.AsSpan().Contains(piece, StringComparison.Ordinal))
            {
                return length;
            }
        }

        return longest < 4 && IsYear(text.AsSpan(at)) ? 4 : longest;
    }

    private static bool IsYear(ReadOnlySpan<char> text)
        => text.Length >= 4 && (text.StartsWith("19") || text.StartsWith("20")) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]);

    /// <summary>Undoes the usual disguises: <c>P@ssw0rd</c> is <c>password</c>.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            plain.Append(c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c });
        }

        return plain.ToString();
    }

    private static FrozenSet<string> ReadWords()
    {
        const string Name = "ReferenceData/common-passwords.txt";
        var words = typeof(Guessability).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"{Name} is missing from this build.");
        using var reader = new StreamReader(words);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .ToFrozenSet(StringComparer.Ordinal);
    }
}
