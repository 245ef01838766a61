using System.Collections.Frozen;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>The whole catalogue in memory, as it was at one moment: what is typed or comes from a laboratory is answered without the database.</summary>
internal sealed class OrderCatalogue
{
    private readonly FrozenDictionary<string, CatalogueEntry> _byId;
    private readonly FrozenDictionary<(string System, string Code), CatalogueEntry> _byCode;
    private readonly CatalogueIndex _index;

    public OrderCatalogue(IEnumerable<CatalogueEntry> entries, IEnumerable<RangeRow> ranges, IEnumerable<OrderSetRow> sets, string version)
    {
        _byId = entries.ToFrozenDictionary(e => e.Id, StringComparer.Ordinal);
        _byCode = _byId.Values.Where(e => e is { Code: not null, CodeSystem: not null })
            .OrderByDescending(e => e.IsActive).ThenBy(e => e.Id, StringComparer.Ordinal)
            .DistinctBy(e => (e.CodeSystem!, e.Code!)).ToFrozenDictionary(e => (e.CodeSystem!, e.Code!));
        _index = new CatalogueIndex(_byId.Values.Where(e => e.IsActive));
        Ranges = new ReferenceRanges(ranges);
        Sets = [.. sets.Where(s => s.IsActive).Select(Resolve).Where(s => s.Members.Count > 0).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];
        Version = version;
    }

    /// <summary>Changes with every change of a row.</summary>
    public string Version { get; }

    public IReadOnlyCollection<CatalogueEntry> Entries => _byId.Values;

    public IReadOnlyList<OrderSet> Sets { get; }

    public ReferenceRanges Ranges { get; }

    /// <summary>The starter lists alone, for what runs without a database.</summary>
    public static OrderCatalogue FromFiles() => new(
        CatalogueFiles.Entries().Select(row => row.ToEntry()),
        ReferenceFile.ReferenceRanges.Read(row => RangeRow.Of(row, ReferenceFile.ReferenceRanges.Version)),
        ReferenceFile.OrderSets.Read(row => OrderSetRow.Of(row, ReferenceFile.OrderSets.Version)),
        "starter lists");

    /// <summary>Also one that was withdrawn.</summary>
    public CatalogueEntry? Get(string? id) => id is not null && _byId.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>By the code that a laboratory sends, such as <c>http://loinc.org</c>, <c>2823-3</c>. Exactly or not at all.</summary>
    public CatalogueEntry? ByCode(string? system, string? code)
        => system is not null && code is not null && _byCode.TryGetValue((system, code), out var entry) ? entry : null;

    /// <summary>The single tests that an entry asks for: those of a panel, panels within it taken apart; the entry itself where it is none.</summary>
    public IReadOnlyList<CatalogueEntry> TestsOf(CatalogueEntry entry)
    {
        var tests = new List<CatalogueEntry>();
        Collect(entry, tests, []);
        return tests;
    }

    public IReadOnlyList<CatalogueHit> Find(string? question, OrderType? type, int count) => _index.Find(question, type, count);

    private void Collect(CatalogueEntry entry, List<CatalogueEntry> tests, HashSet<string> seen)
    {
        if (!seen.Add(entry.Id))
        {
            return;
        }

        if (!entry.IsPanel)
        {
            tests.Add(entry);
            return;
        }

        foreach (var member in entry.Members.Select(Get).OfType<CatalogueEntry>())
        {
            Collect(member, tests, seen);
        }
    }

    private OrderSet Resolve(OrderSetRow set) => new(set.Id, set.Name, set.UseWhen, Known(set.Members), Known(set.OptionalMembers ?? []));

    private List<CatalogueEntry> Known(IEnumerable<string> ids) => [.. ids.Select(Get).OfType<CatalogueEntry>().Where(e => e.IsActive)];
}
