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
        Token = term.Length <= LongestTerm ? term : term[..LongestTerm],
    };
}
