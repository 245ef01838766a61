using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Fhir;

namespace DrAssistant.Data.Ordering.Messages.Fhir;

/// <summary>The value[x] of an Observation or a component.</summary>
internal sealed record FhirValue(decimal? Number = null, string? Comparator = null, string? Text = null, CodeOf? Code = null, string? Unit = null, string? Unreadable = null)
{
    private const int LongestUnit = 40;

    public static bool HasValue(JsonElement holder)
        => holder.ValueKind == JsonValueKind.Object && holder.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal) || p.Name == "dataAbsentReason");

    public static FhirValue Of(JsonElement holder)
    {
        if (holder.Part("valueQuantity") is { } quantity)
        {
            return Quantity(quantity);
        }

        if (holder.Part("valueCodeableConcept") is { } concept)
        {
            var coded = FhirCode.Of(concept);
            return new FhirValue(Text: coded?.Name, Code: coded?.Codes is [var code, ..] ? code : null);
        }

        if (holder.Number("valueInteger") is { } whole)
        {
            return new FhirValue(whole);
        }

        var ratio = holder.Part("valueRatio");
        return new FhirValue(Text: holder.Text("valueString") ?? holder.Text("valueDateTime") ?? holder.Text("valueTime")
            ?? (Shown(ratio.Part("numerator")) is { } top && Shown(ratio.Part("denominator")) is { } below ? $"{top}:{below}" : null)
            ?? (Shown(holder.Part("valueRange").Part("low")) is { } low && Shown(holder.Part("valueRange").Part("high")) is { } high ? $"{low} to {high}" : null)
            ?? holder.Flag("valueBoolean") switch { true => "yes", false => "no", _ => null });
    }

    /// <summary>The range for healthy people, if it is in the value's own unit.</summary>
    public static (decimal? Low, decimal? High, string? Words) Range(JsonElement holder, string? unit)
    {
        var range = holder.Items("referenceRange").Where(r => r.Part("type") is null || r.Part("type").Items("coding").Any(c => c.Text("code") == "normal"))
            .Select(r => (JsonElement?)r).FirstOrDefault();
        var (low, high) = (Bound(range.Part("low"), unit), Bound(range.Part("high"), unit));
        return (low, high, range.Text("text") is { } words ? words[..Math.Min(words.Length, 255)] : null);
    }

    private static FhirValue Quantity(JsonElement quantity)
    {
        // The code is UCUM where the system says so; a unit without it is what people read.
        var unit = quantity.Text("system") == "http://unitsofmeasure.org" ? quantity.Text("code") ?? quantity.Text("unit") : quantity.Text("unit") ?? quantity.Text("code");
        if (unit?.Length > LongestUnit)
        {
            throw new UnreadableMessageException($"A unit has more than {LongestUnit} characters.");
        }

        return (quantity.Number("value"), quantity.Part("value"), quantity.Text("comparator")) switch
        {
            ({ } number, _, null or "<" or "<=" or ">" or ">=") => new FhirValue(number, quantity.Text("comparator"), Unit: unit),
            (_, { } written, _) => new FhirValue(Text: PlainText.Of(written.AsText() ?? written.GetRawText()), Unit: unit, Unreadable: "It should be a number and is none."),
            _ => new FhirValue(Unit: unit),
        };
    }

    private static string? Shown(JsonElement? quantity)
        => quantity.Part("value") is { ValueKind: JsonValueKind.Number } number ? $"{quantity.Text("comparator")}{number.GetRawText()}" : null;

    private static decimal? Bound(JsonElement? quantity, string? unit)
        => unit is null || (quantity.Text("code") ?? quantity.Text("unit")) is not { } other || other == unit || quantity.Text("unit") == unit ? quantity.Number("value") : null;
}

/// <summary>A CodeableConcept with all of its codes.</summary>
internal static class FhirCode
{
    private const int LongestName = 255;
    private const int LongestCode = 50;

    public static ReportedCode? Of(JsonElement? concept)
    {
        List<CodeOf> codes = [.. concept.Items("coding").Where(c => c.Text("code") is not null).Select(c => new CodeOf(c.Text("code")!, c.Text("system")))];
        if (codes.Find(c => c.Code.Length > LongestCode) is not null)
        {
            throw new UnreadableMessageException($"A code has more than {LongestCode} characters.");
        }

        return concept.Words() is { } name ? new ReportedCode(codes, PlainText.Of(name, LongestName)) : null;
    }
}
