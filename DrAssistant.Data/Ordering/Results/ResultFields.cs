using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>The fields of an ordered item: one, or one for each test of a panel.</summary>
internal sealed class ResultFields(OrderCatalogue catalogue, Gender sex, int ageInDays)
{
    /// <summary>Units that laboratories print instead of the catalogue's, by what the catalogue has.</summary>
    private static readonly Dictionary<string, string[]> Others = new(StringComparer.Ordinal)
    {
        ["mg/dL"] = ["mg/dL", "mmol/L", "umol/L", "g/L", "mg/L", "meq/L"],
        ["ug/dL"] = ["ug/dL", "umol/L", "nmol/L", "ug/L"],
        ["ng/dL"] = ["ng/dL", "pmol/L", "nmol/L", "ng/mL"],
        ["ng/mL"] = ["ng/mL", "nmol/L", "ug/L", "pmol/L"],
        ["pg/mL"] = ["pg/mL", "pmol/L", "ng/L"],
        ["mmol/L"] = ["mmol/L", "meq/L"],
        ["g/dL"] = ["g/dL", "g/L"],
        ["10*3/uL"] = ["10*3/uL", "10*9/L", "/uL", "10*5/uL"],
        ["10*6/uL"] = ["10*6/uL", "10*12/L"],
        ["mg/L"] = ["mg/L", "mg/dL"],
        ["U/L"] = ["U/L", "[IU]/L"],
        ["m[IU]/L"] = ["m[IU]/L", "u[IU]/mL"],
        ["m[IU]/mL"] = ["m[IU]/mL", "[IU]/L"],
        ["mg/g"] = ["mg/g", "mg/mmol"],
        ["mm[Hg]"] = ["mm[Hg]", "kPa"],
    };

    /// <summary>How a report names a test: by LOINC, or a house test by its id.</summary>
    public static (string System, string Code) CodeOf(CatalogueEntry test)
        => test is { Code: { } code, CodeSystem: { } system } ? (system, code) : (CodeSystems.Catalogue, test.Id);

    public ItemToAnswer Of(OrderItem item, IReadOnlyList<OrderResult> standing)
    {
        var here = standing.Where(r => r.OrderItemId == item.Id).ToList();
        var fields = catalogue.TestOf(item) is { } entry
            ? catalogue.TestsOf(entry).Select(test => Field(test, here)).ToList()
            : [new ValueToAnswer(item.ItemCode, item.CodeSystem ?? "", item.ItemName, ResultValueType.Text, [], null, Standing(here, item.CodeSystem ?? "", item.ItemCode))];
        return new ItemToAnswer(item.Id, item.ItemName, fields);
    }

    private ValueToAnswer Field(CatalogueEntry test, List<OrderResult> here)
    {
        var (system, code) = CodeOf(test);
        var range = catalogue.Ranges.For(test.Id, sex, ageInDays);
        var reference = ResultText.Range(range?.Low, range?.High, null);
        return new ValueToAnswer(
            code, system, test.Name, test.ValueType ?? ResultValueType.Text, Units(test), reference.Length > 0 ? reference : null, Standing(here, system, code));
    }

    private static string[] Units(CatalogueEntry test)
        => test.Unit is not { } own ? []
            : [.. Others.GetValueOrDefault(own, [own]).Where(unit => UnitConversion.From(unit, test).Kind is ConversionKind.Same or ConversionKind.Converted)];

    private static StandingValue? Standing(List<OrderResult> here, string system, string code)
        => here.Find(r => r.CodeSystem == system && r.Code == code) is { } value ? new StandingValue(ResultText.Value(value), value.Flag, value.Status) : null;
}
