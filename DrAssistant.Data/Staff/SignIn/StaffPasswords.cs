using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Passwords as Identity keeps them: PBKDF2 with HMAC-SHA-512. Every question costs one computation, also about somebody
/// who does not exist, so that the time of an answer says nothing.
/// </summary>
internal sealed class StaffPasswords(IPasswordHasher<StaffMember> hasher)
{
    /// <summary>OWASP ASVS 5.0, appendix C: at least 210,000 rounds.</summary>
    public const int Rounds = 210_000;

    // The hasher salts and never looks at whose password it is.
    private static readonly StaffMember Nobody = new() { FullName = "", Role = StaffRole.Receptionist };

    // Nobody's password: what a name that does not exist is compared with. Made at the start, not by the first stranger.
    private readonly string _decoy = hasher.HashPassword(Nobody, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public string Hash(string password) => hasher.HashPassword(Nobody, password);

    /// <summary>Compares with <paramref name="hash"/>, or with nobody's when there is none.</summary>
    public PasswordVerificationResult Verify(string? hash, string password)
    {
        // A longer one was never accepted, and nobody should make the server work through a megabyte.
        var tooLong = password.Length > PasswordRules.Longest;
        var answer = hasher.VerifyHashedPassword(Nobody, hash ?? _decoy, tooLong ? password[..PasswordRules.Longest] : password);
        return hash is null || tooLong ? PasswordVerificationResult.Failed : answer;
    }
}
