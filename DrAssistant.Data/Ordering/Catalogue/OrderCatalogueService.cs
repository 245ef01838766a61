using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Reading the catalogue. It is reference data: reading it is no event of the audit trail.</summary>
internal sealed class OrderCatalogueService(OrderCatalogueStore catalogue, ICurrentUser user) : IOrderCatalogue
{
    public async Task<Result<IReadOnlyList<CatalogueHit>>> FindAsync(string question, OrderType? type, int count, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var known = await catalogue.CurrentAsync(cancellation);
        return known.Find(question, type, count).ToList();
    }

    public async Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var known = await catalogue.CurrentAsync(cancellation);
        return known.Sets.ToList();
    }

    public async Task<Result<CatalogueEntry>> GetAsync(string entryId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        var known = await catalogue.CurrentAsync(cancellation);
        return known.Get(entryId) is { } entry ? entry : Refusal.NotFound("Entry of the catalogue");
    }
}
