using System.Text.Json;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>An identifier of a person in another system.</summary>
internal readonly record struct Identifier(string System, string Value, string? TypeCode)
{
    /// <summary>
    /// True for record numbers, by which a person is found again. Numbers given by a state (social security, passport,
    /// driving licence) are more than this practice needs: DPDP Act 2023, 6 (1), no more data than the purpose asks for.
    /// </summary>
    public bool IsRecordNumber => (TypeCode is null or "MR" or "PI" or "NPI" or "PRN" or "MD" or "RI" or "DN")
        && !System.Contains("healthid.", StringComparison.OrdinalIgnoreCase)
        && !System.Contains("uidai", StringComparison.OrdinalIgnoreCase)
        && !System.Contains("us-ssn", StringComparison.OrdinalIgnoreCase);

    public ResourceKey KeyFor(string type) => new(System, type, Value);
}

internal static class Identifiers
{
    /// <summary>Those that say which system they are of.</summary>
    public static IEnumerable<Identifier> Of(JsonElement resource)
        => resource.Items("identifier")
            .Where(i => i.Text("system") is not null && i.Text("value") is not null)
            .Select(i => new Identifier(i.Text("system")!, i.Text("value")!, i.Part("type").Items("coding").FirstOrDefault().Text("code")));
}
