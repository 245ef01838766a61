using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Search;

/// <summary>Finds in a text what the question met, and cuts out what stands around it.</summary>
internal sealed class SearchMarks(IReadOnlyList<IReadOnlySet<string>[]> phrases)
{
    private const int Before = 60;
    private const int Longest = 200;

    /// <summary>The text, or the part of it around the first mark, with what was met.</summary>
    public SearchSnippet Cut(string? label, string text)
    {
        var marks = In(text);
        var from = marks.Count > 0 && marks[0].Start > Before ? WordBefore(text, marks[0].Start - Before) : 0;
        var to = text.Length - from > Longest ? WordBefore(text, from + Longest) : text.Length;
        var lead = from > 0 ? "… " : "";
        return new SearchSnippet(
            label,
            $"{lead}{text[from..to].Replace('\n', ' ')}{(to < text.Length ? " …" : "")}",
            [.. marks.Where(m => m.Start >= from && m.Start + m.Length <= to).Select(m => new NameMark(m.Start - from + lead.Length, m.Length))]);
    }

    public List<NameMark> In(string text)
    {
        var words = SearchText.WordsOf(text).ToList();
        var marks = new List<NameMark>();
        for (var at = 0; at < words.Count; at++)
        {
            var length = phrases.Where(phrase => Fits(phrase, words, at)).Select(phrase => phrase.Length).DefaultIfEmpty().Max();
            if (length > 0)
            {
                var last = words[at + length - 1];
                marks.Add(new NameMark(words[at].Start, last.Start + last.Length - words[at].Start));
                at += length - 1;
            }
        }

        return marks;
    }

    private static bool Fits(IReadOnlySet<string>[] phrase, List<TextWord> words, int at)
        => at + phrase.Length <= words.Count && !phrase.Where((place, n) => !place.Contains(words[at + n].Word)).Any();

    /// <summary>Never in the middle of a word, nor of a letter that is two units.</summary>
    private static int WordBefore(string text, int at)
    {
        var blank = text.LastIndexOfAny([' ', '\n'], at);
        return blank < 0 || at - blank > Before ? (char.IsLowSurrogate(text[at]) ? at - 1 : at) : blank + 1;
    }
}
