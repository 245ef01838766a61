using System.Text;

namespace DrAssistant.Data.Common;

/// <summary>A name as it is looked for: word by word, as one whole, and as one hears it.</summary>
internal class SpokenName
{
    private static readonly char[] Between = [' ', '-', '+', ',', '(', ')', '/', '.', '\''];

    protected SpokenName(string text)
    {
        Words = WordsOf(text);
        Whole = string.Concat(Words);
        Folded = Fold(Whole);
        FoldedWords = [.. Words.Select(Fold)];
    }

    public string[] Words { get; }

    /// <summary>All letters and digits, small, without what stands between them.</summary>
    public string Whole { get; }

    /// <summary>The same as one hears it: <c>amoxycillin</c> and <c>amoxicillin</c> are one.</summary>
    public string Folded { get; }

    public string[] FoldedWords { get; }

    public static string Key(string? text) => string.Concat(WordsOf(text ?? ""));

    public static string[] WordsOf(string text)
        => [.. text.ToLowerInvariant().Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>Spellings that sound alike become one: British and American, Indian and international.</summary>
    public static string Fold(string word)
    {
        var text = word
            .Replace("ph", "f", StringComparison.Ordinal).Replace("ae", "e", StringComparison.Ordinal).Replace("oe", "e", StringComparison.Ordinal)
            .Replace("th", "t", StringComparison.Ordinal).Replace("ch", "k", StringComparison.Ordinal).Replace("ck", "k", StringComparison.Ordinal)
            .Replace("qu", "k", StringComparison.Ordinal).Replace("x", "ks", StringComparison.Ordinal);
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var heard = letter switch { 'y' => 'i', 'z' => 's', 'c' => 'k', 'w' => 'v', 'h' => '\0', _ => letter };
            if (heard != '\0' && (folded.Length == 0 || folded[^1] != heard || char.IsAsciiDigit(heard)))
            {
                folded.Append(heard);
            }
        }

        return folded.ToString();
    }
}
