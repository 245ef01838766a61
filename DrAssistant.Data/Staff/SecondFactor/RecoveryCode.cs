using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>For whoever has lost their telephone: 80 random bits, written in four groups, each good for one sign-in.</summary>
internal static class RecoveryCode
{
    public const int HowMany = 10;
    private const int Bytes = 10;
    private const int Length = 16;

    public static IReadOnlyList<string> Create() => [.. Enumerable.Range(0, HowMany).Select(_ => Group(Totp.ToBase32(RandomNumberGenerator.GetBytes(Bytes))))];

    /// <summary>SHA-256 is enough: nobody guesses 80 random bits. Null for what was never a code.</summary>
    public static byte[]? HashOf(string typed)
    {
        var code = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return code.Length == Length ? SHA256.HashData(Encoding.ASCII.GetBytes(code)) : null;
    }

    private static string Group(string code) => string.Join('-', code.Chunk(4).Select(four => new string(four)));
}
