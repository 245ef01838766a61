using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients;

/// <summary>
/// A patient's Ayushman Bharat Health Account number: 14 digits. Its text is masked, so that it reaches no screen or log whole
/// by accident; <see cref="Shown"/> is for those who asked to see it.
/// </summary>
public sealed record AbhaNumber
{
    private const int Length = 14;
    private const int AadhaarLength = 12;

    private AbhaNumber(string digits) => Digits = digits;

    /// <summary>As it is stored.</summary>
    public string Digits { get; }

    /// <summary><c>43-4221-5105-6749</c></summary>
    public string Shown => $"{Digits[..2]}-{Digits[2..6]}-{Digits[6..10]}-{Digits[10..]}";

    /// <summary><c>XX-XXXX-XXXX-6749</c></summary>
    public string Masked => $"XX-XXXX-XXXX-{Digits[10..]}";

    /// <summary>
    /// What the person at the desk should look at again, if anything. The National Health Authority publishes no check digit; the
    /// numbers in its papers pass Luhn's, and it asks integrators to be no stricter than the platform: so this warns and never refuses.
    /// </summary>
    public string? Warning => PassesLuhn(Digits)
        ? null
        : "The check digit of this ABHA number does not fit. Compare it with the patient's card.";

    public static Result<AbhaNumber> Parse(string? typed, string? field = null)
    {
        var digits = new List<char>(Length);
        foreach (var c in typed ?? "")
        {
            // Keyboards of Indian scripts type digits of their own.
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            {
                digits.Add((char)('0' + digit));
            }
            else if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation)
            {
                return Refusal.Invalid("An ABHA number has digits only. Enter its 14 digits.", field);
            }
        }

        // Aadhaar Act 2016, s. 29: a practice has no ground to keep an Aadhaar number, so it must not even come back in the message.
        return digits.Count switch
        {
            Length => new AbhaNumber(string.Concat(digits)),
            0 => Refusal.Invalid("Enter the 14 digits of the ABHA number.", field),
            AadhaarLength => Refusal.Invalid(
                "That is a 12-digit Aadhaar number. It was not stored. Enter the 14-digit ABHA number, or leave this empty.", field),
            var count => Refusal.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"An ABHA number has 14 digits, and this has {count}. Check it against the card."), field),
        };
    }

    public override string ToString() => Masked;

    // From the right, every second digit doubled, the check digit counted in.
    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[digits.Length - 1 - place] - '0';
            var counted = place % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }
}
