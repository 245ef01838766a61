using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// What a password must be: long enough, and not guessable from what everybody knows. No rules about capitals and digits,
/// which only teach people to write "Password1!" (NIST SP 800-63B-4, 3.1.1.2; ASVS 6.2).
/// </summary>
internal sealed class PasswordRules(IOptions<ClinicOptions> practice) : IPasswordValidator<StaffMember>
{
    public const int Shortest = 12;
    public const int Longest = 128;

    public Task<IdentityResult> ValidateAsync(UserManager<StaffMember> manager, StaffMember user, string? password)
        => Task.FromResult(RefuseFor(user, password ?? "") is { } sentence
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = sentence })
            : IdentityResult.Success);

    /// <summary>Why this person must not use this password, in one sentence, or null.</summary>
    public string? RefuseFor(StaffMember user, string password) => Refuse(password, Context(user));

    /// <summary>Why this password must not be used, in one sentence, or null.</summary>
    /// <param name="password">What was typed.</param>
    /// <param name="context">What an attacker would try first: names of the person and of the practice.</param>
    public static string? Refuse(string password, IEnumerable<string> context)
    {
        if (password.Length < Shortest)
        {
            return "Use at least 12 characters; three or four words that do not belong together make a good password.";
        }

        if (password.Length > Longest)
        {
            return "Use at most 128 characters.";
        }

        return Guessability.LeftToGuess(password, context) < Guessability.Enough
            ? "This password is too easy to guess: it is made of common words, of names, or of keys in a row. Add words that do not belong together."
            : null;
    }

    private string[] Context(StaffMember user)
        => [.. Words(user.UserName), .. Words(user.FullName), .. Words(user.Email), .. Words(practice.Value.Name), .. Words(practice.Value.Address), "assistant", "drassistant"];

    private static IEnumerable<string> Words(string? text)
        => (text ?? "").Split([' ', '.', ',', '-', '_', '@', '\''], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
