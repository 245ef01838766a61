namespace DrAssistant.Data.Security;

/// <summary>The second byte of every protected field. Numbers are never reused.</summary>
internal enum CipherAlgorithm : byte
{
    Aes256Gcm = 1,
    ChaCha20Poly1305 = 2,
}

internal enum DataKeyState
{
    /// <summary>Protects what is written now.</summary>
    Current,

    /// <summary>Still reads what was written with it, and protects nothing new.</summary>
    Retired,
}

/// <summary>One version of the key that protects fields. Its text is its number: keys end up in no log.</summary>
internal sealed class DataKey(ushort id, CipherAlgorithm algorithm, DateTimeOffset created, DataKeyState state, byte[] material)
{
    private readonly byte[] _material = material;

    public ushort Id { get; } = id;
    public CipherAlgorithm Algorithm { get; } = algorithm;
    public DateTimeOffset Created { get; } = created;
    public DataKeyState State { get; } = state;
    public ReadOnlySpan<byte> Material => _material;

    public override string ToString() => $"{nameof(DataKey)} {Id}";
}
