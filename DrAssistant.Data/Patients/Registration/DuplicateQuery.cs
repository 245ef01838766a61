using DrAssistant.Data.Security;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// The statement that collects whom to compare: by number, by the whole name as it sounds, and by a birth date together with any
/// word of the name. Each way reads a few rows by an index, as the search for patients does; the likeness itself is counted afterwards.
/// </summary>
internal sealed class DuplicateQuery(BlindIndex index)
{
    private const int MostOfEach = 30;
    private const int MostNamesakes = 3_000;
    private const int MostWords = 5;

    /// <summary>Null when nothing was typed that could be asked for.</summary>
    public NpgsqlBatchCommand? For(DuplicateQuestion asked)
    {
        var words = NameTokens.Of(asked.FullName).Where(t => !t.IsInitial).Take(MostWords).ToList();
        if (words.Count == 0 && asked.Mobile is null && asked.AbhaNumber is null)
        {
            return null;
        }

        var command = new NpgsqlBatchCommand();
        string Parameter(object? value, NpgsqlDbType type)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
            return $"${command.Parameters.Count}";
        }

        var phone = Parameter(asked.Mobile is { } mobile ? index.Of(BlindIndexPurpose.Phone, mobile) : null, NpgsqlDbType.Bytea);
        var abha = Parameter(asked.AbhaNumber is { } number ? index.Of(BlindIndexPurpose.AbhaNumber, number) : null, NpgsqlDbType.Bytea);
        List<string> ways = [$"SELECT patient_id, same_phone, same_abha FROM patients_by_number({phone}, {abha})"];
        if (words.Count > 0)
        {
            var born = Parameter(asked.Born, NpgsqlDbType.Date);
            var keys = words.Select((_, at) => Parameter(Keys(words, at), NpgsqlDbType.Array | NpgsqlDbType.Text)).ToList();
            ways.Add(ByName(keys, born));
            ways.Add(ByBirth(Parameter(Days(asked.Born), NpgsqlDbType.Array | NpgsqlDbType.Date), Parameter(AllKeys(words), NpgsqlDbType.Array | NpgsqlDbType.Text)));
        }

        var self = Parameter(asked.Self, NpgsqlDbType.Uuid);
        command.CommandText = $"""
            SELECT n.patient_id, n.first_name, n.last_name, n.mrn, n.date_of_birth, n.date_of_birth_estimated, n.gender, n.status,
                   bool_or(f.same_phone), bool_or(f.same_abha)
            FROM ({string.Join("\nUNION ALL ", ways)}) AS f JOIN {Name("f")} ON true
            WHERE n.status <> 'merged' AND n.patient_id IS DISTINCT FROM {self}
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
            """;
        return command;
    }

    /// <summary>Everybody whose name has each of the words by ear; of many, those of about the same age.</summary>
    private static string ByName(List<string> keys, string born)
    {
        var words = string.Join(" INTERSECT ", keys.Select(k => $"SELECT patient_id FROM patient_name_tokens WHERE kind = 'phonetic' AND token = ANY ({k})"));
        return $"""
            (SELECT n.patient_id, false, false FROM (SELECT patient_id FROM ({words}) AS all_words LIMIT {MostNamesakes}) AS w JOIN {Name("w")} ON true
            ORDER BY abs(n.date_of_birth - {born}), n.patient_id DESC LIMIT {MostOfEach})
            """;
    }

    /// <summary>
    /// The name of each patient found, one look-up by key each: left to itself the planner takes the namesakes for many, and reads
    /// the names of all patients instead. OFFSET 0 keeps it from rewriting this into a join.
    /// </summary>
    private static string Name(string of) => $"LATERAL (SELECT * FROM patient_names WHERE patient_id = {of}.patient_id OFFSET 0) AS n";

    /// <summary>Whoever was born on the day, or on the one with day and month exchanged, and shares a word of the name.</summary>
    private static string ByBirth(string days, string keys) => $"""
        (SELECT n.patient_id, false, false FROM patient_names n
        WHERE n.date_of_birth = ANY ({days})
            AND EXISTS (SELECT FROM patient_name_tokens t WHERE t.patient_id = n.patient_id AND t.kind = 'phonetic' AND t.token = ANY ({keys}))
        LIMIT {MostOfEach})
        """;

    /// <summary>A word by itself, or as one with a neighbour: Bala Murugan.</summary>
    private static string[] Keys(List<NameToken> words, int at)
    {
        var neighbours = new[] { at - 1, at }
            .Where(left => left >= 0 && left + 1 < words.Count)
            .Select(left => NameTokens.Joined(words[left], words[left + 1]))
            .OfType<NameToken>();
        return [.. neighbours.Append(words[at]).SelectMany(t => t.Keys).Select(PatientNameIndex.Cut).Distinct(StringComparer.Ordinal)];
    }

    private static string[] AllKeys(List<NameToken> words) => [.. words.SelectMany(t => t.Keys).Select(PatientNameIndex.Cut).Distinct(StringComparer.Ordinal)];

    private static DateOnly[] Days(DateOnly? born) => born switch
    {
        null => [],
        { Day: <= 12 } day when day.Day != day.Month => [day, new DateOnly(day.Year, day.Day, day.Month)],
        { } day => [day],
    };
}
