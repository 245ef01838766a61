using System.Globalization;
using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir.Maps;

/// <summary>What was measured or found: a number with its unit, or words.</summary>
internal sealed record Measured(decimal? Number, string? Text, string? Unit)
{
    private const string Ucum = "http://unitsofmeasure.org";

    /// <summary>The value[x] of an Observation or of one of its components; null when it has none.</summary>
    public static Measured? Of(FhirEntry entry, JsonElement holder)
    {
        if (holder.Part("valueQuantity") is { } quantity)
        {
            return Quantity(entry, quantity);
        }

        var text = holder.Text("valueString") ?? holder.Part("valueCodeableConcept").Words() ?? holder.Text("valueDateTime") ?? holder.Text("valueTime")
            ?? Between(holder.Part("valuePeriod").Text("start"), holder.Part("valuePeriod").Text("end"))
            ?? Between(Written(holder.Part("valueRange").Part("low")), Written(holder.Part("valueRange").Part("high")))
            ?? Ratio(holder.Part("valueRatio"))
            ?? holder.Flag("valueBoolean") switch { true => "yes", false => "no", _ => null };
        if (text is not null)
        {
            return new Measured(null, text, null);
        }

        return holder.Number("valueInteger") is { } whole ? new Measured(whole, null, null) : null;
    }

    private static Measured? Quantity(FhirEntry entry, JsonElement quantity)
    {
        if (quantity.Part("value") is not { } written)
        {
            return null;
        }

        var unit = entry.Fit(quantity.Text("system") == Ucum ? quantity.Text("code") ?? quantity.Text("unit") : quantity.Text("unit") ?? quantity.Text("code"), 40, "valueQuantity.unit");
        if (quantity.Number("value") is not { } number)
        {
            entry.Refuse("valueQuantity.value is no number");
            return null;
        }

        // "Less than 5" is not 5: with a comparator it stays words.
        return quantity.Text("comparator") is { } comparator
            ? new Measured(null, $"{comparator} {written.GetRawText()}", unit)
            : new Measured(number, null, unit);
    }

    /// <summary>A quantity in words, as in a dose: "2 tablets".</summary>
    public static string? Written(JsonElement? quantity)
        => quantity.Number("value") is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"{quantity.Text("comparator")} {number} {quantity.Text("unit") ?? quantity.Text("code")}").Trim()
            : null;

    private static string? Between(string? low, string? high) => (low, high) switch
    {
        (null, null) => null,
        (_, null) => $"from {low}",
        (null, _) => $"up to {high}",
        _ => $"{low} to {high}",
    };

    private static string? Ratio(JsonElement? ratio)
        => Written(ratio.Part("numerator")) is { } numerator && Written(ratio.Part("denominator")) is { } denominator ? $"{numerator} : {denominator}" : null;
}
