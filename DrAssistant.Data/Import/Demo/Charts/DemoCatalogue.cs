using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Import.Demo.Charts;

/// <summary>A laboratory test or panel as the catalogue has it.</summary>
internal sealed record DemoLabTest(string Name, string? Loinc, string? Unit, int Decimals);

/// <summary>The names, codes and ranges that the stories' ids stand for.</summary>
internal sealed class DemoCatalogue
{
    private readonly Dictionary<string, DemoLabTest> _tests = ReferenceFile.LabTests.Read(row => (
            Id: row.Needed("id"),
            Test: new DemoLabTest(row.Needed("name"), row.Text("loinc_code"), row.Text("unit_ucum"), (int)(row.Number("decimals") ?? 0))))
        .ToDictionary(t => t.Id, t => t.Test);

    private readonly Dictionary<string, string> _medicines = Names(ReferenceFile.Formulary, "generic_name");

    private readonly Dictionary<OrderType, Dictionary<string, string>> _others = new()
    {
        [OrderType.Imaging] = Names(ReferenceFile.Imaging, "name"),
        [OrderType.Procedure] = Names(ReferenceFile.Procedures, "name"),
        [OrderType.Referral] = Names(ReferenceFile.Specialties, "name"),
    };

    public ReferenceRanges Ranges { get; } = ReferenceRanges.Starter();

    public DemoLabTest Test(string id) => _tests[id];

    /// <summary>The generic name, without what else it is called.</summary>
    public string Medicine(string id)
    {
        var name = _medicines[id];
        var also = name.IndexOf(" (", StringComparison.Ordinal);
        return also < 0 ? name : name[..also];
    }

    /// <summary>What kind of order it is, and its name.</summary>
    public (OrderType Type, string Name) Other(string id)
    {
        var type = id[..id.IndexOf('-', StringComparison.Ordinal)] switch
        {
            "img" => OrderType.Imaging,
            "proc" => OrderType.Procedure,
            _ => OrderType.Referral,
        };
        return (type, _others[type][id]);
    }

    private static Dictionary<string, string> Names(ReferenceFile file, string column)
        => file.Read(row => (Id: row.Needed("id"), Name: row.Needed(column))).ToDictionary(r => r.Id, r => r.Name);
}
