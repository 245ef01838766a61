using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients;

/// <summary>
/// A telephone number, kept as E.164 and shown as it is said in India. Ten digits, with or without a nought or +91 before them and
/// whatever stands between, are an Indian number; another country's begins with a plus sign.
/// </summary>
public sealed record PhoneNumber
{
    private const string India = "+91";
    private const int IndianLength = 10;
    private const int Shortest = 8;
    private const int Longest = 15;

    private PhoneNumber(string text) => Text = text;

    /// <summary>E.164: a plus sign and digits.</summary>
    public string Text { get; }

    /// <summary><c>+91 98450 11827</c></summary>
    public string Shown => Text.StartsWith(India, StringComparison.Ordinal) && Text.Length == India.Length + IndianLength
        ? $"{India} {Text[3..8]} {Text[8..]}"
        : Text;

    /// <summary>What to look at again, if anything: mobile numbers of India begin with 6 to 9 (National Numbering Plan 2003).</summary>
    public string? Warning => Text.StartsWith(India, StringComparison.Ordinal) && Text.Length == India.Length + IndianLength && Text[3] < '6'
        ? "A mobile number of India begins with 6, 7, 8 or 9. Check it if messages are to arrive."
        : null;

    public static Result<PhoneNumber> Parse(string? typed, string? field = null)
    {
        var (digits, international, fault) = Read(typed ?? "");
        if (fault)
        {
            return Refusal.Invalid("A phone number has digits only, such as 98450 11827.", field);
        }

        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            (digits, international) = (digits[2..], true);
        }

        if (Indian(digits, international) is { } number)
        {
            return number.Length == IndianLength && number[0] is >= '2' and <= '9'
                ? new PhoneNumber(India + number)
                : Refusal.Invalid(
                    string.Create(CultureInfo.InvariantCulture, $"A phone number of India has 10 digits, and this has {number.Length}. Check it with the patient."), field);
        }

        return digits.Length is >= Shortest and <= Longest && digits[0] != '0'
            ? new PhoneNumber($"+{digits}")
            : Refusal.Invalid("A number of another country has 8 to 15 digits after the plus sign.", field);
    }

    /// <summary>A kept number as it is shown; one that an import brought in another form stands as it is.</summary>
    public static string? Show(string? kept) => kept is null ? null : Parse(kept) is { Succeeded: true } number ? number.Value!.Shown : kept;

    /// <summary>It identifies a person, so it is not for logs.</summary>
    public override string ToString() => nameof(PhoneNumber);

    /// <summary>The digits after the country's, or null where the number is another country's.</summary>
    private static string? Indian(string digits, bool international)
    {
        if (international)
        {
            return digits.StartsWith("91", StringComparison.Ordinal) ? digits[2..] : null;
        }

        return digits.Length == IndianLength + 2 && digits.StartsWith("91", StringComparison.Ordinal) ? digits[2..] : digits.TrimStart('0');
    }

    private static (string Digits, bool International, bool Fault) Read(string typed)
    {
        var digits = new List<char>(Longest);
        var international = false;
        foreach (var c in typed.Trim())
        {
            // Keyboards of Indian scripts type digits of their own.
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit)
            {
                digits.Add((char)('0' + digit));
            }
            else if (c == '+' && digits.Count == 0 && !international)
            {
                international = true;
            }
            else if (!char.IsWhiteSpace(c) && c is not ('(' or ')' or '.' or '/') && char.GetUnicodeCategory(c) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format))
            {
                return ("", false, true);
            }
        }

        return (string.Concat(digits), international, digits.Count == 0);
    }
}
