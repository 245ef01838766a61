using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>What the browser holds: 256 random bits. The database keeps their SHA-256, so its copy opens nothing.</summary>
internal static class SessionSecret
{
    private const int Bytes = 32;
    private static readonly int Length = Base64Url.GetEncodedLength(Bytes);

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The key under which the session is kept, or null for what was never a secret.</summary>
    public static byte[]? KeyOf(string? secret)
        => secret is not null && secret.Length == Length && Base64Url.IsValid(secret) ? SHA256.HashData(Encoding.ASCII.GetBytes(secret)) : null;
}
