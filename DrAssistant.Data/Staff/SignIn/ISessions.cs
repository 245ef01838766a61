using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// The one door to sessions. A session ends when it was not used for a while, when its day is over, when it is revoked,
/// or when its person is no longer active; from then on every method here treats it as if it had never been.
/// </summary>
public interface ISessions
{
    /// <summary>The session that this secret belongs to, with its person's role as it is now; null when it has ended.</summary>
    Task<SessionView?> FindAsync(string secret, CancellationToken cancellation);

    /// <summary>Says that its person did something, so that it goes on. False when it has ended. Written at most once a minute.</summary>
    Task<bool> TouchAsync(Guid sessionId, CancellationToken cancellation);

    /// <summary>Which of these have ended: one question for all the circuits of a server.</summary>
    Task<IReadOnlySet<Guid>> EndedAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation);

    /// <summary>
    /// When each of these ends if nothing more is done in it. In the past for one that has ended because nothing was done: its person may come back to it by signing in
    /// again. One that is over for any other reason is not among them.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, DateTimeOffset>> EndsAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation);

    /// <summary>The signed-in person's own sessions that are still open, newest first.</summary>
    Task<Result<IReadOnlyList<SessionView>>> MineAsync(CancellationToken cancellation);

    /// <summary>Somebody's sessions that are still open, for who manages accounts.</summary>
    Task<Result<IReadOnlyList<SessionView>>> OfAsync(Guid userId, CancellationToken cancellation);

    /// <summary>Ends one: one's own, or anybody's for who manages accounts. Answers how many it ended.</summary>
    Task<Result<int>> RevokeAsync(Guid sessionId, string reason, CancellationToken cancellation);

    /// <summary>Ends all of a person's, or all but the one in use. Also what a change of role or password calls for.</summary>
    Task<Result<int>> RevokeAllAsync(Guid userId, string reason, bool exceptThisOne, CancellationToken cancellation);
}

/// <summary>A session and whose it is.</summary>
public sealed record SessionView(
    Guid Id,
    Guid UserId,
    string UserName,
    string FullName,
    StaffRole Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActivityAt,
    DateTimeOffset ExpiresAt,
    string? IpAddress,
    string? UserAgent)
{
    public override string ToString() => $"{nameof(SessionView)} {Id}";
}
