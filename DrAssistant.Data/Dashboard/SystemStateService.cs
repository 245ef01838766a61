using System.Diagnostics;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using Npgsql;

namespace DrAssistant.Data.Dashboard;

/// <summary>Asks each store how it is. What is built in lives in PostgreSQL or in the data folder and says so.</summary>
internal sealed class SystemStateService(
    ClinicDataSources clinic, ICurrentUser user, TimeProvider time, IDocumentStoreProbe? documents = null, ISearchIndexProbe? search = null) : ISystemState
{
    private const string Documents = "Documents";
    private const string Search = "Search";

    private static readonly string[] EmbeddedStores = [Documents, "Sessions and cache", Search];

    public async Task<Result<SystemState>> NowAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.OperateSystem))
        {
            return Refusal.Forbidden;
        }

        var state = await PostgresAsync(cancellation);
        return state with { Stores = await InPlaceAsync(state.Stores, cancellation) };
    }

    private async Task<SystemState> PostgresAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.GetTimestamp();
        try
        {
            await using var connection = await clinic.Worker.OpenConnectionAsync(cancellation);
            watch = Stopwatch.GetTimestamp();
            await using var ask = new NpgsqlCommand("""
                SELECT count(*) FILTER (WHERE done_at IS NULL AND parked_at IS NULL), count(*) FILTER (WHERE parked_at IS NOT NULL),
                       (SELECT count(*) FROM sessions WHERE revoked_at IS NULL AND expires_at > now()),
                       (SELECT count(*) FROM patient_documents WHERE status = 'queued'), (SELECT min(uploaded_at) FROM patient_documents WHERE status = 'queued')
                FROM outbox_messages
                """, connection);
            await using var reader = await ask.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            var postgres = new StoreState("PostgreSQL", "server", connection.PostgreSqlVersion.ToString(), true, Stopwatch.GetElapsedTime(watch), null);
            DateTimeOffset? since = reader.IsDBNull(4) ? null : reader.Instant(4);
            return new SystemState([postgres, .. BuiltIn(postgres)], (int)reader.GetInt64(0), (int)reader.GetInt64(1), (int)reader.GetInt64(2))
            {
                DocumentsWaiting = (int)reader.GetInt64(3),
                DocumentsWaitingSince = since,
                DocumentsWaitLong = time.GetUtcNow() - since > WaitingDocuments.Patience,
            };
        }
        catch (NpgsqlException e)
        {
            var down = new StoreState("PostgreSQL", "server", null, false, Stopwatch.GetElapsedTime(watch), e.GetType().Name);
            return new SystemState([down, .. BuiltIn(down)], 0, 0, 0);
        }
    }

    /// <summary>Documents and the search index may have servers of their own.</summary>
    private async Task<StoreState[]> InPlaceAsync(IReadOnlyList<StoreState> stores, CancellationToken cancellation)
    {
        var found = new Dictionary<string, StoreState>(StringComparer.Ordinal);
        if (documents is not null)
        {
            var state = await documents.AskAsync(cancellation);
            found[Documents] = new StoreState(Documents, state.Product, state.Version, state.IsWorking, state.Latency, state.Problem);
        }

        if (search is not null)
        {
            var state = await search.AskAsync(cancellation);
            found[Search] = new StoreState(Search, state.Product, state.Version, state.IsWorking, state.Latency, state.Problem);
        }

        return [.. stores.Select(store => found.GetValueOrDefault(store.Name, store))];
    }

    private static IEnumerable<StoreState> BuiltIn(StoreState postgres)
        => EmbeddedStores.Select(name => postgres with { Name = name, Kind = "built in, in PostgreSQL" });
}
