using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// Makes the index terms of all names anew when this build makes them by other rules than the ones they were made by: who is kept under
/// an old key would not be found under a new one.
/// </summary>
internal sealed class NameRules(ClinicDataSources clinic)
{
    /// <summary>To be raised with every change of <see cref="NamePhonetics"/>, <see cref="NameAliases"/>, <see cref="NameScripts"/> or <see cref="NameTokens"/>.</summary>
    public const int Version = 2;

    private const int Page = 2_000;

    /// <summary>How many patients' terms were made anew.</summary>
    public async Task<int> ApplyAsync(CancellationToken cancellation)
    {
        await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
        await using var look = new NpgsqlCommand("SELECT max(version) FROM name_rules", connection);
        if (await look.ExecuteScalarAsync(cancellation) is Version)
        {
            return 0;
        }

        var done = 0;
        for (var names = await NamesAsync(connection, Guid.Empty, cancellation); names.Count > 0; names = await NamesAsync(connection, names[^1].Id, cancellation))
        {
            await RewriteAsync(connection, names, cancellation);
            done += names.Count;
        }

        await using var note = new NpgsqlCommand("INSERT INTO name_rules (version) VALUES ($1) ON CONFLICT DO NOTHING", connection) { Parameters = { new() { Value = Version } } };
        await note.ExecuteNonQueryAsync(cancellation);
        return done;
    }

    private static async Task<List<(Guid Id, string First, string Last)>> NamesAsync(NpgsqlConnection connection, Guid after, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand("SELECT patient_id, first_name, last_name FROM patient_names WHERE patient_id > $1 ORDER BY patient_id LIMIT $2", connection)
        {
            Parameters = { new() { Value = after }, new() { Value = Page } },
        };
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        return await reader.ListAsync(row => (row.GetGuid(0), row.GetString(1), row.GetString(2)), cancellation);
    }

    /// <summary>
    /// The terms of a page of patients in one statement. Terms are added and never taken away: by them a merged record's former name is found.
    /// </summary>
    private static async Task RewriteAsync(NpgsqlConnection connection, List<(Guid Id, string First, string Last)> names, CancellationToken cancellation)
    {
        await using var insert = new NpgsqlCommand("INSERT INTO patient_name_index (patient_id, terms) SELECT * FROM unnest($1, $2)", connection)
        {
            Parameters =
            {
                new() { Value = names.ConvertAll(name => name.Id).ToArray() },
                new() { Value = names.ConvertAll(name => PatientNameIndex.Of(name.Id, name.First, name.Last).Terms).ToArray() },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellation);
    }
}
