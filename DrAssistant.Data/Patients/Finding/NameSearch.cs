using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// The part of the search that goes by names: who bears every word, in any order, and how well. A word is met by one that is it, by one
/// that begins with it, by one that sounds like it, or by one that is written much like it, in this order. Patterns are held against
/// <c>name_words</c>, which is short; patients are then looked up by whole words. The beginning is asked for as a range, which needs no
/// escaping and, unlike LIKE, its index whatever the plan.
/// </summary>
internal static class NameSearch
{
    /// <summary>Two letters have thousands of hits, of which a screenful is shown: so many are looked at beside those who are near.</summary>
    private const int MostOfOneWord = 60;
    private const int MostOfOneSource = 600;
    private const int MostWords = 5;
    private const int MostAlike = 12;
    private const int MostToBegin = 2_000;
    private const int ShortestToJoin = 3;
    private const int ShortestToMisspell = 4;

    /// <summary>The words of a question. A digit behind a name begins a birth date that is not whole yet: nobody is called so.</summary>
    public static IReadOnlyList<NameToken> WordsOf(string name)
    {
        var words = NameTokens.Of(name);
        return [.. words.Take(1).Concat(words.Skip(1).TakeWhile(word => !char.IsAsciiDigit(word.Text[0]))).Take(MostWords)];
    }

    /// <summary>
    /// A table expression <c>(patient_id, score)</c> of those who bear every word.
    /// </summary>
    /// <param name="words">At least one.</param>
    /// <param name="pool">A subquery of the only patients who count, such as those born on a day; null for everybody.</param>
    /// <param name="near">A subquery of those who are looked at whole however many others there are.</param>
    /// <param name="parameters">Takes the parameters.</param>
    public static string Of(IReadOnlyList<NameToken> words, string? pool, string near, SearchParameters parameters)
    {
        // The longest first: it leaves the fewest patients for the others to be held against.
        var order = Enumerable.Range(0, words.Count).OrderByDescending(at => words[at].Text.Length).ToList();
        var terms = order.ConvertAll(at => Terms(words, at, parameters));
        var first = pool is not null ? Among(pool)
            : words.Count == 1 || terms[0].IsShort ? Bounded(near, terms[0].Keys)
            : Bearers(0);
        var sql = $"{Meant(terms[0], 0)}, m0 AS MATERIALIZED ({Best(first)})";
        for (var next = 1; next < terms.Count; next++)
        {
            sql += terms[next].IsShort ? $", m{next} AS MATERIALIZED ({FurtherShort(terms[next], next, near)})" : $", {Further(terms[next], next)}";
        }

        return sql;
    }

    /// <summary>The index terms that a word means, each with what meeting it is worth.</summary>
    private static string Meant(WordTerms terms, int at) => $"""
        w{at} AS MATERIALIZED (SELECT 'word' AS kind, word AS token, max(score) AS score FROM (
            SELECT v.word, CASE WHEN v.word = asked.word THEN 4 ELSE 3 END::real AS score FROM unnest({terms.Starts}) AS asked (word)
                JOIN name_words v ON v.word ~>=~ asked.word AND v.word ~<~ (asked.word || chr(1114111))
            UNION ALL (SELECT word, similarity(word, {terms.Written}) FROM name_words WHERE word % {terms.Written} ORDER BY 2 DESC, 1 LIMIT {MostAlike})
        ) AS words GROUP BY word UNION ALL SELECT 'phonetic', key, 2 FROM unnest({terms.Keys}) AS heard (key))
        """;

    /// <summary>Those of a few who bear the word.</summary>
    private static string Among(string few) => $"""
        SELECT t.patient_id, w.score FROM ({few}) AS among
            CROSS JOIN LATERAL (SELECT patient_id, kind, token FROM patient_name_tokens WHERE patient_id = among.patient_id OFFSET 0) AS t
            JOIN w0 w ON w.kind = t.kind AND w.token = t.token
        """;

    /// <summary>All who bear a word, by index for each of its terms: OFFSET 0 keeps the planner from reading all terms of everybody instead.</summary>
    private static string Bearers(int at) => $"""
        SELECT t.patient_id, w.score FROM w{at} w
            CROSS JOIN LATERAL (SELECT patient_id FROM patient_name_tokens WHERE kind = w.kind AND token = w.token OFFSET 0) AS t
        """;

    /// <summary>All who are near, and so many of the others, the best words first, as one list can need.</summary>
    private static string Bounded(string near, string keys) => $"""
        {Among(near)}
        UNION ALL (SELECT t.patient_id, w.score FROM (SELECT token, score FROM w0 WHERE kind = 'word' ORDER BY score DESC, token) AS w
            CROSS JOIN LATERAL (SELECT patient_id FROM patient_name_tokens WHERE kind = 'word' AND token = w.token LIMIT {MostOfOneWord}) AS t
            LIMIT {MostOfOneSource})
        UNION ALL (SELECT patient_id, 2 FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY ({keys}) LIMIT {MostOfOneSource})
        """;

    /// <summary>Of those who bear the words so far, who bears this one too.</summary>
    private static string Further(WordTerms terms, int at) => $"""
        {Meant(terms, at)},
        f{at} AS MATERIALIZED ({Best(Bearers(at))}),
        m{at} AS MATERIALIZED (SELECT m.patient_id, m.score + f.score AS score FROM m{at - 1} m JOIN f{at} f ON f.patient_id = m.patient_id)
        """;

    /// <summary>
    /// The same for a word of one or two letters, which is an initial, a short name, or the beginning of a tenth of all names. Those who
    /// bear it whole are all found; for the others a part of those so far is looked at, the near ones first: it fills the list.
    /// </summary>
    private static string FurtherShort(WordTerms terms, int at, string near) => $"""
        SELECT patient_id, before + max(score) AS score FROM (
            SELECT m.patient_id, m.score AS before, 4::real AS score FROM patient_name_tokens t JOIN m{at - 1} m ON m.patient_id = t.patient_id
                WHERE t.kind = 'word' AND t.token = ANY ({terms.Starts})
            UNION ALL
            SELECT m.patient_id, m.score, 2 FROM patient_name_tokens t JOIN m{at - 1} m ON m.patient_id = t.patient_id
                WHERE t.kind = 'phonetic' AND t.token = ANY ({terms.Keys})
            UNION ALL
            SELECT m.patient_id, m.score, 3 FROM (
                SELECT m.patient_id, m.score FROM m{at - 1} m LEFT JOIN ({near}) AS close ON close.patient_id = m.patient_id
                ORDER BY close.patient_id IS NULL, m.score DESC, m.patient_id DESC LIMIT {MostToBegin}) AS m
                CROSS JOIN LATERAL (SELECT token FROM patient_name_tokens WHERE patient_id = m.patient_id AND kind = 'word' OFFSET 0) AS t
                WHERE t.token ^@ ANY ({terms.Starts})
        ) AS held GROUP BY patient_id, before
        """;

    private static string Best(string matches) => $"SELECT patient_id, max(score) AS score FROM ({matches}) AS found GROUP BY patient_id";

    /// <summary>What a word begins, what it sounds like (by itself, or as one with a neighbour: Bala Murugan), and how it is written.</summary>
    private static WordTerms Terms(IReadOnlyList<NameToken> words, int at, SearchParameters parameters)
    {
        var word = words[at];
        var neighbours = new[] { at - 1, at }
            .Where(left => left >= 0 && left + 1 < words.Count)
            .Select(left => NameTokens.Joined(words[left], words[left + 1]))
            .OfType<NameToken>();
        var keys = neighbours.SelectMany(joined => joined.Keys).Concat(word.Keys).Distinct(StringComparer.Ordinal);
        var written = PatientNameIndex.Cut(word.Latin.Count > 0 ? word.Latin[0] : word.Text);
        return new WordTerms(
            parameters.AddArray(word.Latin.Append(word.Text).Select(PatientNameIndex.Cut).Distinct(StringComparer.Ordinal), NpgsqlDbType.Text),
            parameters.AddArray(keys.Select(PatientNameIndex.Cut), NpgsqlDbType.Text),
            parameters.Add(written.Length >= ShortestToMisspell ? written : null, NpgsqlDbType.Text),
            word.Text.Length < ShortestToJoin);
    }

    private sealed record WordTerms(string Starts, string Keys, string Written, bool IsShort);
}

/// <summary>Collects the parameters of a statement that is put together, and gives each its number.</summary>
internal sealed class SearchParameters
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public NpgsqlParameter[] All => [.. _parameters];

    public string Add(object? value, NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    public string AddArray<T>(IEnumerable<T> values, NpgsqlDbType of) => Add(values.ToArray(), NpgsqlDbType.Array | of);
}
