using System.Collections.Frozen;
using DrAssistant.Data.Ordering.Catalogue;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A value of a test in that test's own unit.</summary>
internal static class UnitConversion
{
    private const string HbA1c = "4548-4";

    /// <summary>
    /// Grams of a mole, by LOINC code: from the formula of the molecule and the standard atomic weights (IUPAC 2021), rounded to two decimals.
    /// Urea nitrogen counts its two nitrogens only, phosphate its phosphorus, triglycerides as triolein, as laboratories do.
    /// </summary>
    private static readonly FrozenDictionary<string, decimal> MolarMasses = new (decimal GramsOfAMole, string[] Codes)[]
    {
        (180.16m, ["1558-6", "1521-4", "2345-7", "41653-7", "1507-3", "1518-0", "20436-2", "1504-0", "27353-2"]), // glucose
        (60.06m, ["3091-6"]), // urea
        (28.01m, ["3094-0"]), // urea nitrogen
        (113.12m, ["2160-0", "2161-8", "2162-6", "14959-1"]), // creatinine, and albumin against it
        (168.11m, ["3084-1"]), // uric acid
        (40.08m, ["17861-6", "1994-3", "6874-2"]), // calcium
        (30.97m, ["2777-1"]), // phosphorus
        (24.31m, ["19123-9"]), // magnesium
        (584.67m, ["1975-2", "1968-7", "1971-1"]), // bilirubin
        (386.66m, ["2093-3", "2085-9", "13457-7", "18262-6", "13458-5", "43396-1"]), // cholesterol
        (885.45m, ["2571-8"]), // triglycerides
        (55.85m, ["2498-4", "2500-7", "2501-5"]), // iron
        (17.03m, ["22763-7"]), // ammonia
        (63.55m, ["5631-7"]), // copper
        (65.38m, ["5763-8"]), // zinc
        (1355.38m, ["2132-9"]), // vitamin B12
        (441.40m, ["2284-8", "2283-0"]), // folate
        (400.65m, ["62292-8"]), // 25-hydroxyvitamin D3
        (416.65m, ["1649-3"]), // 1,25-dihydroxyvitamin D3
        (776.87m, ["3024-7", "3026-2"]), // thyroxine
        (650.98m, ["3051-0", "3053-6"]), // triiodothyronine
        (362.47m, ["9813-7", "2143-6"]), // cortisol
        (272.39m, ["2243-4"]), // oestradiol
        (314.47m, ["2839-9"]), // progesterone
        (288.43m, ["2986-8", "2991-8"]), // testosterone
    }.SelectMany(mass => mass.Codes, (mass, code) => (code, mass.GramsOfAMole)).ToFrozenDictionary(m => m.code, m => m.GramsOfAMole);

    /// <summary>Charges of the ion, by LOINC code: an equivalent of calcium is half a mole.</summary>
    private static readonly FrozenDictionary<string, int> Charges = new Dictionary<string, int>
    {
        ["2951-2"] = 1, ["2823-3"] = 1, ["2075-0"] = 1, ["1963-8"] = 1, ["1960-4"] = 1, ["33037-3"] = 1, ["1925-7"] = 1,
        ["2955-3"] = 1, ["2828-2"] = 1, ["2078-4"] = 1, ["17861-6"] = 2, ["1994-3"] = 2, ["19123-9"] = 2,
    }.ToFrozenDictionary();

    public static Conversion From(string? unit, CatalogueEntry test)
    {
        if (test.Unit is not { } own || UcumUnit.Parse(own) is not { } wanted)
        {
            return Conversion.NotKnown;
        }

        if (UnitSpelling.Ucum(unit) is not { } given)
        {
            return Conversion.NotKnown; // a bare number: which unit it is in is not guessed
        }

        if (given == own)
        {
            return Conversion.None;
        }

        if (test.Code == HbA1c && given == "mmol/mol")
        {
            return new Conversion(ConversionKind.Converted, value => (0.09148m * value) + 2.152m); // IFCC to NGSP, the master equation of 2004
        }

        if (UcumUnit.Parse(given) is not { } from)
        {
            return Conversion.NotKnown;
        }

        // A substance in moles of another is no share by weight, though both are bare numbers.
        if (given.Contains("mol/mol", StringComparison.Ordinal))
        {
            return Conversion.OtherDimension;
        }

        // Enzymes: the international unit of activity is the U of UCUM.
        if (own == "U/L" && from.Measures.ContainsKey("[IU]"))
        {
            from = from.With("[IU]", "U", 1);
        }

        return Between(from, wanted, test.Code);
    }

    private static Conversion Between(UcumUnit from, UcumUnit wanted, string? code)
    {
        if (!from.MeasuresTheSameAs(wanted) && code is not null && Charges.TryGetValue(code, out var charges))
        {
            (from, wanted) = (from.With("eq", "mol", 1m / charges), wanted.With("eq", "mol", 1m / charges));
        }

        if (!from.MeasuresTheSameAs(wanted) && code is not null && MolarMasses.TryGetValue(code, out var mass))
        {
            (from, wanted) = (from.With("mol", "g", mass), wanted.With("mol", "g", mass));
        }

        if (!from.MeasuresTheSameAs(wanted))
        {
            return Conversion.OtherDimension;
        }

        var (times, through) = (from.Numerator * wanted.Denominator, from.Denominator * wanted.Numerator);
        return new Conversion(ConversionKind.Converted, value => value * times / through);
    }
}

internal enum ConversionKind
{
    /// <summary>It was in the test's own unit.</summary>
    Same,

    Converted,

    /// <summary>It measures something else: mmol/L of what is counted in cells.</summary>
    OtherDimension,

    /// <summary>No unit that can be read, or none given: kept as it is and compared with nothing.</summary>
    UnknownUnit,
}

/// <summary>What became of a unit, and how a number follows.</summary>
internal sealed record Conversion(ConversionKind Kind, Func<decimal, decimal> Of)
{
    public static Conversion None { get; } = new(ConversionKind.Same, value => value);

    public static Conversion NotKnown { get; } = new(ConversionKind.UnknownUnit, value => value);

    public static Conversion OtherDimension { get; } = new(ConversionKind.OtherDimension, value => value);
}
