namespace DrAssistant.Data.Staff.SignIn;

/// <summary>Copies of sessions outside PostgreSQL. A copy never says that a session has ended, and says that it goes on only while it can be trusted.</summary>
internal interface ISessionCopies
{
    /// <summary>The session of this key where a copy can be trusted; null says nothing: ask the record.</summary>
    Task<SessionView?> FindAsync(byte[] key, CancellationToken cancellation);

    /// <summary>Keeps a copy for as long as the session goes on without activity.</summary>
    /// <param name="key">The hash of the session's secret.</param>
    /// <param name="session">As the record has it now.</param>
    /// <param name="account">Which version of the person's account it was read with.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task KeepAsync(byte[] key, SessionView session, string account, CancellationToken cancellation);

    /// <summary>Its person did something, so it goes on.</summary>
    Task SlideAsync(byte[] key, string account, CancellationToken cancellation);

    /// <summary>They have ended: from here on no copy of them is trusted on this portal, whatever becomes of it.</summary>
    Task ForgetAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellation);
}

/// <summary>Where PostgreSQL alone keeps sessions.</summary>
internal sealed class NoSessionCopies : ISessionCopies
{
    public Task<SessionView?> FindAsync(byte[] key, CancellationToken cancellation) => Task.FromResult<SessionView?>(null);

    public Task KeepAsync(byte[] key, SessionView session, string account, CancellationToken cancellation) => Task.CompletedTask;

    public Task SlideAsync(byte[] key, string account, CancellationToken cancellation) => Task.CompletedTask;

    public Task ForgetAsync(IReadOnlyCollection<Session> ended, CancellationToken cancellation) => Task.CompletedTask;
}
