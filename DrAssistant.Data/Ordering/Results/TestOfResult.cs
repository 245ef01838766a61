using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Which test of the catalogue a value or an ordered item is.</summary>
internal static class TestOfResult
{
    /// <summary>By the code as a laboratory gives it; a house test goes by its id.</summary>
    public static CatalogueEntry? TestOf(this OrderCatalogue catalogue, string? codeSystem, string code)
        => codeSystem is null or CodeSystems.Catalogue ? catalogue.Get(code) : catalogue.ByCode(codeSystem, code);

    public static CatalogueEntry? TestOf(this OrderCatalogue catalogue, OrderItem item)
        => catalogue.Get(item.CatalogueId) ?? catalogue.TestOf(item.CodeSystem, item.ItemCode);
}
