using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients;

/// <summary>
/// The statement that finds patients. Index terms stand outside row-level security, so a pattern may use its index;
/// what is shown is read through <c>patient_names</c>, which has a policy.
/// </summary>
internal sealed class PatientSearchQuery(BlindIndex index)
{
    public const int MostHits = 20;
    private const int LongestQuestion = 100;
    private const int TailDigits = 4;
    private const int MostWords = 5;
    private const int ShortestToMisspell = 4;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    private const string Shown = """
        SELECT n.patient_id, n.first_name, n.last_name, n.mrn, n.date_of_birth, n.date_of_birth_estimated, n.gender,
               n.patient_id = ANY ((SELECT patients_in_care())::uuid[]) AS in_care
        FROM patient_names n
        """;

    /// <summary>What counts of what was typed.</summary>
    public static string Asked(string? question) => PlainText.Of(question, LongestQuestion);

    /// <summary>The hits for what <see cref="Asked"/> left of the question, best first, and the parameters they need.</summary>
    public (string Sql, NpgsqlParameter[] Parameters) For(string asked, DateTimeOffset now)
    {
        if (asked.Length == 0)
        {
            return LatestSeen(now);
        }

        var digits = new string([.. asked.Where(char.IsAsciiDigit)]);
        if (digits.Length >= TailDigits && asked.All(c => char.IsAsciiDigit(c) || "+- ()".Contains(c, StringComparison.Ordinal)))
        {
            return ByTelephone(digits);
        }

        return Mrn.TryParse(asked, out var mrn) ? ByMrn(mrn) : ByName(asked);
    }

    /// <summary>Whoever was here lately, the latest first, then the newest patients.</summary>
    private static (string Sql, NpgsqlParameter[] Parameters) LatestSeen(DateTimeOffset now) => (
        $"""
        {Shown} LEFT JOIN (
            SELECT a.patient_id, max(a.start_time) AS last FROM appointments a
            WHERE a.start_time > $1 AND a.start_time <= $2 AND a.status IN ('checked_in', 'in_progress', 'completed')
            GROUP BY a.patient_id) AS seen ON seen.patient_id = n.patient_id
        WHERE n.status = 'active' ORDER BY seen.last DESC NULLS LAST, n.patient_id DESC LIMIT {MostHits}
        """,
        [new() { Value = now - Lately }, new() { Value = now }]);

    private static (string Sql, NpgsqlParameter[] Parameters) ByMrn(Mrn mrn)
        => ($"{Shown} WHERE n.mrn = $1 ORDER BY n.patient_id", [new() { Value = mrn.ToString() }]);

    /// <summary>The whole number, as typed or with the country code, or its last digits. Found only in rows one may read.</summary>
    private (string Sql, NpgsqlParameter[] Parameters) ByTelephone(string digits)
    {
        byte[][] whole = [.. Spellings(digits).Select(number => index.Of(BlindIndexPurpose.Phone, number))];
        byte[][] tail = digits.Length == TailDigits ? [index.Of(BlindIndexPurpose.PhoneLastDigits, digits)] : [];
        return (
            $"""
            {Shown} JOIN patients p ON p.id = n.patient_id
            WHERE n.status = 'active' AND (p.phone_index = ANY ($1) OR p.phone_tail_index = ANY ($2))
            ORDER BY n.last_name, n.first_name, n.patient_id LIMIT {MostHits}
            """,
            [Array(whole, NpgsqlDbType.Bytea), Array(tail, NpgsqlDbType.Bytea)]);
    }

    /// <summary>E.164, whether the country was dialled (91…, 0091…), left out, or replaced by a nought.</summary>
    private static IEnumerable<string> Spellings(string digits)
    {
        var significant = digits.TrimStart('0');
        return [$"+{significant}", $"+91{significant}"];
    }

    /// <summary>
    /// Every word must be met, in any order: by a word that begins with it (best), by one that sounds like it, or by one
    /// that is written much like it. The beginning is asked for as a range, which needs no escaping and, unlike LIKE, its
    /// index whatever the plan. A number that an import brought is found as it stands.
    /// </summary>
    private static (string Sql, NpgsqlParameter[] Parameters) ByName(string asked)
    {
        var words = NameTokens.Of(asked).Take(MostWords).ToList();
        var matches = words.Select((_, at) =>
        {
            var first = (at * 3) + 2;
            return $"""
                (SELECT patient_id, max(score) AS score FROM (
                    SELECT t.patient_id, CASE WHEN t.token = w.word THEN 4 ELSE 3 END::real AS score
                        FROM unnest(${first}) AS w (word) JOIN patient_name_tokens t
                        ON t.kind = 'word' AND t.token ~>=~ w.word AND t.token ~<~ (w.word || chr(1114111))
                    UNION ALL
                    SELECT patient_id, 2 FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY (${first + 1})
                    UNION ALL
                    SELECT patient_id, similarity(token, ${first + 2}) FROM patient_name_tokens WHERE kind = 'word' AND token % ${first + 2}
                ) AS found_{at} GROUP BY patient_id) AS m{at}
                """;
        }).ToList();
        var numbers = "SELECT patient_id, 100::real AS score FROM patient_names WHERE mrn = ANY ($1)";
        var joined = string.Join(" ", matches.Select((match, at) => at == 0 ? match : $"JOIN {match} USING (patient_id)"));
        var score = string.Join(" + ", matches.Select((_, at) => $"m{at}.score"));
        return (
            $"""
            {Shown} JOIN (
                SELECT patient_id, max(score) AS score FROM ({numbers}{(words.Count == 0 ? "" : $" UNION ALL SELECT patient_id, {score} FROM {joined}")}) AS found
                GROUP BY patient_id) AS hit ON hit.patient_id = n.patient_id
            WHERE n.status = 'active' ORDER BY hit.score DESC, in_care DESC, n.last_name, n.first_name, n.patient_id LIMIT {MostHits}
            """,
            [Array([asked, asked.ToUpperInvariant()], NpgsqlDbType.Text), .. words.SelectMany((_, at) => Terms(words, at))]);
    }

    /// <summary>What a word begins, what it sounds like (by itself, or as one with a neighbour: Bala Murugan), and how it is written.</summary>
    private static IEnumerable<NpgsqlParameter> Terms(List<NameToken> words, int at)
    {
        var word = words[at];
        var neighbours = new[] { at - 1, at }
            .Where(left => left >= 0 && left + 1 < words.Count)
            .Select(left => NameTokens.Joined(words[left], words[left + 1]))
            .OfType<NameToken>();
        var keys = neighbours.SelectMany(joined => joined.Keys).Concat(word.Keys).Distinct();
        var written = PatientNameIndex.Cut(word.Latin.Count > 0 ? word.Latin[0] : word.Text);
        return
        [
            Array([.. word.Latin.Append(word.Text).Select(PatientNameIndex.Cut).Distinct()], NpgsqlDbType.Text),
            Array([.. keys.Select(PatientNameIndex.Cut)], NpgsqlDbType.Text),
            new() { Value = written.Length >= ShortestToMisspell ? written : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        ];
    }

    private static NpgsqlParameter Array<T>(T[] values, NpgsqlDbType of) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | of };
}
