using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Security;

/// <summary>Whose record the current user may touch, for the stores that have no row-level security of their own.</summary>
internal sealed class CareTeam(SecuredBatch batch, ICurrentUser user)
{
    /// <summary>Asked anew at every call: a broken glass ends, a colleague is added, a person is deactivated.</summary>
    public async Task<AccessFilter> AccessAsync(CancellationToken cancellation)
    {
        if (user.IsSystem)
        {
            return AccessFilter.Everything;
        }

        var patients = await batch.ReadAsync(
            [new NpgsqlBatchCommand("SELECT patients_in_care()")],
            async (reader, token) =>
            {
                await reader.ReadAsync(token);
                return reader.GetFieldValue<Guid[]>(0);
            },
            cancellation);
        return AccessFilter.Of(patients);
    }
}
