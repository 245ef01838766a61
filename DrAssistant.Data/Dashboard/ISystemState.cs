using DrAssistant.Data.Common;

namespace DrAssistant.Data.Dashboard;

/// <summary>How the practice's system is, for admins.</summary>
public interface ISystemState
{
    Task<Result<SystemState>> NowAsync(CancellationToken cancellation);
}

public sealed record SystemState(IReadOnlyList<StoreState> Stores, int OutboxWaiting, int OutboxParked, int OpenSessions);

/// <summary>One store: what it is, whether it answers, and how fast.</summary>
public sealed record StoreState(string Name, string Kind, string? Version, bool Working, TimeSpan Latency, string? Problem);
