using System.Collections.Frozen;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>The signs with their LOINC codes, their names on screen, and the units that they come in.</summary>
internal static class SignCatalogue
{
    private static readonly FrozenDictionary<VitalSign, SignEntry> BySign = new SignEntry[]
    {
        new(VitalSign.SystolicPressure, "8480-6", "Systolic pressure", "mm[Hg]", 0),
        new(VitalSign.DiastolicPressure, "8462-4", "Diastolic pressure", "mm[Hg]", 0),
        new(VitalSign.HeartRate, "8867-4", "Heart rate", "/min", 0),
        new(VitalSign.Temperature, "8310-5", "Temperature", "Cel", 1) { Others = [new("[degF]", f => (f - 32) * 5 / 9)] },
        new(VitalSign.RespiratoryRate, "9279-1", "Respiratory rate", "/min", 0),
        new(VitalSign.OxygenSaturation, "59408-5", "Oxygen saturation", "%", 0) { Alias = "2708-6" },
        new(VitalSign.Weight, "29463-7", "Weight", "kg", 3) { Others = [new("g", g => g / 1000), new("[lb_av]", lb => lb * 0.45359237m)] },
        new(VitalSign.Height, "8302-2", "Height", "cm", 1) { Others = [new("[in_i]", inch => inch * 2.54m), new("m", m => m * 100)] },
        new(VitalSign.Bmi, "39156-5", "BMI", "kg/m2", 1),
        new(VitalSign.HeadCircumference, "9843-4", "Head circumference", "cm", 1) { Others = [new("[in_i]", inch => inch * 2.54m)] },
        new(VitalSign.Pain, "72514-3", "Pain", "{score}", 0),
        // 18.0156 g/mol (CODATA); the practice's meters read mg/dL.
        new(VitalSign.Glucose, "41653-7", "Glucose, capillary", "mg/dL", 0) { Others = [new("mmol/L", mmol => mmol * 18.0156m)] },
    }.ToFrozenDictionary(entry => entry.Sign);

    private static readonly FrozenDictionary<string, SignEntry> ByCode = BySign.Values
        .SelectMany(entry => new[] { entry.Code, entry.Alias }.OfType<string>().Select(code => (code, entry)))
        .ToFrozenDictionary(x => x.code, x => x.entry, StringComparer.Ordinal);

    /// <summary>All of them, in the order of the form.</summary>
    public static IReadOnlyList<SignEntry> All { get; } = [.. Enum.GetValues<VitalSign>().Select(Of)];

    /// <summary>Every code that a sign is kept under.</summary>
    public static string[] Codes { get; } = [.. ByCode.Keys.Order(StringComparer.Ordinal)];

    public static SignEntry Of(VitalSign sign) => BySign[sign];

    /// <summary>Null for what is measured and is none of these.</summary>
    public static SignEntry? OfCode(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The codes of one sign.</summary>
    public static string[] CodesOf(params VitalSign[] signs)
        => [.. signs.SelectMany(sign => new[] { Of(sign).Code, Of(sign).Alias }).OfType<string>()];
}

/// <summary>A sign as it is kept and shown.</summary>
/// <param name="Unit">UCUM; what is kept, and what ranges and charts are in.</param>
/// <param name="Decimals">As many as are kept.</param>
internal sealed record SignEntry(VitalSign Sign, string Code, string Name, string Unit, int Decimals)
{
    /// <summary>Another code under which other systems keep the same sign.</summary>
    public string? Alias { get; init; }

    public IReadOnlyList<OtherUnit> Others { get; init; } = [];

    public IReadOnlyList<VitalUnit> Units => [.. Others.Select(o => o.Ucum).Prepend(Unit).Select(ucum => new VitalUnit(UnitWords.Of(ucum) ?? "", ucum))];

    public string UnitInWords => UnitWords.Of(Unit) ?? "";

    /// <summary>A value in the sign's own unit; null where the unit is none of its.</summary>
    public decimal? Own(decimal value, string? unit)
    {
        var plain = VitalWords.Plain(unit);
        return plain == Unit || (plain is null && Unit == "{score}")
            ? value
            : Others.FirstOrDefault(o => o.Ucum == plain) is { } other ? Math.Round(other.ToOwn(value), Math.Max(Decimals, 1)) : null;
    }

    /// <summary>"78.5 kg", "3" for a score.</summary>
    public string Words(decimal value) => UnitInWords.Length == 0 ? ClinicFormat.Number(value) : ClinicFormat.Amount(value, UnitInWords);
}

internal sealed record OtherUnit(string Ucum, Func<decimal, decimal> ToOwn);
