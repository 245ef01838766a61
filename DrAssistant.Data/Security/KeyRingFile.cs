using System.Text.Json;
using System.Text.Json.Serialization;

namespace DrAssistant.Data.Security;

/// <summary>The key ring as it lies on disk: every key wrapped by the master key with the number given.</summary>
internal sealed record KeyRingFile(int Version, int MasterKey, WrappedKey BlindIndex, IReadOnlyList<WrappedKey> Keys)
{
    private const int KnownVersion = 1;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static KeyRingFile Of(int masterKey, WrappedKey blindIndex, IReadOnlyList<WrappedKey> keys)
        => new(KnownVersion, masterKey, blindIndex, keys);

    public static KeyRingFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path), Json);
            return file is { Version: KnownVersion, BlindIndex.Wrapped: not null, Keys: [_, ..] }
                ? file
                : throw new KeyRingException($"The file of Clinic:KeyRing, {path}, is not a key ring of this version of the portal.");
        }
        catch (JsonException)
        {
            throw new KeyRingException($"The file of Clinic:KeyRing, {path}, cannot be read. Restore it from a backup.");
        }
    }

    public void Save(string path) => PrivateFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, Json));
}

/// <summary>One wrapped key; <see cref="Label"/> is bound to it, so keys cannot be exchanged for one another in the file.</summary>
internal sealed record WrappedKey(ushort Id, string Purpose, CipherAlgorithm Algorithm, DateTimeOffset Created, DataKeyState State, byte[] Wrapped)
{
    [JsonIgnore]
    public string Label => LabelOf(Id, Purpose, Algorithm);

    public static string LabelOf(ushort id, string purpose, CipherAlgorithm algorithm)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"keyring|{purpose}|{id}|{algorithm}");
}
