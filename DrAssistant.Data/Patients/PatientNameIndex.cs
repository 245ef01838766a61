namespace DrAssistant.Data.Patients;

/// <summary>
/// The index terms under which a patient is found: what each word of the name begins like, and what it sounds like.
/// Written whenever a name is; the search asks for the same terms.
/// </summary>
internal static class PatientNameIndex
{
    private const int LongestTerm = 60;

    public static IEnumerable<PatientNameToken> TermsOf(Guid patientId, string firstName, string lastName)
    {
        var name = $"{firstName} {lastName}";
        return WordsOf(name).Select(word => Term(patientId, NameTokenKind.Word, word))
            .Concat(NameTokens.KeysOf(name).Select(key => Term(patientId, NameTokenKind.Phonetic, key)))
            .DistinctBy(term => (term.Kind, term.Token));
    }

    /// <summary>Each word as written and as it reads in Latin letters.</summary>
    public static IEnumerable<string> WordsOf(string name)
        => NameTokens.Of(name).SelectMany(token => token.Latin.Append(token.Text)).Distinct(StringComparer.Ordinal);

    private static PatientNameToken Term(Guid patientId, NameTokenKind kind, string term) => new()
    {
        PatientId = patientId,
        Kind = kind,
        Token = Cut(term),
    };

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
}
