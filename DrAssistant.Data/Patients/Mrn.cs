using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DrAssistant.Data.Patients;

/// <summary>
/// The practice's own number of a patient: prefix and year, running number, check digit, as in <c>SC26-005120-3</c>.
/// The check digit is Damm's, over the eight digits of year and running number: it finds every single wrong digit and every
/// exchange of two neighbours, the two mistakes that people make (Luhn's misses the exchange of 0 and 9).
/// </summary>
public sealed record Mrn
{
    private const int DigitCount = 9;
    private const int MaxRunning = 999_999;
    private const int MaxPrefix = 4;

    // H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004: a table of order 10 in which no neighbours commute.
    private static readonly byte[][] Damm =
    [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];

    private Mrn(string text) => Text = text;

    /// <summary>As it is stored, shown and printed.</summary>
    public string Text { get; }

    /// <summary>The number for the patient who is registered as the running-th of a year.</summary>
    public static Mrn Issue(string prefix, int year, int running)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(running, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(running, MaxRunning);
        if (!IsPrefix(prefix))
        {
            throw new ArgumentException("A prefix is one to four capital letters.", nameof(prefix));
        }

        var digits = string.Create(CultureInfo.InvariantCulture, $"{year % 100:00}{running:000000}");
        return Shown(prefix, digits + CheckDigit(digits));
    }

    /// <summary>Reads what people type or scan: any case, with or without spaces and dashes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? typed, [NotNullWhen(true)] out Mrn? mrn)
    {
        mrn = null;
        var packed = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation))
            .ToUpperInvariant();
        if (packed.Length is <= DigitCount or > DigitCount + MaxPrefix)
        {
            return false;
        }

        var (prefix, digits) = (packed[..^DigitCount], packed[^DigitCount..]);
        if (!IsPrefix(prefix) || !digits.All(char.IsAsciiDigit) || Checksum(digits) != 0)
        {
            return false;
        }

        mrn = Shown(prefix, digits);
        return true;
    }

    public override string ToString() => Text;

    private static Mrn Shown(string prefix, string digits) => new($"{prefix}{digits[..2]}-{digits[2..8]}-{digits[8..]}");

    private static bool IsPrefix(string prefix) => prefix.Length is > 0 and <= MaxPrefix && prefix.All(char.IsAsciiLetterUpper);

    private static string CheckDigit(string digits) => Checksum(digits).ToString(CultureInfo.InvariantCulture);

    // The digit that brings the sum to nought is the sum itself: the table's diagonal is nought.
    private static byte Checksum(string digits) => digits.Aggregate((byte)0, (sum, digit) => Damm[sum][digit - '0']);
}
