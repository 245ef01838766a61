using DrAssistant.Data.Patients.Finding;
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
            var each = words.Select((_, at) => Parameter(Heard(Keys(words, at)), NpgsqlDbType.Text)).ToList();
            var any = Parameter(Heard(words.SelectMany(t => t.Keys)), NpgsqlDbType.Text);
            ways.Add(ByName(each, born));
            ways.Add(ByBirth(Parameter(Days(asked.Born), NpgsqlDbType.Array | NpgsqlDbType.Date), any));
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

    /// <summary>
    /// Everybody whose name has each of the words by ear, first those whose names have least beside them; of many, those of about the same age.
    /// </summary>
    private static string ByName(List<string> words, string born) => $"""
        (SELECT n.patient_id, false, false FROM (
            SELECT b.patient_id FROM (
                SELECT name_id FROM names_that_meet_all(ARRAY[{string.Join(", ", words.Select(word => $"{word}::tsquery"))}], {MostNamesakes}) ORDER BY length(terms), name_id) AS name
            CROSS JOIN LATERAL (SELECT patient_id FROM patient_name_terms WHERE name_id = name.name_id OFFSET 0) AS b LIMIT {MostNamesakes}) AS w JOIN {Name("w")} ON true
        ORDER BY abs(n.date_of_birth - {born}), n.patient_id DESC LIMIT {MostOfEach})
        """;

    /// <summary>
    /// The name of each patient found, one look-up by key each: left to itself the planner takes the namesakes for many, and reads
    /// the names of all patients instead. OFFSET 0 keeps it from rewriting this into a join.
    /// </summary>
    private static string Name(string of) => $"LATERAL (SELECT * FROM patient_names WHERE patient_id = {of}.patient_id OFFSET 0) AS n";

    /// <summary>Whoever was born on the day, or on the one with day and month exchanged, and shares a word of the name.</summary>
    private static string ByBirth(string days, string word) => $"""
        (SELECT n.patient_id, false, false FROM patient_names n
        CROSS JOIN LATERAL (SELECT k.terms FROM patient_name_terms b JOIN known_names k ON k.id = b.name_id WHERE b.patient_id = n.patient_id OFFSET 0) AS name
        WHERE n.date_of_birth = ANY ({days}) AND name.terms @@ {word}::tsquery
        LIMIT {MostOfEach})
        """;

    /// <summary>A word by itself, or as one with a neighbour: Bala Murugan.</summary>
    private static IEnumerable<string> Keys(List<NameToken> words, int at)
    {
        var neighbours = new[] { at - 1, at }
            .Where(left => left >= 0 && left + 1 < words.Count)
            .Select(left => NameTokens.Joined(words[left], words[left + 1]))
            .OfType<NameToken>();
        return neighbours.Append(words[at]).SelectMany(t => t.Keys);
    }

    private static string Heard(IEnumerable<string> keys) => NameQuery.AnyOf(keys.Select(PatientNameIndex.HeardAs).Distinct(StringComparer.Ordinal).Select(NameQuery.Is));

    private static DateOnly[] Days(DateOnly? born) => born switch
    {
        null => [],
        { Day: <= 12 } day when day.Day != day.Month => [day, new DateOnly(day.Year, day.Day, day.Month)],
        { } day => [day],
    };
}
