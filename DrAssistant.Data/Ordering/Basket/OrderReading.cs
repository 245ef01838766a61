using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>Orders as pages show them.</summary>
internal sealed class OrderReading(OrderCatalogueStore catalogue, ClinicClock clock)
{
    private const int MostOfAVisit = 50;

    /// <summary>Null where the visit is not there, or not the reader's to see.</summary>
    public async Task<VisitOrders?> OfEncounterAsync(ClinicDb db, Guid encounterId, Guid? reader, CancellationToken cancellation)
    {
        if (await db.Encounters.AsNoTracking().SingleOrDefaultAsync(e => e.Id == encounterId, cancellation) is not { } visit)
        {
            return null;
        }

        var drafts = await BasketWriter.DraftsOf(db.Orders.AsNoTracking(), encounterId, reader).Include(o => o.Items).ToListAsync(cancellation);
        var signed = await db.Orders.AsNoTracking().Where(o => o.EncounterId == encounterId && o.Status != OrderStatus.Draft).Include(o => o.Items)
            .OrderByDescending(o => o.OrderedAt ?? o.CreatedAt).ThenBy(o => o.Id).Take(MostOfAVisit).AsSplitQuery().ToListAsync(cancellation);
        var known = await catalogue.CurrentAsync(cancellation);
        var basket = drafts.Where(o => o.Items.Count > 0).OrderBy(o => o.OrderType).ToList();
        var views = await ViewsAsync(db, [.. basket, .. signed.OrderByDescending(o => o.OrderedAt ?? o.CreatedAt).ThenBy(o => o.OrderType).ThenBy(o => o.Id)], reader, known, cancellation);
        var before = basket.Count == 0 ? [] : await OrderDuplicates.OfAsync(db, visit.PatientId, basket, known, clock.Now, cancellation);
        return new VisitOrders(
            visit.Id, visit.PatientId, BasketAtWork.MarkOf(drafts), reader is { } me && OrderRefusals.Of(visit, me, clock.Now) is null,
            [.. views.Take(basket.Count).Select(v => v with { Items = [.. v.Items.Select(i => i with { Before = before.GetValueOrDefault(i.Id) })] })],
            [.. views.Skip(basket.Count)]);
    }

    public async Task<OrderView?> OneAsync(ClinicDb db, Guid orderId, Guid? reader, CancellationToken cancellation)
    {
        var rows = await db.Orders.AsNoTracking().Where(o => o.Id == orderId).Include(o => o.Items).ToListAsync(cancellation);
        return (await ViewsAsync(db, rows, reader, await catalogue.CurrentAsync(cancellation), cancellation)).SingleOrDefault();
    }

    /// <summary>In the order of <paramref name="rows"/>.</summary>
    public async Task<IReadOnlyList<OrderView>> ViewsAsync(ClinicDb db, List<Order> rows, Guid? reader, OrderCatalogue known, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        Guid[] people = [.. rows.SelectMany(o => new[] { o.DoctorId, o.CancelledBy }).OfType<Guid>().Distinct()];
        Guid[] places = [.. rows.Select(o => o.ProviderId).OfType<Guid>().Distinct()];
        Guid[] items = [.. rows.SelectMany(o => o.Items).Select(i => i.Id)];
        var around = new Around(
            known,
            await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation),
            places.Length == 0 ? [] : await db.Providers.AsNoTracking().Where(p => places.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellation),
            await db.Results.AsNoTracking().Where(r => items.Contains(r.OrderItemId) && r.SupersededBy == null)
                .GroupBy(r => r.OrderItemId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation));
        return rows.ConvertAll(row => View(row, reader, around));
    }

    private static OrderView View(Order o, Guid? reader, Around around) => new(
        o.Id, o.EncounterId, o.PatientId, o.DoctorId, o.SignerName ?? around.Names.GetValueOrDefault(o.DoctorId) ?? "", o.OrderType, o.Status, o.Urgency, o.DoctorId == reader,
        o.OrderedAt ?? o.CreatedAt, [.. o.Items.OrderBy(i => i.Position).ThenBy(i => i.CreatedAt).ThenBy(i => i.Id).Select((item, n) => Item(item, n, around))])
    {
        Number = o.Number,
        RequisitionId = o.RequisitionId,
        Reason = o.Reason,
        Notes = o.Notes,
        ProviderId = o.ProviderId,
        Provider = o.ProviderId is { } provider ? around.Providers.GetValueOrDefault(provider) : null,
        ReferredTo = o.ReferredTo,
        LetterParts = [.. (o.LetterParts ?? []).Select(EnumText.Parse<LetterPart>)],
        CompletedAt = o.CompletedAt,
        Cancelled = o.CancelledAt is { } at ? new OrderStep(at, o.CancelledBy is { } by ? around.Names.GetValueOrDefault(by) : null) : null,
        CancelReason = o.CancelReason,
    };

    private static OrderItemView Item(OrderItem i, int position, Around around)
    {
        var entry = around.Catalogue.Get(i.CatalogueId);
        return new OrderItemView(i.Id, position, i.CatalogueId, i.ItemName, entry is { Sided: true } && i.Side is null ? [nameof(OrderItemDraft.Side)] : [])
        {
            Instructions = i.Instructions,
            Side = i.Side,
            Sided = entry?.Sided == true,
            Specimen = entry?.Specimen,
            Preparation = entry?.Preparation,
            Tests = entry is { IsPanel: true } ? [.. around.Catalogue.TestsOf(entry).Select(t => t.Name)] : [],
            Results = around.Results.GetValueOrDefault(i.Id),
            CompletedAt = i.CompletedAt,
        };
    }

    private sealed record Around(OrderCatalogue Catalogue, Dictionary<Guid, string> Names, Dictionary<Guid, string> Providers, Dictionary<Guid, int> Results);
}
