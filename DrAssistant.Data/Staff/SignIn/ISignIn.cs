using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SecondFactor;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// The one door to signing in. Whatever was wrong, the answer is the same words after the same work: nobody learns
/// from it which names exist, which are locked, and which are no longer in use (ASVS 6.3.8).
/// </summary>
public interface ISignIn
{
    /// <summary>
    /// Begins a session for the person with this user name or e-mail address, if the password is theirs; refused by a
    /// <see cref="CodeNeeded"/> where a second factor is asked for.
    /// </summary>
    Task<Result<SignedIn>> SignInAsync(string name, string password, SignInOrigin origin, CancellationToken cancellation);

    /// <summary>The second step: begins the session if the code is right. A wrong one is refused by another <see cref="CodeNeeded"/> until the account is locked.</summary>
    Task<Result<SignedIn>> CompleteAsync(string ticket, string code, SignInOrigin origin, CancellationToken cancellation);
}

/// <summary>Where somebody signs in from.</summary>
/// <param name="IpAddress">Their address, for the audit trail and their list of sessions.</param>
/// <param name="UserAgent">Their browser, likewise.</param>
/// <param name="EarlierSecret">The secret that this browser already held, if any: that session ends when the new one begins.</param>
public sealed record SignInOrigin(string? IpAddress, string? UserAgent, string? EarlierSecret = null)
{
    public override string ToString() => nameof(SignInOrigin);
}

/// <summary>A session that has begun, and the secret that the browser is to hold. The secret exists nowhere else.</summary>
public sealed record SignedIn(string Secret, SessionView Session)
{
    /// <summary>Where a second factor was set up on the way: the recovery codes, shown once.</summary>
    public RecoveryCodes? NewCodes { get; init; }

    public override string ToString() => $"{nameof(SignedIn)} {Session.Id}";
}
