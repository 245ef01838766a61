using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Allergies;

namespace DrAssistant.Portal.Components.Patients.Allergies;

internal static class AllergyWords
{
    /// <summary>"severe", "intolerance, mild".</summary>
    public static string Kind(AllergyView allergy) => string.Join(", ", new[]
    {
        allergy.Type is AllergyType.Intolerance ? "intolerance" : null,
        allergy.Severity is { } severity ? EnumText.Of(severity) : null,
    }.OfType<string>());
}
