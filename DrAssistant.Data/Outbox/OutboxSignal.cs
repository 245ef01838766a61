using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DrAssistant.Data.Outbox;

/// <summary>Wakes the relay of this server after a save that owes something; the poll finds what other servers wrote.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _owed = new(0, 1);

    public void Wake()
    {
        try
        {
            _owed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody woke it already; once is enough.
        }
    }

    /// <summary>Returns when woken, or after <paramref name="patience"/>.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken cancellation) => _owed.WaitAsync(patience, cancellation);

    public void Dispose() => _owed.Dispose();
}

/// <summary>Rings <see cref="OutboxSignal"/> when an outbox row that was written is there for the relay to see.</summary>
internal sealed class OutboxSignalInterceptor(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData.Context);
        return Task.CompletedTask;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // Within a transaction of the service's own the row is nobody's yet.
        if (eventData.Context?.Database.CurrentTransaction is null)
        {
            Wake(eventData.Context);
        }

        return ValueTask.FromResult(result);
    }

    private void Wake(DbContext? context)
    {
        if (context?.ChangeTracker.Entries<OutboxMessage>().Any() == true)
        {
            signal.Wake();
        }
    }
}
