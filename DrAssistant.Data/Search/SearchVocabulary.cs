using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Search;

/// <summary>
/// The words that the clinic writes, each once and without whose they are. PostgreSQL finds their stems; by the list a word that is
/// only begun, or misspelt, is understood.
/// </summary>
internal sealed class SearchVocabulary(SecuredBatch batch)
{
    private const int MostBegun = 40;
    private const int MostAlike = 6;
    private const int ShortestMisspelt = 4;
    private const string LastLetter = "\U0010FFFF";

    /// <summary>A word is misspelt when its stem is nobody's; then the words most like it count.</summary>
    private static readonly string Understand = $"""
        WITH asked AS (SELECT word, stem, is_common FROM search_stems($1)),
        strange AS (SELECT a.word FROM asked a WHERE NOT a.is_common AND char_length(a.word) >= {ShortestMisspelt} AND a.word !~ '[0-9]'
            AND NOT EXISTS (SELECT FROM search_words w WHERE w.stem = a.stem)
            AND NOT (a.word = $2 AND EXISTS (SELECT FROM search_words w WHERE w.word ~>=~ $2 AND w.word ~<~ $3))),
        met AS (
            SELECT word AS asked, stem, is_common, false AS is_alike FROM asked
            UNION ALL (SELECT $2, stem, false, false FROM search_words WHERE word ~>=~ $2 AND word ~<~ $3 ORDER BY char_length(word), word LIMIT {MostBegun})
            UNION ALL SELECT s.word, l.stem, false, true FROM strange s CROSS JOIN LATERAL (
                SELECT w.stem FROM search_words w WHERE w.word % s.word AND similarity(w.word, s.word) > 0.4 ORDER BY similarity(w.word, s.word) DESC, w.word LIMIT {MostAlike}) AS l)
        SELECT m.asked, m.stem, bool_or(m.is_common), bool_and(m.is_alike), ARRAY(SELECT w.word FROM search_words w WHERE w.stem = m.stem ORDER BY w.word LIMIT 60)
        FROM met m GROUP BY m.asked, m.stem
        """;

    /// <summary>What each of these words stands for in the index.</summary>
    /// <param name="words">As they were typed.</param>
    /// <param name="begun">The one that may go on; null where the last word is finished.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ILookup<string, MetStem>> UnderstandAsync(IReadOnlyCollection<string> words, string? begun, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand(Understand)
        {
            Parameters =
            {
                new() { Value = words.Distinct(StringComparer.Ordinal).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = (object?)begun ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = begun is null ? DBNull.Value : begun + LastLetter, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        var rows = await batch.ReadAsync(
            [command],
            (reader, token) => reader.ListAsync(row => (Asked: row.GetString(0), Met: new MetStem(row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetFieldValue<string[]>(4))), token),
            cancellation);
        return rows.ToLookup(row => row.Asked, row => row.Met, StringComparer.Ordinal);
    }

    /// <summary>The stems of these words, which are kept in the list from here on. Background work does this.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LearnAsync(IReadOnlyCollection<string> words, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand("""
            WITH stems AS MATERIALIZED (SELECT word, stem FROM search_stems($1)),
            kept AS (INSERT INTO search_words SELECT word, stem FROM stems WHERE word = ANY ($2) ORDER BY word ON CONFLICT DO NOTHING)
            SELECT word, stem FROM stems
            """)
        {
            Parameters =
            {
                new() { Value = words.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = words.Where(SearchText.IsPlainWord).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        };
        var rows = await batch.ReadAsync([command], (reader, token) => reader.ListAsync(row => (Word: row.GetString(0), Stem: row.GetString(1)), token), cancellation);
        return rows.ToDictionary(row => row.Word, row => row.Stem, StringComparer.Ordinal);
    }
}

/// <summary>A stem that a word stands for.</summary>
/// <param name="Stem">As the index has it, before it is hashed.</param>
/// <param name="IsCommon">Such as "the": it says something in a phrase alone.</param>
/// <param name="IsAlike">Guessed, because nobody ever wrote the word itself.</param>
/// <param name="Words">The words of this stem, to be marked where they stand.</param>
internal sealed record MetStem(string Stem, bool IsCommon, bool IsAlike, IReadOnlyList<string> Words)
{
    public override string ToString() => nameof(MetStem);
}
