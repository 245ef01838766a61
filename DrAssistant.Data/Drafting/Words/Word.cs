using System.Text.RegularExpressions;

namespace DrAssistant.Data.Drafting.Words;

/// <summary>A word of a transcript in small letters, and where it stands there. What stands for several words, such as a number, covers them all.</summary>
internal readonly partial record struct Word(string Text, int Start, int End)
{
    public bool IsMark => Text is "." or "," or "?" or "!" or ";" or "...";

    public bool IsNumber => Text.Length > 0 && char.IsAsciiDigit(Text[0]);

    public static List<Word> Read(string text, int from, int to)
    {
        var words = new List<Word>();
        for (var match = Pattern().Match(text, from, to - from); match.Success; match = match.NextMatch())
        {
            var word = match.Value.ToLowerInvariant().Replace('’', '\'');
            words.Add(new Word(word.StartsWith("..", StringComparison.Ordinal) ? "..." : word, match.Index, match.Index + match.Length));
        }

        return words;
    }

    [GeneratedRegex(@"\p{N}+(?:[.,/:]\p{N}+)*(?:-\p{L}+)*%?|[\p{L}\p{N}]+(?:['’/-][\p{L}\p{N}]+)*-?|['’](?:cause|em)\b|['’](?:s|m|re|ve|d|ll)\b|\.{2,}|[.,?!;]|%", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
