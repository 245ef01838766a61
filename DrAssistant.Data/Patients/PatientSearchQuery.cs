using DrAssistant.Data.Security;
using Npgsql;

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

    private const string Shown = """
        SELECT n.patient_id, n.first_name, n.last_name, n.mrn, n.date_of_birth, n.date_of_birth_estimated, n.gender,
               n.patient_id = ANY ((SELECT patients_in_care())::uuid[]) AS in_care
        FROM patient_names n
        """;

    /// <summary>The hits, best first, and the parameters they need.</summary>
    public (string Sql, NpgsqlParameter[] Parameters) For(string question)
    {
        var asked = question.Trim();
        asked = asked.Length > LongestQuestion ? asked[..LongestQuestion] : asked;
        if (asked.Length == 0)
        {
            return ($"{Shown} WHERE n.status = 'active' ORDER BY in_care DESC, n.patient_id DESC LIMIT {MostHits}", []);
        }

        if (Mrn.TryParse(asked, out var mrn))
        {
            return ($"{Shown} WHERE n.mrn = $1", [new() { Value = mrn.ToString() }]);
        }

        var digits = new string([.. asked.Where(char.IsAsciiDigit)]);
        var isNumber = digits.Length >= TailDigits && asked.All(c => char.IsAsciiDigit(c) || "+- ()".Contains(c, StringComparison.Ordinal));
        return isNumber ? ByTelephone(digits) : ByName(asked);
    }

    /// <summary>The whole number, as typed or with the country code, or its last digits. Found only in rows one may read.</summary>
    private (string Sql, NpgsqlParameter[] Parameters) ByTelephone(string digits)
    {
        byte[][] whole = [.. Spellings(digits).Select(number => index.Of(BlindIndexPurpose.Phone, number))];
        return (
            $"""
            {Shown} JOIN patients p ON p.id = n.patient_id
            WHERE p.phone_index = ANY ($1) OR (length($3) = {TailDigits} AND p.phone_tail_index = $2)
            ORDER BY n.last_name, n.first_name LIMIT {MostHits}
            """,
            [
                new() { Value = whole },
                new() { Value = index.Of(BlindIndexPurpose.PhoneLastDigits, digits[^TailDigits..]) },
                new() { Value = digits },
            ]);
    }

    private static IEnumerable<string> Spellings(string digits) => [$"+{digits}", $"+91{digits.TrimStart('0')}"];

    /// <summary>
    /// Every word must be met, in any order: by a word that begins with it (best), by one that sounds like it, or by one
    /// that is written much like it.
    /// </summary>
    private static (string Sql, NpgsqlParameter[] Parameters) ByName(string asked)
    {
        var words = NameTokens.Of(asked).Take(5).ToList();
        var parameters = new List<NpgsqlParameter>();
        var matches = words.Select((word, at) =>
        {
            parameters.Add(new NpgsqlParameter { Value = word.Latin.Append(word.Text).Distinct().Select(w => Escaped(w) + "%").ToArray() });
            parameters.Add(new NpgsqlParameter { Value = word.Keys.ToArray() });
            parameters.Add(new NpgsqlParameter { Value = word.Latin.Count > 0 ? word.Latin[0] : word.Text });
            var first = (at * 3) + 1;
            return $"""
                SELECT patient_id, max(score) AS score FROM (
                    SELECT patient_id, 3 AS score FROM patient_name_tokens WHERE kind = 'word' AND token LIKE ANY (${first})
                    UNION ALL
                    SELECT patient_id, 2 FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY (${first + 1})
                    UNION ALL
                    SELECT patient_id, 1 FROM patient_name_tokens WHERE kind = 'word' AND length(${first + 2}) > 3 AND token % ${first + 2}
                ) AS found_{at} GROUP BY patient_id
                """;
        }).ToList();
        if (matches.Count == 0)
        {
            return ($"{Shown} WHERE false", []);
        }

        var joined = string.Join(" ", matches.Select((match, at) => at == 0 ? $"({match}) AS m0" : $"JOIN ({match}) AS m{at} USING (patient_id)"));
        var score = string.Join(" + ", matches.Select((_, at) => $"m{at}.score"));
        return (
            $"""
            {Shown} JOIN (SELECT patient_id, {score} AS score FROM {joined}) AS hit ON hit.patient_id = n.patient_id
            WHERE n.status = 'active' ORDER BY hit.score DESC, in_care DESC, n.last_name, n.first_name, n.patient_id LIMIT {MostHits}
            """,
            [.. parameters]);
    }

    private static string Escaped(string word)
        => word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
