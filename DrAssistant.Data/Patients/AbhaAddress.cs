using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients;

/// <summary>
/// A patient's chosen ABHA address, such as <c>name@abdm</c> (<c>@sbx</c> in the sandbox). Published rules disagree on the length
/// of the name (from 4 here, 8 to 18 there): from 4 is accepted, and an unusual one warned about.
/// </summary>
public sealed record AbhaAddress
{
    private const int ShortestName = 4;
    private const int LongestName = 50;
    private const int UsualShortest = 8;
    private const int UsualLongest = 18;
    private const int AbhaNumberLength = 14;
    private const int AadhaarLength = 12;

    private AbhaAddress(string name, string domain) => (Name, Domain) = (name, domain);

    public string Name { get; }
    public string Domain { get; }

    /// <summary>As it is stored and shown: lower case, since the platform tells no cases apart.</summary>
    public string Text => $"{Name}@{Domain}";

    public string? Warning => IsNumber(Name) || Name.Length is >= UsualShortest and <= UsualLongest
        ? null
        : "An ABHA address usually has 8 to 18 characters before the @. Check it with the patient.";

    public static Result<AbhaAddress> Parse(string? typed, string? field = null)
    {
        if ((typed ?? "").Trim().ToLowerInvariant().Split('@') is not [var name, ("abdm" or "sbx") and var domain])
        {
            return Refusal.Invalid("An ABHA address ends in @abdm, such as name@abdm.", field);
        }

        // Everybody with an ABHA number has the address <number>@abdm, whatever else the rules say of a name.
        if (IsNumber(name) && domain == "abdm")
        {
            return new AbhaAddress(name, domain);
        }

        return Fault(name) is { } fault ? Refusal.Invalid(fault, field) : new AbhaAddress(name, domain);
    }

    /// <summary>It may be the ABHA number itself, so it does not show by accident.</summary>
    public override string ToString() => nameof(AbhaAddress);

    private static string? Fault(string name)
    {
        if (name.Length == AadhaarLength && name.All(char.IsAsciiDigit))
        {
            return "The part before the @ is a 12-digit Aadhaar number. It was not stored. Enter the patient's ABHA address.";
        }

        if (name.Length is < ShortestName or > LongestName)
        {
            return "An ABHA address has at least 4 characters before the @.";
        }

        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
        {
            return "An ABHA address has only letters, digits, underscores and points before the @.";
        }

        if (char.IsAsciiDigit(name[0]) || name[0] == '.')
        {
            return "An ABHA address begins with a letter.";
        }

        return name[^1] == '.' ? "An ABHA address has no point just before the @." : null;
    }

    private static bool IsNumber(string name) => name.Length == AbhaNumberLength && name.All(char.IsAsciiDigit);
}
