using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>A strength of the formulary as numbers: <c>500 mg + 125 mg</c>, <c>250 mg in 5 mL</c>, <c>100 micrograms per puff</c>, <c>60,000 units</c>.</summary>
/// <param name="Parts">One of each ingredient, in the order of the combination; in milligrams or in units.</param>
/// <param name="Millilitres">In so many millilitres; null for what is counted.</param>
internal sealed partial record Strength(IReadOnlyList<StrengthPart> Parts, decimal? Millilitres)
{
    /// <summary>Null where it says no amount (1%, various).</summary>
    public static Strength? Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var volume = Volume().Match(text);
        var amounts = volume.Success ? text[..volume.Index] : text;
        var parts = new List<StrengthPart>();
        foreach (var part in amounts.Split(" + "))
        {
            if (Amount().Match(part) is not { Success: true } amount)
            {
                return null;
            }

            var number = decimal.Parse(amount.Groups["n"].Value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            parts.Add(amount.Groups["u"].Value switch
            {
                "g" => new StrengthPart(number * 1000, InUnits: false),
                "mg" => new StrengthPart(number, InUnits: false),
                "million units" => new StrengthPart(number * 1_000_000, InUnits: true),
                "units" => new StrengthPart(number, InUnits: true),
                _ => new StrengthPart(number / 1000, InUnits: false),
            });
        }

        return new Strength(parts, volume.Success ? decimal.Parse(volume.Groups["v"].Success && volume.Groups["v"].Length > 0 ? volume.Groups["v"].Value : "1", CultureInfo.InvariantCulture) : null);
    }

    /// <summary>What one tablet, or <see cref="Millilitres"/>, holds in the unit of a dose; null where the dose is of another kind or it is a combination.</summary>
    public decimal? PerUnit(DoseUnit unit) => Parts is [{ Amount: > 0 } only]
        ? (unit, only.InUnits) switch
        {
            (DoseUnit.Milligram, false) => only.Amount,
            (DoseUnit.Microgram, false) => only.Amount * 1000,
            (DoseUnit.Gram, false) => only.Amount / 1000,
            (DoseUnit.Units, true) => only.Amount,
            _ => null,
        }
        : null;

    [GeneratedRegex(@" in (?<v>\d+(\.\d+)?) ?mL", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Volume();

    [GeneratedRegex(@"^(?<n>\d[\d,]*(\.\d+)?) (?<u>mg|g|micrograms?|million units|units)(?![a-z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Amount();
}

/// <summary>How much of one ingredient.</summary>
internal sealed record StrengthPart(decimal Amount, bool InUnits);
