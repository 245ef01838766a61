using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>The open sessions of whoever sits before the page.</summary>
internal sealed class FakeSessions : ISessions
{
    public List<SessionView> Open { get; } = [];

    public Task<SessionView?> FindAsync(string secret, CancellationToken cancellation) => Task.FromResult<SessionView?>(null);

    public Task<bool> TouchAsync(Guid sessionId, CancellationToken cancellation) => Task.FromResult(Open.Exists(s => s.Id == sessionId));

    public Task<IReadOnlySet<Guid>> EndedAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
        => Task.FromResult<IReadOnlySet<Guid>>(sessionIds.Except(Open.Select(s => s.Id)).ToHashSet());

    public Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndsAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
        => Task.FromResult<IReadOnlyDictionary<Guid, DateTimeOffset>>(Open.Where(s => sessionIds.Contains(s.Id)).ToDictionary(s => s.Id, s => s.ExpiresAt));

    public Task<Result<IReadOnlyList<SessionView>>> MineAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<SessionView>>>(Open.ToList());

    public Task<Result<IReadOnlyList<SessionView>>> OfAsync(Guid userId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<SessionView>>>(Open.Where(s => s.UserId == userId).ToList());

    public Task<Result<int>> RevokeAsync(Guid sessionId, string reason, CancellationToken cancellation)
        => Task.FromResult<Result<int>>(Open.RemoveAll(s => s.Id == sessionId));

    public Task<Result<int>> RevokeAllAsync(Guid userId, string reason, bool exceptThisOne, CancellationToken cancellation)
        => Task.FromResult<Result<int>>(Open.RemoveAll(s => s.UserId == userId && !(exceptThisOne && s.Id == Open[0].Id)));

    public SessionView Add(Guid user, string userAgent, DateTimeOffset at)
    {
        var session = new SessionView(Guid.CreateVersion7(), user, "meera.iyer", "Dr. Meera Iyer", StaffRole.Doctor, at, at, at.AddHours(12), "192.0.2.7", userAgent);
        Open.Add(session);
        return session;
    }
}
