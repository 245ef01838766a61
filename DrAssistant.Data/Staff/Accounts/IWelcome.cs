using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>
/// The door behind a link: whoever holds its secret sets a password, once. A link that never was, was used, replaced, or has run out
/// answers the same.
/// </summary>
public interface IWelcome
{
    Task<Result<Welcome>> OpenAsync(string secret, CancellationToken cancellation);

    Task<Result<Welcome>> SetPasswordAsync(string secret, string password, SignInOrigin origin, CancellationToken cancellation);
}

/// <summary>Whose link it is.</summary>
public sealed record Welcome(string FullName, string UserName, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(Welcome);
}
