
namespace DrAssistant.Data.Stores.Search;

/// <summary>Terms in the language of <c>tsquery</c> and <c>tsvector</c>. Keys are letters of base64 alone, so nothing has to be escaped.</summary>
internal static class PostgresQuery
{
    /// <summary>As far as a place is counted.</summary>
    private const int LastPlace = 16_383;

    public static string Of(SearchTerms terms)
        => string.Join(" & ", terms.All.Select(Demand).Concat(terms.None.Select(demand => $"!{Demand(demand)}")));

    /// <summary><c>'key':1,7 'other':2</c>.</summary>
    public static string Vector(IReadOnlyList<PlacedTerm> terms)
        => string.Join(' ', terms.GroupBy(t => t.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"'{g.Key}':{string.Join(',', g.Select(t => Math.Min(t.Place, LastPlace)).Distinct())}"));

    private static string Demand(SearchDemand demand) => $"({string.Join(" | ", demand.Phrases.Select(Phrase))})";

    private static string Phrase(IReadOnlyList<IReadOnlyList<string>> places)
        => $"({string.Join(" <-> ", places.Select(keys => $"({string.Join(" | ", keys.Select(key => $"'{key}'"))})"))})";
}
