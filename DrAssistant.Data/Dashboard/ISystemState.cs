using DrAssistant.Data.Common;

namespace DrAssistant.Data.Dashboard;

/// <summary>How the practice's system is, for admins.</summary>
public interface ISystemState
{
    Task<Result<SystemState>> NowAsync(CancellationToken cancellation);
}

public sealed record SystemState(IReadOnlyList<StoreState> Stores, int OutboxWaiting, int OutboxParked, int OpenSessions)
{
    /// <summary>Documents that the object store has not taken yet.</summary>
    public int DocumentsWaiting { get; init; }

    /// <summary>Since when the first of them waits; null where none does.</summary>
    public DateTimeOffset? DocumentsWaitingSince { get; init; }

    /// <summary>Long enough for somebody to look at the object store.</summary>
    public bool DocumentsWaitLong { get; init; }
}

/// <summary>One store: what it is, whether it answers, and how fast.</summary>
public sealed record StoreState(string Name, string Kind, string? Version, bool Working, TimeSpan Latency, string? Problem);
