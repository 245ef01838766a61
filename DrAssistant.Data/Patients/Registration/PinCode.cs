using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>A PIN code of India Post: six digits, the first of them no nought.</summary>
public sealed record PinCode
{
    private const int Length = 6;

    private PinCode(string text) => Text = text;

    public string Text { get; }

    /// <summary>The state that its first digits name, where they name one.</summary>
    public IndianState? State => IndianState.OfPin(Text);

    public static Result<PinCode> Parse(string? typed, string? field = null)
    {
        var digits = new List<char>(Length);
        foreach (var c in (typed ?? "").Where(c => !char.IsWhiteSpace(c)))
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(c) is not (>= 0 and var digit))
            {
                return Refusal.Invalid("A PIN code has digits only, such as 560038.", field);
            }

            digits.Add((char)('0' + digit));
        }

        return digits is not { Count: Length } ? Refusal.Invalid("A PIN code has 6 digits.", field)
            : digits[0] == '0' ? Refusal.Invalid("A PIN code does not begin with 0.", field)
            : new PinCode(string.Concat(digits));
    }

    public override string ToString() => nameof(PinCode);
}
