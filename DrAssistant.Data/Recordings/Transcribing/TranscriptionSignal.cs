namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>Wakes the worker of this server; its poll finds what other servers wrote, and what is tried again.</summary>
internal sealed class TranscriptionSignal : IDisposable
{
    private readonly SemaphoreSlim _due = new(0, 1);

    public void Wake()
    {
        try
        {
            _due.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody woke it already; once is enough.
        }
    }

    /// <summary>Returns when woken, or after <paramref name="patience"/>.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken cancellation) => _due.WaitAsync(patience, cancellation);

    public void Dispose() => _due.Dispose();
}
