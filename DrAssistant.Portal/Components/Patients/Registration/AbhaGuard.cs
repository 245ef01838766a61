using System.Globalization;

namespace DrAssistant.Portal.Components.Patients.Registration;

/// <summary>Tells an Aadhaar number from an ABHA; the browser does the same before anything is sent (js/registration.js).</summary>
internal static class AbhaGuard
{
    private const int AadhaarLength = 12;

    public const string Refused = "12 digits is an Aadhaar number. It is not used or stored here. An ABHA number has 14 digits.";

    public static bool HoldsAadhaar(string typed)
    {
        var beforeAt = typed.Split('@')[0];
        return beforeAt.Count(c => CharUnicodeInfo.GetDecimalDigitValue(c) >= 0) == AadhaarLength && !beforeAt.Any(char.IsLetter);
    }

    public static string? Shown(string typed) => Data.Patients.AbhaNumber.Parse(typed).Value?.Shown;
}
