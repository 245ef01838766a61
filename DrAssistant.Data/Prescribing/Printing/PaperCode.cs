using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>
/// The code on a printed prescription, 7K3M-92QD-HX4T: the first 55 bits of the seal under what was signed, in Crockford's base 32 (no I, L, O, U), and a check letter
/// (Luhn's, for 32 signs) that finds every mistyped letter and nearly every exchange of two neighbours. It cannot be guessed, and nobody without the practice's key can make one.
/// </summary>
internal static class PaperCode
{
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Bits = 5;
    private const int Length = 12;
    private const int Group = 4;
    private const int SealDigits = 14;
    private const int SealAt = 18;

    /// <summary>As many digits of the seal are in the index by which a code is found.</summary>
    public const int IndexedDigits = 13;

    /// <summary>Of a signature as it is kept, key and seal; null where it is none.</summary>
    public static string? Of(string? signature)
        => signature is { } text && text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && text.Length >= colon + 1 + SealDigits
            && ulong.TryParse(text.AsSpan(colon + 1, SealDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? Printed(bits >> 1)
            : null;

    /// <summary>Of the long code under which <c>IPrescriptionVerification</c> knows a signature: key, id, beginning of the seal.</summary>
    public static string? OfLong(string code)
        => Base64Url.IsValid(code) && Base64Url.DecodeFromChars(code) is { Length: >= SealAt + sizeof(ulong) } bytes
            ? Printed(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(SealAt)) >> 9)
            : null;

    /// <summary>The code as it is printed; null where the check letter says that it is none.</summary>
    public static string? Parse(string? typed)
    {
        var plain = new string([.. (typed ?? "").Take(Length * 4).Where(c => c is not ('-' or ' ')).Select(Meant)]);
        return plain.Length == Length && plain.All(c => Signs.Contains(c, StringComparison.Ordinal)) && CheckOf(plain[..^1]) == plain[^1] ? Grouped(plain) : null;
    }

    /// <summary>What the seal of such a prescription begins with, as far as it is indexed.</summary>
    public static string SealStart(string code)
    {
        var bits = code.Where(c => c is not '-').Take(Length - 1).Aggregate(0UL, (sum, sign) => (sum << Bits) | (uint)Signs.IndexOf(sign, StringComparison.Ordinal));
        return (bits << 1).ToString("x14", CultureInfo.InvariantCulture)[..IndexedDigits];
    }

    private static string Printed(ulong bits)
    {
        Span<char> signs = stackalloc char[Length - 1];
        for (var i = signs.Length - 1; i >= 0; i--, bits >>= Bits)
        {
            signs[i] = Signs[(int)(bits & 31)];
        }

        var plain = new string(signs);
        return Grouped(plain + CheckOf(plain));
    }

    private static string Grouped(string plain) => string.Join('-', plain.Chunk(Group).Select(signs => new string(signs)));

    private static char CheckOf(string plain)
    {
        var sum = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var value = Signs.IndexOf(plain[^(i + 1)], StringComparison.Ordinal) * (i % 2 == 0 ? 2 : 1);
            sum += (value / Signs.Length) + (value % Signs.Length);
        }

        return Signs[(Signs.Length - (sum % Signs.Length)) % Signs.Length];
    }

    private static char Meant(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var sign => sign,
    };
}
