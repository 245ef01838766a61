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

/// <summary>Rings <see cref="OutboxSignal"/> after every save that wrote an outbox row.</summary>
internal sealed class OutboxSignalInterceptor(OutboxSignal signal) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.ChangeTracker.Entries<OutboxMessage>().Any() == true)
        {
            signal.Wake();
        }

        return ValueTask.FromResult(result);
    }
}
