namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// Which parts of a name a question met: what was typed, where a word begins with it; the whole word, where it sounds like it or is
/// written in another script.
/// </summary>
internal sealed class NameMarks(string question)
{
    private readonly IReadOnlyList<NameToken> _asked = NameSearch.WordsOf(question);

    public IReadOnlyList<NameMark> In(string shown)
    {
        if (_asked.Count == 0)
        {
            return [];
        }

        var keys = NameTokens.KeysOf(question);
        var marks = new List<NameMark>();
        for (var at = 0; at < shown.Length; at++)
        {
            var start = at;
            while (at < shown.Length && !char.IsWhiteSpace(shown[at]) && shown[at] is not (',' or '.' or '-'))
            {
                at++;
            }

            if (at > start && Met(shown[start..at], keys) is > 0 and var length)
            {
                marks.Add(new NameMark(start, length));
            }
        }

        return marks;
    }

    /// <summary>How many letters of a word were met, from its beginning.</summary>
    private int Met(string word, IReadOnlySet<string> keys)
    {
        if (NameTokens.Of(word) is not [var token, ..])
        {
            return 0;
        }

        var typed = _asked.Where(asked => token.Text.StartsWith(asked.Text, StringComparison.Ordinal)).Select(asked => asked.Text.Length).DefaultIfEmpty().Max();
        if (typed > 0)
        {
            // A letter with an accent, or of another script, is not one letter of the folded word.
            return token.Text.Length == word.Length ? typed : word.Length;
        }

        var heard = token.Keys.Any(keys.Contains) || token.Latin.Any(latin => _asked.Any(asked => asked.Latin.Any(a => latin.StartsWith(a, StringComparison.Ordinal))));
        return heard ? word.Length : 0;
    }
}
