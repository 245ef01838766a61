namespace DrAssistant.Data.Documents;

/// <summary>What uploads of one portal share: how many are looked at together, and waking the work that follows.</summary>
internal sealed class DocumentIntake : IDisposable
{
    /// <summary>Each holds a file of up to 50 MB in memory.</summary>
    private readonly SemaphoreSlim _turns = new(2);
    private readonly SemaphoreSlim _news = new(0, 1);

    public async Task<IDisposable> TurnAsync(CancellationToken cancellation)
    {
        await _turns.WaitAsync(cancellation);
        return new Turn(_turns);
    }

    /// <summary>Something was finished.</summary>
    public void Tell()
    {
        try
        {
            _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is told already, and not heard yet.
        }
    }

    /// <summary>Waits until something is finished here, at most so long: another portal may have taken in something, too.</summary>
    public Task<bool> ListenAsync(TimeSpan most, CancellationToken cancellation) => _news.WaitAsync(most, cancellation);

    public void Dispose()
    {
        _turns.Dispose();
        _news.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
