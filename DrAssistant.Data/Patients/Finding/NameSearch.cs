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
    private const int ShortestToMisspell = 4;

    /// <summary>The words of a question, the longest first: it leaves the fewest patients for the others to be held against.</summary>
    public static IReadOnlyList<NameToken> WordsOf(string name)
        => [.. NameTokens.Of(name).Take(MostWords)];

    /// <summary>
    /// A table expression <c>(patient_id, score)</c> of those who bear every word.
    /// </summary>
    /// <param name="words">At least one.</param>
    /// <param name="pool">A subquery of the only patients who count, such as those born on a day; null for everybody.</param>
    /// <param name="near">A subquery of those who are looked at whole however many others there are.</param>
    /// <param name="parameters">Takes the parameters.</param>
    public static string Of(IReadOnlyList<NameToken> words, string? pool, string near, SearchParameters parameters)
    {
        var order = Enumerable.Range(0, words.Count).OrderByDescending(at => words[at].Text.Length).ToList();
        var terms = order.ConvertAll(at => Terms(words, at, parameters));
        var sql = $"m0 AS ({First(terms[0], pool, near, bounded: words.Count == 1 && pool is null)})";
        for (var next = 1; next < terms.Count; next++)
        {
            sql = $"{Like(terms[next], next)}, {sql}, m{next} AS ({Further(terms[next], next)})";
        }

        return $"{Words(terms[0])}, {sql}";
    }

    /// <summary>The words of names that the first word means, each with what the match is worth.</summary>
    private static string Words(WordTerms terms) => $"""
        w0 AS MATERIALIZED (SELECT word, max(score) AS score FROM (
            SELECT v.word, CASE WHEN v.word = asked.word THEN 4 ELSE 3 END::real AS score FROM unnest({terms.Starts}) AS asked (word)
                JOIN name_words v ON v.word ~>=~ asked.word AND v.word ~<~ (asked.word || chr(1114111))
            UNION ALL (SELECT word, similarity(word, {terms.Written}) FROM name_words WHERE word % {terms.Written} ORDER BY 2 DESC, 1 LIMIT {MostAlike})
        ) AS words GROUP BY word)
        """;

    private static string First(WordTerms terms, string? pool, string near, bool bounded)
    {
        if (!bounded && pool is null)
        {
            return Scored($"""
                SELECT t.patient_id, w.score FROM w0 w JOIN patient_name_tokens t ON t.kind = 'word' AND t.token = w.word
                UNION ALL SELECT patient_id, 2 FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY ({terms.Keys})
                """);
        }

        var among = $"""
            SELECT t.patient_id, coalesce(w.score, 2) AS score FROM ({pool ?? near}) AS among
            JOIN patient_name_tokens t ON t.patient_id = among.patient_id LEFT JOIN w0 w ON t.kind = 'word' AND w.word = t.token
            WHERE w.word IS NOT NULL OR (t.kind = 'phonetic' AND t.token = ANY ({terms.Keys}))
            """;
        return Scored(pool is not null ? among : $"""
            {among}
            UNION ALL (SELECT t.patient_id, w.score FROM (SELECT word, score FROM w0 ORDER BY score DESC, word) AS w
                CROSS JOIN LATERAL (SELECT patient_id FROM patient_name_tokens WHERE kind = 'word' AND token = w.word LIMIT {MostOfOneWord}) AS t
                LIMIT {MostOfOneSource})
            UNION ALL (SELECT patient_id, 2 FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY ({terms.Keys}) LIMIT {MostOfOneSource})
            """);
    }

    /// <summary>The words that are written much like a further one.</summary>
    private static string Like(WordTerms terms, int at) => $"""
        w{at} AS MATERIALIZED (SELECT word, similarity(word, {terms.Written}) AS score FROM name_words WHERE word % {terms.Written} ORDER BY 2 DESC, 1 LIMIT {MostAlike})
        """;

    /// <summary>Of those who bear the words so far, who bears this one too.</summary>
    private static string Further(WordTerms terms, int at) => $"""
        SELECT patient_id, before + max(score) AS score FROM (
            SELECT m.patient_id, m.score AS before, CASE
                WHEN t.kind = 'phonetic' THEN CASE WHEN t.token = ANY ({terms.Keys}) THEN 2 END
                WHEN t.token = ANY ({terms.Starts}) THEN 4
                WHEN EXISTS (SELECT FROM unnest({terms.Starts}) AS asked (word) WHERE starts_with(t.token, asked.word)) THEN 3
                ELSE (SELECT w.score FROM w{at} w WHERE w.word = t.token) END::real AS score
            FROM m{at - 1} m JOIN patient_name_tokens t ON t.patient_id = m.patient_id) AS held
        WHERE score IS NOT NULL GROUP BY patient_id, before
        """;

    private static string Scored(string matches) => $"SELECT patient_id, max(score) AS score FROM ({matches}) AS found GROUP BY patient_id";

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
            parameters.Add(written.Length >= ShortestToMisspell ? written : null, NpgsqlDbType.Text));
    }

    private sealed record WordTerms(string Starts, string Keys, string Written);
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
