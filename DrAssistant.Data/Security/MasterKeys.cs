using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DrAssistant.Data.Security;

/// <summary>
/// The keys that wrap the other keys, in a file of their own: who copies the database and the key ring still opens nothing.
/// Read when the ring is opened or changed, wiped when disposed. There are two only in the middle of an exchange.
/// </summary>
internal sealed class MasterKeys : IDisposable
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly List<Entry> _keys = [];

    public int Newest => _keys.Max(k => k.Id);

    public static MasterKeys Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new KeyRingException($"The file of Clinic:MasterKey, {path}, is missing. Restore it: without it nothing that is encrypted can be read.");
        }

        var content = File.ReadAllBytes(path);
        try
        {
            var keys = new MasterKeys();
            keys._keys.AddRange(JsonSerializer.Deserialize<Content>(content, KeyRingFile.Json)?.Keys ?? []);
            return keys._keys is [_, ..] && keys._keys.TrueForAll(k => k.Key.Length == KeyLength)
                ? keys
                : throw new KeyRingException($"The file of Clinic:MasterKey, {path}, holds no usable key. Restore it from a backup.");
        }
        catch (JsonException)
        {
            // The inner exception could quote the file.
            throw new KeyRingException($"The file of Clinic:MasterKey, {path}, cannot be read. Restore it from a backup.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static MasterKeys Create(DateTimeOffset now)
    {
        var keys = new MasterKeys();
        keys.Add(now);
        return keys;
    }

    public void Add(DateTimeOffset now)
        => _keys.Add(new Entry(_keys.Count == 0 ? 1 : Newest + 1, now, RandomNumberGenerator.GetBytes(KeyLength)));

    public void KeepNewest()
    {
        var newest = Newest;
        foreach (var old in _keys.Where(k => k.Id != newest))
        {
            CryptographicOperations.ZeroMemory(old.Key);
        }

        _keys.RemoveAll(k => k.Id != newest);
    }

    public void Save(string path)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new Content(_keys), KeyRingFile.Json);
        try
        {
            PrivateFile.Replace(path, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The label says what the key is for, so that a wrapped key put in another's place is refused.</summary>
    public byte[] Wrap(int masterKey, ReadOnlySpan<byte> material, string label)
    {
        var wrapped = new byte[NonceLength + material.Length + TagLength];
        var nonce = wrapped.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher(masterKey);
        aes.Encrypt(nonce, material, wrapped.AsSpan(NonceLength, material.Length), wrapped.AsSpan()[^TagLength..], Encoding.UTF8.GetBytes(label));
        return wrapped;
    }

    public byte[] Unwrap(int masterKey, ReadOnlySpan<byte> wrapped, string label)
    {
        if (wrapped.Length != NonceLength + KeyLength + TagLength)
        {
            throw new KeyRingException("A key in the file of Clinic:KeyRing has the wrong length. Restore the file from a backup.");
        }

        // Pinned: the collector must not leave copies of it behind when it tidies up.
        var material = GC.AllocateUninitializedArray<byte>(KeyLength, pinned: true);
        using var aes = Cipher(masterKey);
        try
        {
            aes.Decrypt(wrapped[..NonceLength], wrapped[NonceLength..^TagLength], wrapped[^TagLength..], material, Encoding.UTF8.GetBytes(label));
            return material;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new KeyRingException("The files of Clinic:KeyRing and Clinic:MasterKey do not belong together, or one was changed. Restore both as they were at one time.", e);
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            CryptographicOperations.ZeroMemory(key.Key);
        }
    }

    private AesGcm Cipher(int masterKey)
        => _keys.Find(k => k.Id == masterKey) is { } entry
            ? new AesGcm(entry.Key, TagLength)
            : throw new KeyRingException($"The file of Clinic:MasterKey has no key {masterKey}, with which the file of Clinic:KeyRing is wrapped. Restore both as they were at one time.");

    private sealed record Entry(int Id, DateTimeOffset Created, byte[] Key)
    {
        public override string ToString() => $"{nameof(MasterKeys)} {Id}";
    }

    private sealed record Content(IReadOnlyList<Entry> Keys);
}
