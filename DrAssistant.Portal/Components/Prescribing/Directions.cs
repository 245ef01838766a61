using DrAssistant.Data.Prescribing;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>How a medicine is taken stands in one field: doctors type it in one go, and the server reads the whole of it.</summary>
internal static class Directions
{
    /// <summary>What stands in the field.</summary>
    public static string Of(MedicineLineView line)
        => string.Join(' ', new[] { line.Dose, line.Frequency, line.Food, line.Duration }.Where(part => !string.IsNullOrWhiteSpace(part)));

    /// <summary>The line as it is typed again.</summary>
    public static MedicineLineDraft Draft(MedicineLineView line, bool anew = false) => new()
    {
        Id = anew ? Guid.CreateVersion7() : line.Id,
        MedicineId = line.MedicineId,
        Name = line.Name,
        Brand = line.Brand,
        Form = line.Form,
        Strength = line.Strength,
        Dose = Of(line),
        Route = line.Route,
        Instructions = line.Instructions,
        Quantity = line.QuantityIsTyped ? line.Quantity : null,
        Refills = line.Refills,
        EndsOn = line.EndIsTyped ? line.EndsOn : null,
    };

    /// <summary>Strength and form behind the name.</summary>
    public static string Product(MedicineLineView line)
        => string.Join(' ', new[] { line.Strength, line.Form }.Where(part => !string.IsNullOrWhiteSpace(part)));
}
