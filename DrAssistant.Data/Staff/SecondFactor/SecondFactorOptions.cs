using DrAssistant.Data.Common;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>Whom the practice requires to have a second factor; everybody else may have one.</summary>
public sealed class SecondFactorOptions
{
    public const string Section = "Clinic:SecondFactor";

    /// <summary>Roles: doctor, nurse, receptionist, admin.</summary>
    public IReadOnlyList<string> RequiredFor { get; set; } = [];

    public bool IsRequiredFor(StaffRole role) => RequiredFor.Contains(EnumText.Of(role), StringComparer.OrdinalIgnoreCase);
}

internal sealed class SecondFactorOptionsValidator : IValidateOptions<SecondFactorOptions>
{
    public ValidateOptionsResult Validate(string? name, SecondFactorOptions options)
    {
        var known = Enum.GetValues<StaffRole>().Select(EnumText.Of).ToList();
        return options.RequiredFor.FirstOrDefault(role => !known.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } wrong
            ? ValidateOptionsResult.Fail($"{SecondFactorOptions.Section}:RequiredFor names '{wrong}', which is no role. Roles are {string.Join(", ", known)}.")
            : ValidateOptionsResult.Success;
    }
}
