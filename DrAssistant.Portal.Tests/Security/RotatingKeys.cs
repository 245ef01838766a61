using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Tests.Security;

public sealed class RotatingKeys : IDisposable
{
    private static readonly FieldAddress Phone = new("patients", "phone", Guid.CreateVersion7());

    private readonly Keys _keys = new();

    [Fact]
    public void keeps_the_old_text_readable_and_writes_with_the_new_key()
    {
        var old = _keys.Cipher.Protect(Phone, "before")!;

        var added = _keys.Ring.Rotate();
        var written = _keys.Cipher.Protect(Phone, "after")!;

        Assert.Equal(2, added.Id);
        Assert.Equal("before", _keys.Cipher.Reveal(Phone, old));
        Assert.Equal("after", _keys.Cipher.Reveal(Phone, written));
        Assert.Equal([0x00, 0x01], old[2..4]);
        Assert.Equal([0x00, 0x02], written[2..4]);
        Assert.True(_keys.Cipher.IsOutdated(old));
        Assert.False(_keys.Cipher.IsOutdated(written));
        Assert.Equal([DataKeyState.Retired, DataKeyState.Current], _keys.Ring.Keys.Select(k => k.State));
    }

    [Fact]
    public void may_change_the_algorithm()
    {
        var old = _keys.Cipher.Protect(Phone, "before")!;

        _keys.Ring.Rotate(CipherAlgorithm.ChaCha20Poly1305);
        var written = _keys.Cipher.Protect(Phone, "after")!;

        Assert.Equal((byte)CipherAlgorithm.ChaCha20Poly1305, written[1]);
        Assert.Equal("before", _keys.Cipher.Reveal(Phone, old));
        Assert.Equal("after", _keys.Cipher.Reveal(Phone, written));

        written[^1] ^= 1;
        Assert.Throws<UnreadableFieldException>(() => _keys.Cipher.Reveal(Phone, written));
    }

    [Fact]
    public void reaches_a_process_that_runs_already()
    {
        var running = new PhiCipher(_keys.Open());

        _keys.Ring.Rotate();
        var written = _keys.Cipher.Protect(Phone, "after")!;

        Assert.Equal("after", running.Reveal(Phone, written));
    }

    [Fact]
    public void never_changes_the_blind_index()
    {
        var before = new BlindIndex(_keys.Ring).Of(BlindIndexPurpose.Phone, "+919845012345");

        _keys.Ring.Rotate();
        _keys.Ring.RotateMasterKey();

        Assert.Equal(before, new BlindIndex(_keys.Open()).Of(BlindIndexPurpose.Phone, "+919845012345"));
    }

    [Fact]
    public void exchanges_the_master_key_without_touching_a_text()
    {
        var text = _keys.Cipher.Protect(Phone, "before")!;
        var oldMaster = File.ReadAllBytes(_keys.MasterPath);

        _keys.Ring.RotateMasterKey();

        Assert.Equal("before", new PhiCipher(_keys.Open()).Reveal(Phone, text));
        File.WriteAllBytes(_keys.MasterPath, oldMaster);
        Assert.Throws<KeyRingException>(_keys.Open);
    }

    [Fact]
    public void survives_a_crash_between_the_two_files()
    {
        var text = _keys.Cipher.Protect(Phone, "before")!;
        var oldRing = File.ReadAllBytes(_keys.RingPath);
        using (var master = MasterKeys.Read(_keys.MasterPath))
        {
            master.Add(TimeProvider.System.GetUtcNow());
            master.Save(_keys.MasterPath);
        }

        Assert.Equal(oldRing, File.ReadAllBytes(_keys.RingPath));
        Assert.Equal("before", new PhiCipher(_keys.Open()).Reveal(Phone, text));
        _keys.Ring.RotateMasterKey();
        Assert.Equal("before", new PhiCipher(_keys.Open()).Reveal(Phone, text));
    }

    public void Dispose() => _keys.Dispose();
}
