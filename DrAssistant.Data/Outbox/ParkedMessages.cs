using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Outbox;

/// <summary>Messages that were set aside after ten tries, taken up again once what stood in their way is gone.</summary>
internal sealed class ParkedMessages(ClinicDataSources clinic, IServiceProvider services, TimeProvider time)
{
    /// <summary>Takes up those of one kind and carries them out. What fails again is tried again as any other message.</summary>
    public async Task<TakenUp> TakeUpAsync(string kind, CancellationToken cancellation)
    {
        var parked = await PutBackAsync(kind, cancellation);
        if (parked.Length > 0)
        {
            var relay = services.GetServices<IHostedService>().OfType<OutboxRelay>().Single();
            while (await relay.RelayAsync(cancellation) > 0)
            {
            }
        }

        return new TakenUp(parked.Length, await OwedAsync(parked, cancellation));
    }

    private async Task<Guid[]> PutBackAsync(string kind, CancellationToken cancellation)
    {
        await using var back = clinic.Worker.CreateCommand("""
            UPDATE outbox_messages SET parked_at = NULL, attempts = 0, last_error = NULL, available_at = $2
            WHERE kind = $1 AND done_at IS NULL AND parked_at IS NOT NULL RETURNING id
            """);
        back.Parameters.Add(new NpgsqlParameter { Value = kind });
        back.Parameters.Add(new NpgsqlParameter { Value = time.GetUtcNow() });
        await using var reader = await back.ExecuteReaderAsync(cancellation);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.GetGuid(0));
        }

        return [.. ids];
    }

    private async Task<int> OwedAsync(Guid[] ids, CancellationToken cancellation)
    {
        await using var owed = clinic.Worker.CreateCommand("SELECT count(*)::int FROM outbox_messages WHERE id = ANY ($1) AND done_at IS NULL");
        owed.Parameters.Add(new NpgsqlParameter { Value = ids });
        return (int)(await owed.ExecuteScalarAsync(cancellation))!;
    }
}

/// <summary>What came of messages that were set aside.</summary>
/// <param name="Parked">How many there were.</param>
/// <param name="StillOwed">How many of them are not carried out yet.</param>
public sealed record TakenUp(int Parked, int StillOwed);
