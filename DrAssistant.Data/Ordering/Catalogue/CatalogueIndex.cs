using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Finds entries by what they are called, in memory. Misspellings are guessed only where nothing is called what was typed.</summary>
internal sealed class CatalogueIndex
{
    private const int Most = 50;
    private const int LongestQuestion = 80;

    private readonly CatalogueName[] _names;

    public CatalogueIndex(IEnumerable<CatalogueEntry> entries)
        => _names = [.. entries.OrderBy(e => e.Id, StringComparer.Ordinal).SelectMany(CatalogueName.Of)];

    public IReadOnlyList<CatalogueHit> Find(string? question, OrderType? type, int count)
    {
        var text = CatalogueName.Spelt(question ?? "");
        var asked = AskedName.Of(text.Length > LongestQuestion ? text[..LongestQuestion] : text);
        if (asked.Words.Count == 0)
        {
            return [];
        }

        var names = type is null ? _names : _names.Where(n => n.Entry.Type == type);
        var found = Met(names, asked.MeetAsTyped);
        return Best(found.Count > 0 ? found : Met(names, asked.Meet), Math.Clamp(count, 0, Most));
    }

    private static List<(CatalogueName Name, Meeting Met)> Met(IEnumerable<CatalogueName> names, Func<CatalogueName, Meeting?> meet)
        => [.. from name in names let met = meet(name) where met is not null select (name, met.Value)];

    /// <summary>Each entry once, by the name that fits best; panels before their parts where both fit as well.</summary>
    private static List<CatalogueHit> Best(List<(CatalogueName Name, Meeting Met)> hits, int count) =>
    [
        .. hits.OrderBy(hit => hit.Met.Rank).ThenBy(hit => hit.Met.Distance).ThenBy(hit => hit.Name.Kind)
            .ThenBy(hit => hit.Name.Entry.Type).ThenByDescending(hit => !hit.Met.Misspelt && hit.Name.Entry.IsPanel)
            .ThenBy(hit => hit.Name.Whole.Length).ThenBy(hit => hit.Name.Entry.Id, StringComparer.Ordinal)
            .DistinctBy(hit => hit.Name.Entry.Id)
            .Take(count)
            .Select(hit => new CatalogueHit(hit.Name.Entry, hit.Name.Text, hit.Met.Misspelt)),
    ];
}
