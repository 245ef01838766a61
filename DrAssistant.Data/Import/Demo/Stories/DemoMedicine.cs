using System.Globalization;
using DrAssistant.Data.Prescribing;

namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>A prescribed medicine by its id in the formulary.</summary>
internal sealed record DemoMedicine(string Id, string Dosage, string Frequency, int Days, string Quantity, string Instructions)
{
    /// <summary>Milligrams a kilogram and dose, for a liquid measured by weight; nought for a fixed dose.</summary>
    private decimal MgPerKg { get; init; }

    private decimal MgPerMl { get; init; }

    private string Liquid { get; init; } = "";

    /// <summary>As the formulary has it; null for what is not counted.</summary>
    private string? Form { get; init; }

    private string? Strength { get; init; }

    /// <summary>Counted pieces: as many as the pattern asks for in that time.</summary>
    public static DemoMedicine Tablet(string id, string strength, string pattern, int days, string instructions = "After food")
        => Pieces(id, strength, "tablet", pattern, days, instructions);

    public static DemoMedicine Capsule(string id, string strength, string pattern, int days, string instructions = "After food")
        => Pieces(id, strength, "capsule", pattern, days, instructions);

    /// <summary>What is not counted: creams, inhalers, sachets as needed.</summary>
    public static DemoMedicine Pack(string id, string form, string frequency, int days, string quantity, string instructions)
        => new(id, form, frequency, days, quantity, instructions);

    /// <summary>A child's liquid by weight, rounded to half a millilitre.</summary>
    public static DemoMedicine Syrup(
        string id, decimal mgPerKg, decimal mgPerMl, string strength, string frequency, int days, string instructions)
        => new(id, strength, frequency, days, "1 bottle", instructions) { MgPerKg = mgPerKg, MgPerMl = mgPerMl, Liquid = strength, Form = "syrup", Strength = strength };

    public string DosageFor(decimal kilograms)
        => MgPerKg == 0 ? Dosage : string.Create(CultureInfo.InvariantCulture, $"{Millilitres(kilograms):0.#} mL ({Liquid})");

    /// <summary>As a doctor types it into a prescription; null for what is written in words alone.</summary>
    public MedicineLineDraft? TypedFor(decimal kilograms) => Form is null ? null : new MedicineLineDraft
    {
        MedicineId = Id,
        Form = Form,
        Strength = Strength,
        Dose = MgPerKg == 0 ? $"1 {Form}" : string.Create(CultureInfo.InvariantCulture, $"{Millilitres(kilograms):0.#} ml"),
        Frequency = Frequency,
        Duration = Days == 1 ? "1 day" : $"{Days} days",
        Quantity = MgPerKg == 0 ? null : Quantity,
        Instructions = Instructions,
    };

    private decimal Millilitres(decimal kilograms)
        => Math.Clamp(Math.Round(kilograms * MgPerKg / MgPerMl * 2, MidpointRounding.AwayFromZero) / 2, 0.5m, 15m);

    private static DemoMedicine Pieces(string id, string strength, string piece, string pattern, int days, string instructions)
    {
        var aDay = pattern.Split('-').Sum(part => decimal.Parse(part, CultureInfo.InvariantCulture));
        var count = Math.Ceiling(aDay * days);
        var quantity = string.Create(CultureInfo.InvariantCulture, $"{count:0} {piece}{(count == 1 ? "" : "s")}");
        return new DemoMedicine(id, $"{strength} {piece}", pattern, days, quantity, instructions) { Form = piece, Strength = strength };
    }
}
