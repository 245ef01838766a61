namespace DrAssistant.Data.Patients;

/// <summary>
/// The index terms under which a patient is found: what each word of the name begins like, and what it sounds like.
/// Written whenever a name is; the search asks for the same terms.
/// </summary>
internal static class PatientNameIndex
{
    /// <summary>Before a phonetic key. No word of a name begins with it, nor with <see cref="Beginning"/>.</summary>
    public const string Heard = "~";

    /// <summary>Before the first letter of a word, and before its first two: so many words begin with them that the index has them as terms.</summary>
    public const string Beginning = "^";

    private const int LongestTerm = 60;
    private const int LongestBeginning = 2;

    public static PatientNameTerms Of(Guid patientId, string firstName, string lastName) => new()
    {
        PatientId = patientId,
        Terms = string.Join(' ', TermsOf($"{firstName} {lastName}")),
    };

    /// <summary>Words, how they begin, and what they sound like; each once.</summary>
    public static IEnumerable<string> TermsOf(string name)
    {
        var words = WordsOf(name).Select(Cut).ToList();
        var beginnings = words.SelectMany(word => Enumerable.Range(1, LongestBeginning).Select(length => Beginning + Start(word, length)));
        return words.Concat(beginnings).Concat(NameTokens.KeysOf(name).Select(HeardAs)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Each word as written and as it reads in Latin letters.</summary>
    public static IEnumerable<string> WordsOf(string name)
        => NameTokens.Of(name).SelectMany(token => token.Latin.Append(token.Text)).Where(word => word.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>The term of a phonetic key.</summary>
    public static string HeardAs(string key) => Heard + Cut(key);

    /// <summary>The term of a beginning that is short enough to be one.</summary>
    public static string? BeginningOf(string start) => start.EnumerateRunes().Count() <= LongestBeginning ? Beginning + start : null;

    /// <summary>A term as it is kept; the search cuts what it asks for in the same place.</summary>
    public static string Cut(string term)
    {
        if (term.Length <= LongestTerm)
        {
            return term;
        }

        // Half a surrogate pair is no text: the database would refuse it.
        return char.IsHighSurrogate(term[LongestTerm - 1]) ? term[..(LongestTerm - 1)] : term[..LongestTerm];
    }

    private static string Start(string word, int length) => string.Concat(word.EnumerateRunes().Take(length));
}
