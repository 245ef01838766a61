using DrAssistant.Data.Patients;
using static DrAssistant.Data.Patients.AllergySeverity;

namespace DrAssistant.Data.Import.Demo.People;

/// <summary>What an invented patient does not tolerate, and which medicines of the stories they must therefore never get.</summary>
internal sealed record DemoAllergen(string Substance, string Category, string Reaction, AllergySeverity Severity, params string[] Forbids);

internal static class DemoAllergies
{
    public static IReadOnlyList<DemoAllergen> All { get; } =
    [
        new("Penicillin", "medication", "Rash", Moderate, "amoxicillin"),
        new("Penicillin", "medication", "Swelling of the face", Severe, "amoxicillin"),
        new("Sulfonamide antibiotics", "medication", "Rash", Moderate),
        new("Diclofenac", "medication", "Wheeze", Severe, "naproxen", "aspirin"),
        new("Ibuprofen", "medication", "Hives", Moderate, "naproxen", "aspirin"),
        new("Cefixime", "medication", "Hives", Moderate),
        new("Ciprofloxacin", "medication", "Itching", Mild),
        new("Iodinated contrast", "medication", "Hives", Moderate),
        new("Peanut", "food", "Swelling of the lips", Severe),
        new("Prawns", "food", "Hives", Moderate),
        new("Egg", "food", "Rash around the mouth", Mild),
        new("House dust mite", "environment", "Sneezing", Mild),
        new("Latex", "environment", "Itching of the hands", Mild),
        new("Bee sting", "environment", "Swelling of the arm", Moderate),
    ];
}
