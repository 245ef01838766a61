using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Security;

/// <summary>Whose record the current user may touch, for the stores that have no row-level security of their own.</summary>
internal sealed class CareTeam(SecuredBatch batch, ICurrentUser user)
{
    /// <summary>
    /// The patients in care, with the records that were merged into theirs: another store files its documents anew later, and
    /// versions of a note never.
    /// </summary>
    private const string Sql = """
        WITH care AS MATERIALIZED (SELECT patients_in_care() AS ids)
        SELECT ids || ARRAY(SELECT n.patient_id FROM patient_names n WHERE n.survivor_id <> n.patient_id AND n.survivor_id = ANY ((SELECT ids FROM care)::uuid[]))
        FROM care
        """;

    /// <summary>Asked anew at every call: a broken glass ends, a colleague is added, a person is deactivated.</summary>
    public async Task<AccessFilter> AccessAsync(CancellationToken cancellation)
    {
        if (user.IsSystem)
        {
            return AccessFilter.Everything;
        }

        var patients = await batch.ReadAsync(
            [new NpgsqlBatchCommand(Sql)],
            async (reader, token) =>
            {
                await reader.ReadAsync(token);
                return reader.GetFieldValue<Guid[]>(0);
            },
            cancellation);
        return AccessFilter.Of(patients);
    }
}
