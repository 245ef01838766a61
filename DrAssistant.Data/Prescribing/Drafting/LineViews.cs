using System.Text.Json;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Sigs;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Drafting;

/// <summary>A line as pages show it, and as it is typed again.</summary>
internal static class LineViews
{
    public static MedicineLineView Of(PrescriptionItem item, int position, FormularySnapshot formulary, bool draft)
    {
        var typed = TypedOf(item);
        var ours = MedicineOf(item);
        var medicine = formulary.Get(ours);
        return new MedicineLineView(item.Id, position, ours, item.MedicationName, ours is not null, item.Words ?? (draft ? null : WordsOf(item)), draft ? MissingOf(item) : [])
        {
            Brand = item.Brand,
            Form = item.Form,
            Strength = item.Strength,
            Dose = typed is null ? Said(item.Dosage) : typed.Dose,
            Frequency = typed is null ? Said(item.Frequency) : typed.Frequency,
            Duration = typed is null ? item.Duration : typed.Duration,
            Route = item.Route,
            Food = typed is null ? item.Food : typed.Food,
            Instructions = typed is null ? item.Instructions : typed.Instructions,
            Grid = GridOf(item),
            Quantity = item.Quantity,
            QuantityIsTyped = typed?.Quantity is not null || (typed is null && item.Quantity is not null),
            Refills = item.Refills ?? 0,
            EndsOn = item.EndsOn,
            EndIsTyped = typed?.EndsOn is not null,
            Schedule = item.Schedule ?? (medicine is null ? null : ScheduleOf(medicine)),
            IsWithdrawn = ours is not null && medicine is not { IsActive: true },
        };
    }

    /// <summary>The medicine's id in the formulary; null for free text and for codes of other systems.</summary>
    public static string? MedicineOf(PrescriptionItem item) => item.CodeSystem == CodeSystems.Formulary ? item.MedicationCode : null;

    public static TypedLine? TypedOf(PrescriptionItem item) => item.Typed is { } json ? json.Deserialize<TypedLine>() : null;

    /// <summary>The same line to be typed into another prescription, under an id of its own.</summary>
    public static MedicineLineDraft Again(MedicineLineView line, bool sameEnd = false) => new()
    {
        MedicineId = line.MedicineId,
        Name = line.Name,
        Brand = line.Brand,
        Form = line.Form,
        Strength = line.Strength,
        Dose = line.Dose,
        Frequency = line.Frequency,
        Duration = line.Duration,
        Route = line.Route,
        Food = line.Food,
        Instructions = line.Instructions,
        Quantity = line.QuantityIsTyped ? line.Quantity : null,
        Refills = line.Refills,
        EndsOn = sameEnd && line.EndIsTyped ? line.EndsOn : null,
    };

    /// <summary>One line of a list: "Paracetamol 650 mg tablet: 1 tablet, 1-0-1, 5 days".</summary>
    public static string InAList(MedicineLineView line)
    {
        var medicine = string.Join(' ', new[] { line.Name, line.Strength, line.Form }.Where(part => !string.IsNullOrEmpty(part)));
        return line.Words is { Length: > 0 } words ? $"{medicine}: {words}" : medicine;
    }

    public static string ScheduleOf(Medicine medicine) => medicine.Schedule.ToString().ToUpperInvariant();

    /// <summary>D&amp;C Rules 65(10): a prescription states the dose and the total amount.</summary>
    public static IReadOnlyList<string> MissingOf(PrescriptionItem item)
    {
        (string Field, string? Value)[] needed =
        [
            (nameof(MedicineLineDraft.Dose), item.Dosage), (nameof(MedicineLineDraft.Frequency), item.Frequency), (nameof(MedicineLineDraft.Quantity), item.Quantity),
        ];
        return [.. needed.Where(n => string.IsNullOrWhiteSpace(n.Value)).Select(n => n.Field)];
    }

    private static string WordsOf(PrescriptionItem item)
        => string.Join(", ", new[] { item.Dosage, item.Frequency, item.Duration, item.Instructions }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>1-0-1, where it is taken so.</summary>
    private static string? GridOf(PrescriptionItem item) => LineDirections.SigOf(item) is { Steps: [var only] } ? SigText.Grid(only) : null;

    private static string? Said(string text) => text.Length == 0 ? null : text;
}

/// <summary>A line as it was typed, for the form to show again.</summary>
internal sealed record TypedLine(
    string? Dose, string? Frequency, string? Duration, string? Food, string? Instructions, string? Quantity, DateOnly? EndsOn);
