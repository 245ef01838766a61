using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>Finds what can be ordered while one types: sets that are called so first, then the catalogue.</summary>
public partial class OrderSearch(IOrderCatalogue catalogue)
{
    private const int Enough = 2;
    private const int MostSets = 4;
    private const int MostFound = 9;

    private AddField<OrderOption, CatalogueHit>? _field;

    [Parameter, EditorRequired]
    public IReadOnlyList<OrderSet> Sets { get; set; } = [];

    /// <summary>Adds what was chosen; answers why not, and then what was typed stays.</summary>
    [Parameter, EditorRequired]
    public Func<CatalogueEntry?, OrderSet?, Task<Refusal?>> Take { get; set; } = default!;

    public ValueTask FocusAsync() => _field?.FocusAsync() ?? ValueTask.CompletedTask;

    private static bool IsTooLittle(string typed) => typed.Trim().Length < Enough;

    private async Task<Result<IReadOnlyList<CatalogueHit>>> FindAsync(string typed, CancellationToken cancellation)
        => IsTooLittle(typed) ? new List<CatalogueHit>() : await catalogue.FindAsync(typed, null, MostFound, cancellation);

    private IReadOnlyList<OrderOption> Compose(string typed, IReadOnlyList<CatalogueHit> hits)
    {
        if (IsTooLittle(typed))
        {
            return [];
        }

        var name = typed.Trim();
        var sets = Sets.Where(s => OrderOption.Fits(s, name)).OrderBy(s => !s.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Take(MostSets);
        return [.. sets.Select(OrderOption.Of), .. hits.Select(OrderOption.Of)];
    }

    private IReadOnlyList<OrderOption> AllSets() => [.. Sets.Select(OrderOption.Of)];

    private Task<Refusal?> TakeAsync(OrderOption option) => Take(option.Entry, option.Set);
}
