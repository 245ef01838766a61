using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>
/// How one object is sealed: a head, then chunks of AES-256-GCM, so that a part can be read without the rest.
/// <c>"DAO1" | key (2) | reserved (1) | length of type (1) | salt (32) | type | chunks of 64 KiB and a tag of 16</c>.
/// The key of the object is derived from the data key and the salt; a nonce is the chunk's number and whether it is the last one, so chunks can be neither exchanged,
/// left out, nor cut off at the end. The head and the object's own key in the store are authenticated with every chunk: an object put under another key is refused.
/// </summary>
internal sealed class ObjectSeal : IDisposable
{
    public const int ChunkLength = 64 * 1024;
    public const int LongestType = 100;
    public const int LongestHead = FixedHead + LongestType;
    public const int TagLength = 16;

    private const int FixedHead = 40;
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int KeyIdAt = 4;
    private const int TypeLengthAt = 7;
    private const int SaltAt = 8;
    private static readonly byte[] Magic = "DAO1"u8.ToArray();
    private static readonly byte[] Purpose = "dr-assistant/object/1"u8.ToArray();

    private readonly AesGcm _cipher;
    private readonly byte[] _bound;

    private ObjectSeal(DataKey key, string objectKey, byte[] head)
    {
        Head = head;
        _bound = [.. head, .. Encoding.UTF8.GetBytes(objectKey)];
        Span<byte> derived = stackalloc byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Material, derived, head.AsSpan(SaltAt, KeyLength), Purpose);
        _cipher = new AesGcm(derived, TagLength);
        CryptographicOperations.ZeroMemory(derived);
    }

    public byte[] Head { get; }

    public string ContentType => Encoding.ASCII.GetString(Head.AsSpan(FixedHead));

    public static ObjectSeal New(KeyRing ring, string objectKey, string contentType)
    {
        if (contentType.Length is 0 or > LongestType || !Ascii.IsValid(contentType))
        {
            throw new ArgumentException("A content type is up to 100 letters of ASCII.", nameof(contentType));
        }

        var key = ring.Newest;
        var head = new byte[FixedHead + contentType.Length];
        Magic.CopyTo(head, 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(KeyIdAt), key.Id);
        head[TypeLengthAt] = (byte)contentType.Length;
        RandomNumberGenerator.Fill(head.AsSpan(SaltAt, KeyLength));
        Encoding.ASCII.GetBytes(contentType, head.AsSpan(FixedHead));
        return new ObjectSeal(key, objectKey, head);
    }

    /// <summary>The seal of an object that begins like <paramref name="start"/>; null where that is none, or its key is gone.</summary>
    public static ObjectSeal? Of(KeyRing ring, string objectKey, ReadOnlySpan<byte> start)
    {
        if (start.Length < FixedHead || !start.StartsWith(Magic) || start.Length < FixedHead + start[TypeLengthAt])
        {
            return null;
        }

        var key = ring.Find(BinaryPrimitives.ReadUInt16BigEndian(start[KeyIdAt..]));
        return key is null ? null : new ObjectSeal(key, objectKey, start[..(FixedHead + start[TypeLengthAt])].ToArray());
    }

    /// <summary>Where the content lies in a sealed object of this length; null where it cannot be one.</summary>
    public ObjectShape? Shape(long sealedLength)
    {
        var body = sealedLength - Head.Length;
        var (whole, rest) = Math.DivRem(body, ChunkLength + TagLength);
        return body < TagLength || rest is > 0 and < TagLength ? null
            : new ObjectShape(Head.Length, rest > 0 ? whole + 1 : whole, body - ((rest > 0 ? whole + 1 : whole) * TagLength));
    }

    public void SealChunk(long number, bool isLast, ReadOnlySpan<byte> plain, Span<byte> sealedChunk)
        => _cipher.Encrypt(Nonce(number, isLast), plain, sealedChunk[..plain.Length], sealedChunk.Slice(plain.Length, TagLength), _bound);

    /// <summary>The content of a chunk.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It is not what was sealed at this place.</exception>
    public void OpenChunk(long number, bool isLast, ReadOnlySpan<byte> sealedChunk, Span<byte> plain)
        => _cipher.Decrypt(Nonce(number, isLast), sealedChunk[..^TagLength], sealedChunk[^TagLength..], plain, _bound);

    public void Dispose() => _cipher.Dispose();

    private static byte[] Nonce(long number, bool isLast)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }
}

/// <summary>Where content lies in a sealed object.</summary>
/// <param name="Head">Length of the head.</param>
/// <param name="Chunks">At least one; the last may be empty.</param>
/// <param name="Length">Of the content.</param>
internal sealed record ObjectShape(int Head, long Chunks, long Length)
{
    private const int SealedChunk = ObjectSeal.ChunkLength + ObjectSeal.TagLength;

    public long At(long chunk) => Head + (chunk * SealedChunk);

    public int PlainLengthOf(long chunk) => (int)Math.Min(ObjectSeal.ChunkLength, Length - (chunk * ObjectSeal.ChunkLength));
}
