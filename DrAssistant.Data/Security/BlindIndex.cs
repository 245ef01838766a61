using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace DrAssistant.Data.Security;

/// <summary>What a blind index is of. Each has a key of its own: equal digits in two columns do not show as equal.</summary>
internal enum BlindIndexPurpose
{
    Phone,
    PhoneLastDigits,
    Email,
    AbhaNumber,
    AbhaAddress,

    /// <summary>A resource of another system: whether it is still the one that was imported.</summary>
    ImportedResource,

    /// <summary>A copy of a session outside PostgreSQL: whether the portal itself wrote it.</summary>
    SessionCopy,

    /// <summary>A word stem in the search index.</summary>
    SearchTerm,
}

/// <summary>
/// Finds a protected value by equality without reading it: a keyed hash, cut short so that it tells less than it could.
/// Who holds the database alone learns which rows have the same value, and not the value.
/// </summary>
internal sealed class BlindIndex(KeyRing ring)
{
    private const int Length = 16;
    private const int KeyLength = 32;

    private readonly FrozenDictionary<BlindIndexPurpose, byte[]> _keys
        = Enum.GetValues<BlindIndexPurpose>().ToFrozenDictionary(purpose => purpose, purpose => KeyFor(ring, purpose));

    /// <summary>The value comes normalised, the same on writing and on searching: digits only, lower case, no spaces.</summary>
    public byte[] Of(BlindIndexPurpose purpose, string normalised)
    {
        // An empty value would tie together everybody who has none.
        ArgumentException.ThrowIfNullOrWhiteSpace(normalised);
        var plain = Encoding.UTF8.GetBytes(normalised);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_keys[purpose], plain, hash);
        CryptographicOperations.ZeroMemory(plain);
        return hash[..Length].ToArray();
    }

    private static byte[] KeyFor(KeyRing ring, BlindIndexPurpose purpose)
    {
        var key = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.BlindIndexKey, key, salt: [], info: Encoding.UTF8.GetBytes(Label(purpose)));
        return key;
    }

    // Never to be changed: the stored indexes depend on them.
    private static string Label(BlindIndexPurpose purpose) => purpose switch
    {
        BlindIndexPurpose.Phone => "blind-index|phone",
        BlindIndexPurpose.PhoneLastDigits => "blind-index|phone-last-digits",
        BlindIndexPurpose.Email => "blind-index|e-mail",
        BlindIndexPurpose.AbhaNumber => "blind-index|abha-number",
        BlindIndexPurpose.AbhaAddress => "blind-index|abha-address",
        BlindIndexPurpose.ImportedResource => "blind-index|imported-resource",
        BlindIndexPurpose.SessionCopy => "blind-index|session-copy",
        BlindIndexPurpose.SearchTerm => "blind-index|search-term",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
