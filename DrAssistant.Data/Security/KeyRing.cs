using System.Collections.Frozen;
using System.Security.Cryptography;

namespace DrAssistant.Data.Security;

/// <summary>
/// The keys of the practice, in a file outside the database. New text is protected with the newest key; older keys stay, to read
/// what was written with them. One instance serves everybody at once, and notices when another process has added a key.
/// </summary>
internal sealed class KeyRing
{
    private const string FieldPurpose = "field";
    private const string BlindIndexPurpose = "blind-index";
    private const int KeyLength = 32;

    private readonly string _ringPath;
    private readonly string _masterPath;
    private readonly TimeProvider _time;
    private readonly Lock _loading = new();
    private volatile Loaded _ring;

    private KeyRing(string ringPath, string masterPath, TimeProvider time)
    {
        (_ringPath, _masterPath, _time) = (ringPath, masterPath, time);
        _ring = Load();
    }

    /// <summary>What is protected now is protected with this one.</summary>
    public DataKey Newest => _ring.Newest;

    /// <summary>Every key there is, oldest first: the crypto inventory (ASVS 11.1.2).</summary>
    public IReadOnlyList<DataKey> Keys => _ring.InOrder;

    /// <summary>Stays the same for the life of the practice: a new one would make every stored blind index meaningless.</summary>
    public ReadOnlySpan<byte> BlindIndexKey => _ring.BlindIndexKey;

    /// <summary>Opens the ring, and makes it when there is none. Two processes that start together get the same one.</summary>
    public static KeyRing Open(string ringPath, string masterPath, TimeProvider time)
    {
        if (!File.Exists(ringPath))
        {
            using (PrivateFile.Lock(ringPath))
            {
                if (!File.Exists(ringPath))
                {
                    Create(ringPath, masterPath, time.GetUtcNow());
                }
            }
        }

        return new KeyRing(ringPath, masterPath, time);
    }

    public DataKey? Find(ushort id) => _ring.Find(id) ?? ReloadIfChanged().Find(id);

    /// <summary>Adds a key for what is written from now on, and retires the ones before it.</summary>
    public DataKey Rotate(CipherAlgorithm algorithm = CipherAlgorithm.Aes256Gcm)
    {
        using (PrivateFile.Lock(_ringPath))
        {
            using var master = MasterKeys.Read(_masterPath);
            var file = KeyRingFile.Read(_ringPath);
            var id = checked((ushort)(file.Keys.Max(k => k.Id) + 1));
            var added = NewKey(master, file.MasterKey, id, FieldPurpose, algorithm, _time.GetUtcNow());
            var retired = file.Keys.Select(k => k with { State = DataKeyState.Retired });
            (file with { Keys = [.. retired, added] }).Save(_ringPath);
        }

        lock (_loading)
        {
            _ring = Load();
            return _ring.Newest;
        }
    }

    /// <summary>Wraps the same keys with a new master key: quick whatever the amount of data, which is not touched.</summary>
    public void RotateMasterKey()
    {
        using (PrivateFile.Lock(_ringPath))
        {
            using var master = MasterKeys.Read(_masterPath);
            var file = KeyRingFile.Read(_ringPath);
            master.Add(_time.GetUtcNow());

            // In this order a crash at any point leaves a ring whose master key is there.
            master.Save(_masterPath);
            var rewrapped = KeyRingFile.Of(
                master.Newest,
                Rewrap(master, file.MasterKey, file.BlindIndex),
                [.. file.Keys.Select(k => Rewrap(master, file.MasterKey, k))]);
            rewrapped.Save(_ringPath);
            master.KeepNewest();
            master.Save(_masterPath);
        }
    }

    private static void Create(string ringPath, string masterPath, DateTimeOffset now)
    {
        using (PrivateFile.Lock(masterPath))
        {
            // A master key that is already there was put there on purpose, such as from a secret of the deployment.
            if (!File.Exists(masterPath))
            {
                using var created = MasterKeys.Create(now);
                created.Save(masterPath);
            }
        }

        using var master = MasterKeys.Read(masterPath);
        var blindIndex = NewKey(master, master.Newest, 0, BlindIndexPurpose, CipherAlgorithm.Aes256Gcm, now);
        var first = NewKey(master, master.Newest, 1, FieldPurpose, CipherAlgorithm.Aes256Gcm, now);
        KeyRingFile.Of(master.Newest, blindIndex, [first]).Save(ringPath);
    }

    private static WrappedKey NewKey(MasterKeys master, int masterKey, ushort id, string purpose, CipherAlgorithm algorithm, DateTimeOffset now)
    {
        var material = RandomNumberGenerator.GetBytes(KeyLength);
        var wrapped = master.Wrap(masterKey, material, WrappedKey.LabelOf(id, purpose, algorithm));
        CryptographicOperations.ZeroMemory(material);
        return new WrappedKey(id, purpose, algorithm, now, DataKeyState.Current, wrapped);
    }

    private static WrappedKey Rewrap(MasterKeys master, int oldMasterKey, WrappedKey key)
    {
        var material = master.Unwrap(oldMasterKey, key.Wrapped, key.Label);
        var wrapped = master.Wrap(master.Newest, material, key.Label);
        CryptographicOperations.ZeroMemory(material);
        return key with { Wrapped = wrapped };
    }

    private Loaded ReloadIfChanged()
    {
        lock (_loading)
        {
            // Damaged text names keys that never were; the file is read again only if somebody has written it.
            if (File.GetLastWriteTimeUtc(_ringPath) != _ring.Written)
            {
                _ring = Load();
            }

            return _ring;
        }
    }

    private Loaded Load()
    {
        using (PrivateFile.Lock(_ringPath))
        {
            var written = File.GetLastWriteTimeUtc(_ringPath);
            using var master = MasterKeys.Read(_masterPath);
            var file = KeyRingFile.Read(_ringPath);
            var keys = file.Keys.OrderBy(k => k.Id)
                .Select(k => new DataKey(k.Id, k.Algorithm, k.Created, k.State, master.Unwrap(file.MasterKey, k.Wrapped, k.Label)))
                .ToArray();
            return new Loaded(keys, master.Unwrap(file.MasterKey, file.BlindIndex.Wrapped, file.BlindIndex.Label), written);
        }
    }

    private sealed class Loaded(DataKey[] keys, byte[] blindIndexKey, DateTime written)
    {
        private readonly FrozenDictionary<ushort, DataKey> _byId = keys.ToFrozenDictionary(k => k.Id);

        public IReadOnlyList<DataKey> InOrder { get; } = keys;
        public DataKey Newest { get; } = keys.Last(k => k.State == DataKeyState.Current);
        public byte[] BlindIndexKey { get; } = blindIndexKey;
        public DateTime Written { get; } = written;

        public DataKey? Find(ushort id) => _byId.GetValueOrDefault(id);
    }
}
