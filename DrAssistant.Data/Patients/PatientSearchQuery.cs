using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Security;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients;

/// <summary>
/// The statement that finds patients. Index terms stand outside row-level security, so a pattern may use its index; what is shown is
/// read through <c>patient_names</c>, which has a policy, and the telephone through <c>patients</c>, whose policy shows it to those who
/// may read the row.
/// </summary>
internal sealed class PatientSearchQuery(BlindIndex index, NameWords nameWords)
{
    public const int MostHits = 20;

    /// <summary>The best of many, before those are left out who are not to be shown.</summary>
    private const int MostCandidates = 100;
    private const int TailDigits = 4;
    private const int NumberDigits = 10;
    private const int AbhaDigits = 14;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>The hits, best first, and the parameters they need. Columns as <see cref="PatientFinder"/> reads them.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="how">Who asks, when, and for whom.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<(string Sql, NpgsqlParameter[] Parameters)> ForAsync(AskedFor asked, SearchManner how, CancellationToken cancellation)
    {
        var parameters = new SearchParameters();
        var near = NearPatients.Of(how, parameters);
        var found = (asked.Text.Length, asked.Mrn, asked.AbhaAddress, asked.Digits) switch
        {
            (0, _, _, _) => LatestSeen(how, parameters),
            (_, { } mrn, _, _) => $"found AS (SELECT patient_id, 100::real AS score FROM patient_names WHERE mrn = {parameters.Add(mrn.Text, NpgsqlDbType.Text)})",
            (_, _, { } address, _) => $"found AS (SELECT id AS patient_id, 100::real AS score FROM patients WHERE abha_address_index = {Hash(parameters, BlindIndexPurpose.AbhaAddress, address)})",
            (_, _, _, { } digits) => ByDigits(asked, digits, parameters),
            _ => ByName(asked, near, await nameWords.LatestAsync(cancellation), parameters),
        };
        return (Shown(found, near, how, asked.Text.Length == 0), parameters.All);
    }

    /// <summary>The patients of these hours who have not been and gone, in the order in which they come; of one doctor where one is named.</summary>
    public static (string Sql, NpgsqlParameter[] Parameters) Coming((DateTimeOffset From, DateTimeOffset To) day, Guid? doctor, SearchManner how)
    {
        var parameters = new SearchParameters();
        var found = $"""
            found AS (
                SELECT patient_id, -extract(epoch FROM min(start_time)) AS score FROM appointments
                WHERE start_time >= {parameters.Add(day.From, NpgsqlDbType.TimestampTz)} AND start_time < {parameters.Add(day.To, NpgsqlDbType.TimestampTz)}
                    AND status IN ('scheduled', 'confirmed', 'checked_in', 'in_progress'){(doctor is { } one ? $" AND doctor_id = {parameters.Add(one, NpgsqlDbType.Uuid)}" : "")}
                GROUP BY patient_id)
            """;
        return (Shown(found, NearPatients.Of(how, parameters), how, keepOrder: true), parameters.All);
    }

    /// <summary>
    /// Whose telephone number ends with the last four of these digits, where more were typed: the rest is compared after revealing.
    /// Null where a look-up by whole numbers and last four says it all.
    /// </summary>
    public (string Sql, NpgsqlParameter[] Parameters)? TailCandidates(AskedFor asked)
    {
        if (asked.Digits is not { Length: > TailDigits and < NumberDigits } digits)
        {
            return null;
        }

        var parameters = new SearchParameters();
        return ($"SELECT id, phone FROM patients WHERE phone_tail_index = {Hash(parameters, BlindIndexPurpose.PhoneLastDigits, digits[^TailDigits..])}", parameters.All);
    }

    /// <summary>
    /// From those found to those shown: a merged record leads to the one that stays and says under which name and number it was found;
    /// the inactive come only when asked for.
    /// </summary>
    private static string Shown(string found, NearPatients near, SearchManner how, bool keepOrder) => $"""
        WITH {near.With}{found},
            best AS (
                SELECT f.patient_id, f.score, {near.Is("f.patient_id")} AS is_near FROM found f
                ORDER BY f.score DESC, is_near DESC, f.patient_id DESC LIMIT {MostCandidates}),
            led AS (
                SELECT DISTINCT ON (b.survivor) b.survivor, b.score, b.is_near, b.other FROM (
                    SELECT n.survivor_id AS survivor, best.score, best.is_near OR n.survivor_id <> n.patient_id AND {near.Is("n.survivor_id")} AS is_near,
                        CASE WHEN n.survivor_id <> n.patient_id THEN n.patient_id END AS other
                    FROM best JOIN patient_names n ON n.patient_id = best.patient_id) AS b
                ORDER BY b.survivor, b.score DESC, b.other NULLS FIRST),
            listed AS (
                SELECT n.patient_id, n.first_name, n.last_name, n.mrn, n.date_of_birth, n.date_of_birth_estimated, n.gender, n.status,
                    led.is_near AND {(how.IsCarer ? "true" : "false")} AS in_care, led.other, led.score, led.is_near
                FROM led JOIN patient_names n ON n.patient_id = led.survivor
                WHERE n.status = 'active'{(how.AlsoInactive ? " OR n.status = 'inactive'" : "")}
                ORDER BY led.score DESC, {(keepOrder ? "" : "led.is_near DESC, n.last_name, n.first_name, ")}n.patient_id DESC LIMIT {MostHits})
        SELECT l.patient_id, l.first_name, l.last_name, l.mrn, l.date_of_birth, l.date_of_birth_estimated, l.gender, l.in_care, l.status,
            p.phone, o.first_name AS other_first_name, o.last_name AS other_last_name, o.mrn AS other_mrn
        FROM listed l LEFT JOIN patients p ON p.id = l.patient_id LEFT JOIN patient_names o ON o.patient_id = l.other
        ORDER BY l.score DESC, {(keepOrder ? "" : "l.is_near DESC, l.last_name, l.first_name, ")}l.patient_id DESC
        """;

    /// <summary>Whoever was here lately, the latest first, then the newest patients.</summary>
    private static string LatestSeen(SearchManner how, SearchParameters parameters) => $"""
        found AS (
            (SELECT patient_id, extract(epoch FROM max(start_time)) AS score FROM appointments
            WHERE start_time > {parameters.Add(how.Now - Lately, NpgsqlDbType.TimestampTz)} AND start_time <= {parameters.Add(how.Now, NpgsqlDbType.TimestampTz)}
                AND status IN ('checked_in', 'in_progress', 'completed')
            GROUP BY patient_id ORDER BY 2 DESC LIMIT {MostCandidates})
            UNION ALL (SELECT patient_id, 0 FROM patient_names WHERE status = 'active' ORDER BY patient_id DESC LIMIT {MostHits * 2}))
        """;

    /// <summary>
    /// The end of a telephone number or all of it, an ABHA number, a birth date without its strokes, or the running number of an MRN.
    /// Telephone and ABHA are found only in rows one may read.
    /// </summary>
    private string ByDigits(AskedFor asked, string digits, SearchParameters parameters)
    {
        var number = digits.TrimStart('0');
        var start = parameters.Add(number.Length is > 0 and < NumberDigits ? number : null, NpgsqlDbType.Text);
        var ways = new List<string>
        {
            $"""
            (SELECT patient_id, CASE WHEN mrn_number = {start} THEN 3 ELSE 1 END::real AS score FROM patient_names
            WHERE mrn_number ~>=~ {start} AND mrn_number ~<~ ({start} || ':') ORDER BY mrn_number USING ~<~ LIMIT {MostCandidates})
            """,
        };
        if (digits.Length >= TailDigits)
        {
            var whole = parameters.AddArray(Spellings(digits).Select(spelt => index.Of(BlindIndexPurpose.Phone, spelt)), NpgsqlDbType.Bytea);
            ways.Add($"SELECT id, 5 FROM patients WHERE phone_index = ANY ({whole})");
        }

        if (digits.Length == TailDigits)
        {
            ways.Add($"SELECT id, 4 FROM patients WHERE phone_tail_index = {Hash(parameters, BlindIndexPurpose.PhoneLastDigits, digits)}");
        }
        else if (digits.Length == AbhaDigits)
        {
            ways.Add($"SELECT id, 5 FROM patients WHERE abha_index = {Hash(parameters, BlindIndexPurpose.AbhaNumber, digits)}");
        }

        if (asked.TailOf is { Count: > 0 } revealed)
        {
            ways.Add($"SELECT unnest({parameters.AddArray(revealed, NpgsqlDbType.Uuid)}), 4");
        }

        if (asked.Born is { } born)
        {
            ways.Add($"SELECT patient_id, 4 FROM patient_names WHERE {BornWithin(born, parameters)}");
        }

        return $"found AS (SELECT patient_id, max(score) AS score FROM ({string.Join(" UNION ALL ", ways)}) AS ways GROUP BY patient_id)";
    }

    /// <summary>A number that an import brought is found as it stands, and an MRN by its beginning.</summary>
    private static string ByName(AskedFor asked, NearPatients near, KnownWords known, SearchParameters parameters)
    {
        var words = NameSearch.WordsOf(asked.Name);
        var numbers = $"SELECT patient_id, 100::real AS score FROM patient_names WHERE mrn = ANY ({parameters.AddArray([asked.Text, asked.Text.ToUpperInvariant()], NpgsqlDbType.Text)})";
        if (asked.MrnStart is { } start)
        {
            var from = parameters.Add(start, NpgsqlDbType.Text);
            numbers += $" UNION ALL (SELECT patient_id, 50 FROM patient_names WHERE mrn ~>=~ {from} AND mrn ~<~ ({from} || ':') ORDER BY mrn USING ~<~ LIMIT {MostCandidates})";
        }

        var pool = asked.Born is { } born ? $"SELECT patient_id FROM patient_names WHERE {BornWithin(born, parameters)}" : null;
        if (words.Count == 0)
        {
            return $"found AS (SELECT patient_id, max(score) AS score FROM ({numbers}{(pool is null ? "" : $" UNION ALL SELECT patient_id, 4 FROM ({pool}) AS born")}) AS ways GROUP BY patient_id)";
        }

        return $"""
            {NameSearch.Of(words, pool, near, known, parameters)},
            found AS (SELECT patient_id, max(score) AS score FROM ({numbers} UNION ALL SELECT patient_id, score FROM named) AS ways GROUP BY patient_id)
            """;
    }

    private static string BornWithin((DateOnly From, DateOnly To) born, SearchParameters parameters)
        => $"date_of_birth BETWEEN {parameters.Add(born.From, NpgsqlDbType.Date)} AND {parameters.Add(born.To, NpgsqlDbType.Date)}";

    private string Hash(SearchParameters parameters, BlindIndexPurpose purpose, string value) => parameters.Add(index.Of(purpose, value), NpgsqlDbType.Bytea);

    /// <summary>E.164, whether the country was dialled (91…, 0091…), left out, or replaced by a nought.</summary>
    private static IEnumerable<string> Spellings(string digits)
    {
        var significant = digits.TrimStart('0');
        return [$"+{significant}", $"+91{significant}"];
    }
}

/// <summary>Who asks, and how.</summary>
/// <param name="IsCarer">Whoever cares for patients has those in their care first; the desk has those who are about.</param>
/// <param name="AlsoInactive">Inactive patients are shown too.</param>
/// <param name="Now">This moment.</param>
internal sealed record SearchManner(bool IsCarer, bool AlsoInactive, DateTimeOffset Now);
