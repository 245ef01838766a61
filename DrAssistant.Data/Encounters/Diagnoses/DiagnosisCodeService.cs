using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>Finds codes in one round trip. They are reference data: nothing here is about a patient.</summary>
internal sealed class DiagnosisCodeService(SecuredBatch batch, ICurrentUser user) : IDiagnosisCodes
{
    private const int Most = 20;

    private const string Shown = "d.code, coalesce(d.official_title, d.title), d.title, d.synonyms, coalesce(u.uses, 0)";

    private const string Offered = """
        FROM diagnosis_codes d LEFT JOIN diagnosis_uses u ON u.code = d.code AND u.user_id = $1
        WHERE (d.is_active OR d.official_title IS NOT NULL)
        """;

    // One's own first; then what is called exactly so, what people have several names for (which is what they have often), what begins so, and the plainest title.
    private static readonly string Matching = $"""
        SELECT {Shown} {Offered} AND (($2 <> '' AND d.words @@ to_tsquery('simple', $2)) OR ($3 <> '' AND d.code_key LIKE $3 || '%'))
        ORDER BY coalesce(u.uses, 0) DESC, (EXISTS (SELECT FROM unnest(d.synonyms) s WHERE lower(s) = $4)) DESC, least(cardinality(d.synonyms), 4) DESC,
            (starts_with(lower(d.title), $4) OR starts_with(lower(d.official_title), $4)) IS TRUE DESC, length(coalesce(d.title, d.official_title)), d.code
        LIMIT {Most}
        """;

    // Misspelt: asked only where nothing has the words.
    private static readonly string Alike = $"""
        SELECT {Shown} {Offered}
            AND greatest(word_similarity($2, coalesce(d.title, '')), word_similarity($2, coalesce(d.official_title, ''))) >= 0.5
        ORDER BY coalesce(u.uses, 0) DESC, greatest(word_similarity($2, coalesce(d.title, '')), word_similarity($2, coalesce(d.official_title, ''))) DESC,
            length(coalesce(d.title, d.official_title)), d.code
        LIMIT {Most}
        """;

    private static readonly string Own = $"SELECT {Shown} {Offered} AND u.uses > 0 ORDER BY u.uses DESC, u.last_used_at DESC, d.code LIMIT {Most}";

    private const string Use = """
        WITH used AS (
            INSERT INTO diagnosis_uses (user_id, code)
            SELECT $1, d.code FROM diagnosis_codes d WHERE d.code = $2 AND (d.is_active OR d.official_title IS NOT NULL)
            ON CONFLICT (user_id, code) DO UPDATE SET uses = diagnosis_uses.uses + 1, last_used_at = now()
            RETURNING code, uses)
        SELECT d.code, coalesce(d.official_title, d.title), d.title, d.synonyms, used.uses FROM used JOIN diagnosis_codes d ON d.code = used.code
        """;

    public async Task<Result<IReadOnlyList<DiagnosisHit>>> FindAsync(string question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        var asked = DiagnosisQuestion.Of(question);
        if (asked.Words.Count == 0)
        {
            return await ReadAsync(asked, Own, [user.Id!.Value], cancellation);
        }

        var hits = await ReadAsync(asked, Matching, [user.Id!.Value, asked.Query, asked.CodeStart ?? "", asked.Text], cancellation);
        return hits.Count > 0 || asked.CodeStart is not null ? hits : await ReadAsync(asked, Alike, [user.Id!.Value, asked.Text], cancellation);
    }

    public async Task<Result<DiagnosisHit>> UsedAsync(string code, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes))
        {
            return Refusal.Forbidden;
        }

        return await ReadAsync(DiagnosisQuestion.Of(code), Use, [user.Id!.Value, code], cancellation) is [var used] ? used : Refusal.NotFound("Diagnosis code");
    }

    private Task<List<DiagnosisHit>> ReadAsync(DiagnosisQuestion asked, string sql, object[] values, CancellationToken cancellation)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return batch.ReadAsync([command], (reader, token) => reader.ListAsync(row => HitOf(asked, row), token), cancellation);
    }

    private static DiagnosisHit HitOf(DiagnosisQuestion asked, NpgsqlDataReader row)
    {
        var (title, plain, synonyms) = (row.GetString(1), row.TextOrNull(2), row.GetFieldValue<string[]>(3));
        return new DiagnosisHit(row.GetString(0), title, row.GetInt32(4), asked.FoundAs(title, plain is null || plain == title ? synonyms : [plain, .. synonyms]));
    }
}
