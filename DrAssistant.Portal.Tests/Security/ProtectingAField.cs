using System.Text;
using DrAssistant.Data.Security;
using FsCheck;
using FsCheck.Fluent;

namespace DrAssistant.Portal.Tests.Security;

public sealed class ProtectingAField : IDisposable
{
    private const string Plain = "+91 98450 12345";
    private static readonly FieldAddress Phone = new("patients", "phone", Guid.CreateVersion7());

    private readonly Keys _keys = new();
    private readonly PhiCipher _cipher;

    public ProtectingAField() => _cipher = _keys.Cipher;

    [Fact]
    public void gives_back_any_text() => Prop
        .ForAll<NonNull<string>>(text => _cipher.Reveal(Phone, _cipher.Protect(Phone, text.Get)) == WellFormed(text.Get))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("लक्ष्मी देवी")]
    [InlineData("👩‍⚕️ line one\nline two")]
    public void gives_back_texts_of_every_kind(string text)
        => Assert.Equal(text, _cipher.Reveal(Phone, _cipher.Protect(Phone, text)));

    [Fact]
    public void leaves_nothing_as_nothing()
    {
        Assert.Null(_cipher.Protect(Phone, null));
        Assert.Null(_cipher.Reveal(Phone, (byte[]?)null));
    }

    [Fact]
    public void has_the_layout_that_later_versions_must_read()
    {
        var field = _cipher.Protect(Phone, Plain)!;

        Assert.Equal([0x01, 0x01, 0x00, 0x01], field[..4]);
        Assert.Equal(4 + 12 + Plain.Length + 16, field.Length);
        Assert.DoesNotContain(Plain, Encoding.Latin1.GetString(field), StringComparison.Ordinal);
    }

    [Fact]
    public void refuses_every_flipped_bit()
    {
        var field = _cipher.Protect(Phone, Plain)!;
        for (var bit = 0; bit < field.Length * 8; bit++)
        {
            var damaged = field.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(Phone, damaged));
        }
    }

    [Fact]
    public void refuses_every_cut_and_an_added_byte()
    {
        var field = _cipher.Protect(Phone, Plain)!;
        for (var length = 0; length < field.Length; length++)
        {
            var cut = field[..length];
            Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(Phone, cut));
        }

        Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(Phone, [.. field, 0]));
    }

    [Fact]
    public void refuses_a_text_that_was_moved()
    {
        var field = _cipher.Protect(Phone, Plain)!;

        Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(new("patients", "phone", Guid.CreateVersion7()), field));
        Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(new("patients", "email", Phone.Row), field));
        Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(new("users", "phone", Phone.Row), field));
    }

    [Fact]
    public void two_places_never_read_the_same()
        => Assert.Throws<ArgumentException>(() => new FieldAddress("patients|phone", "x", Guid.Empty));

    [Fact]
    public void says_where_and_why_and_never_what()
    {
        var field = _cipher.Protect(Phone, Plain)!;
        field[^1] ^= 1;

        var refused = Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(Phone, field));

        Assert.Equal(UnreadableReason.Tampered, refused.Reason);
        Assert.Contains(Phone.Row.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("98450", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void names_a_key_that_is_gone()
    {
        using var others = new Keys();
        others.Ring.Rotate();
        var field = others.Cipher.Protect(Phone, Plain)!;

        var refused = Assert.Throws<UnreadableFieldException>(() => _cipher.Reveal(Phone, field));

        Assert.Equal(UnreadableReason.KeyMissing, refused.Reason);
    }

    [Fact]
    public void never_uses_a_nonce_twice()
    {
        const int Times = 100_000;
        var nonces = new HashSet<string>(Times, StringComparer.Ordinal);
        for (var time = 0; time < Times; time++)
        {
            Assert.True(nonces.Add(Convert.ToHexString(_cipher.Protect(Phone, "x")!, 4, 12)));
        }
    }

    [Fact]
    public void serves_many_at_once() => Parallel.For(0, 2_000, number =>
    {
        var at = new FieldAddress("patients", "phone", Guid.CreateVersion7());
        var text = $"{Plain} {number}";
        Assert.Equal(text, _cipher.Reveal(at, _cipher.Protect(at, text)));
    });

    public void Dispose() => _keys.Dispose();

    // Half a surrogate pair is no text; it is kept as the replacement character.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
