using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Security;

/// <summary>
/// Protects what identifies a patient, field by field:
/// <c>0x01 | algorithm (1) | key (2) | nonce (12) | ciphertext | tag (16)</c>, sealed to its table, column and row.
/// </summary>
internal sealed class PhiCipher(KeyRing ring)
{
    private const byte Version = 1;
    private const int HeaderLength = 4;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = HeaderLength + NonceLength + TagLength;

    /// <summary>Nothing stays nothing; an empty text is protected like any other.</summary>
    [return: NotNullIfNotNull(nameof(plaintext))]
    public byte[]? Protect(FieldAddress at, string? plaintext)
    {
        if (plaintext is null)
        {
            return null;
        }

        var plain = Encoding.UTF8.GetBytes(plaintext);
        try
        {
            return Seal(ring.Newest, at, plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The same for what is no text, such as a photograph.</summary>
    public byte[] ProtectBytes(FieldAddress at, ReadOnlySpan<byte> plain) => Seal(ring.Newest, at, plain);

    [return: NotNullIfNotNull(nameof(ciphertext))]
    public string? Reveal(FieldAddress at, byte[]? ciphertext)
        => ciphertext is null ? null : Reveal(at, ciphertext.AsSpan());

    /// <summary>The text that was protected at this place.</summary>
    /// <exception cref="UnreadableFieldException">It was changed, moved, or its key is gone.</exception>
    public string Reveal(FieldAddress at, ReadOnlySpan<byte> ciphertext)
    {
        var plain = RevealBytes(at, ciphertext);
        try
        {
            return Encoding.UTF8.GetString(plain);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc cref="Reveal(FieldAddress, ReadOnlySpan{byte})"/>
    public byte[] RevealBytes(FieldAddress at, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length < Overhead || ciphertext[0] != Version)
        {
            throw new UnreadableFieldException(at, UnreadableReason.Tampered);
        }

        var key = ring.Find(KeyOf(ciphertext)) ?? throw new UnreadableFieldException(at, UnreadableReason.KeyMissing);
        if ((byte)key.Algorithm != ciphertext[1])
        {
            throw new UnreadableFieldException(at, UnreadableReason.Tampered);
        }

        var plain = new byte[ciphertext.Length - Overhead];
        try
        {
            Open(key, at, ciphertext[HeaderLength..], plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new UnreadableFieldException(at, UnreadableReason.Tampered, e);
        }
    }

    /// <summary>Whether a text waits to be written again with the newest key.</summary>
    public bool IsOutdated(ReadOnlySpan<byte> ciphertext) => ciphertext.Length >= Overhead && KeyOf(ciphertext) != ring.Newest.Id;

    private static ushort KeyOf(ReadOnlySpan<byte> ciphertext) => BinaryPrimitives.ReadUInt16BigEndian(ciphertext[2..]);

    private static byte[] Seal(DataKey key, FieldAddress at, ReadOnlySpan<byte> plain)
    {
        var field = new byte[Overhead + plain.Length];
        field[0] = Version;
        field[1] = (byte)key.Algorithm;
        BinaryPrimitives.WriteUInt16BigEndian(field.AsSpan(2), key.Id);
        var nonce = field.AsSpan(HeaderLength, NonceLength);
        var sealedText = field.AsSpan(HeaderLength + NonceLength, plain.Length);
        var tag = field.AsSpan()[^TagLength..];

        // NIST SP 800-38D: random nonces are safe for 2^32 texts a key; a new key is due long before.
        RandomNumberGenerator.Fill(nonce);

        // One cipher object a text: they must not be shared between threads, and making one costs two microseconds.
        if (key.Algorithm == CipherAlgorithm.ChaCha20Poly1305)
        {
            using var chacha = new ChaCha20Poly1305(key.Material);
            chacha.Encrypt(nonce, plain, sealedText, tag, at.ToBytes());
            return field;
        }

        using var aes = new AesGcm(key.Material, TagLength);
        aes.Encrypt(nonce, plain, sealedText, tag, at.ToBytes());
        return field;
    }

    private static void Open(DataKey key, FieldAddress at, ReadOnlySpan<byte> body, Span<byte> plain)
    {
        var nonce = body[..NonceLength];
        var sealedText = body[NonceLength..^TagLength];
        var tag = body[^TagLength..];
        if (key.Algorithm == CipherAlgorithm.ChaCha20Poly1305)
        {
            using var chacha = new ChaCha20Poly1305(key.Material);
            chacha.Decrypt(nonce, sealedText, tag, plain, at.ToBytes());
            return;
        }

        using var aes = new AesGcm(key.Material, TagLength);
        aes.Decrypt(nonce, sealedText, tag, plain, at.ToBytes());
    }
}
