using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Basket;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering;

internal sealed class OrderService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, OrderReading reading, BasketWriter baskets, BasketSigner signer, OrderCatalogueStore catalogue, AuditTrail audit,
    ClinicClock clock) : IOrders
{
    private const int MostOfAPage = 50;
    private const int MostPages = 2_000;
    private const int ShortestReason = 3;
    private const int LongestReason = 255;

    public async Task<Result<VisitOrders>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await reading.OfEncounterAsync(db, encounterId, user.Id, cancellation) is not { } orders)
        {
            return OrderRefusals.NoVisit;
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "orders.read") { PatientId = orders.PatientId, ResourceType = "encounter", ResourceId = encounterId });
        await db.SaveChangesAsync(cancellation);
        return orders;
    }

    public async Task<Result<OrderList>> ListAsync(OrderListQuery query, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await db.Patients.AnyAsync(p => p.Id == query.PatientId, cancellation))
        {
            return Refusal.NotFound("Patient");
        }

        var (skip, take) = (Math.Clamp(query.Skip, 0, MostPages), Math.Clamp(query.Take, 1, MostOfAPage));
        var all = db.Orders.AsNoTracking().Where(o => o.PatientId == query.PatientId && o.Status != OrderStatus.Draft);
        var rows = await all.Where(o => query.Type == null || o.OrderType == query.Type).Include(o => o.Items)
            .OrderBy(o => o.Status == OrderStatus.Ordered || o.Status == OrderStatus.InProgress ? 0 : 1)
            .ThenByDescending(o => o.OrderedAt ?? o.CreatedAt).ThenBy(o => o.Id).Skip(skip).Take(take + 1).AsSplitQuery().ToListAsync(cancellation);
        var open = await all.CountAsync(o => o.Status == OrderStatus.Ordered || o.Status == OrderStatus.InProgress, cancellation);
        var views = await reading.ViewsAsync(db, [.. rows.Take(take)], user.Id, await catalogue.CurrentAsync(cancellation), cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "orders.read") { PatientId = query.PatientId, ResourceType = "patient", ResourceId = query.PatientId });
        await db.SaveChangesAsync(cancellation);
        return new OrderList(query.PatientId, views, open, rows.Count > take);
    }

    public async Task<Result<VisitOrders>> AddAsync(BasketAct act, string entryId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteOrders) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await baskets.WriteAsync(act, me, "order.add", basket => basket.Catalogue.Get(entryId) switch
        {
            not { IsActive: true } => OrderRefusals.Unknown,
            { } entry when basket.Holds(entry) => Refusal.Conflict($"{entry.Name} is in the basket already."),
            { } entry => basket.Add(entry),
        }, cancellation, anyMark: true);
    }

    public async Task<Result<VisitOrders>> AddSetAsync(BasketAct act, string setId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteOrders) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await baskets.WriteAsync(
            act, me, "order.add-set",
            basket => basket.Catalogue.Sets.FirstOrDefault(s => s.Id == setId) is { } set
                ? set.Members.Where(m => !basket.Holds(m)).Select(basket.Add).FirstOrDefault(refused => refused is not null)
                : Refusal.NotFound("Order set"),
            cancellation, anyMark: true);
    }

    public async Task<Result<VisitOrders>> ChangeItemAsync(BasketAct act, OrderItemDraft item, CancellationToken cancellation)
        => user.Can(Permissions.WriteOrders) && user.Id is { } me
            ? await baskets.WriteAsync(act, me, "order.item", basket => ParticularsWriter.Change(basket, item), cancellation)
            : Refusal.Forbidden;

    public async Task<Result<VisitOrders>> RemoveItemAsync(BasketAct act, Guid itemId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteOrders) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await baskets.WriteAsync(act, me, "order.remove", basket =>
        {
            if (basket.Find(itemId) is not { } item)
            {
                return OrderRefusals.NoItem;
            }

            basket.Remove(item);
            return null;
        }, cancellation);
    }

    public async Task<Result<VisitOrders>> ReviseAsync(BasketAct act, OrderParticularsDraft particulars, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteOrders) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return particulars.ProviderId is { } provider && provider != Guid.Empty && !await IsProviderAsync(provider, cancellation)
            ? Refusal.Invalid("Choose a provider from the list.", nameof(particulars.ProviderId))
            : await baskets.WriteAsync(act, me, "order.revise", basket => ParticularsWriter.Revise(basket, particulars), cancellation);
    }

    public async Task<Result<VisitOrders>> SignAsync(BasketAct act, CancellationToken cancellation)
        => user.Can(Permissions.WriteOrders) && user.Id is { } me ? await signer.SignAsync(act, me, cancellation) : Refusal.Forbidden;

    public async Task<Result<OrderView>> CancelAsync(Guid orderId, Guid patientId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteOrders) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason, LongestReason + 1);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return OrderRefusals.ReasonNeeded;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Orders.SingleOrDefaultAsync(o => o.Id == orderId, cancellation) is not { } order)
        {
            return OrderRefusals.NotFound;
        }

        if (order.PatientId != patientId)
        {
            return OrderRefusals.AnothersChart;
        }

        var before = EnumText.Of(order.Status);
        if ((order.Status is OrderStatus.Draft ? Refusal.Conflict("It is not signed yet: take it out of the basket.") : order.Cancel(me, clock.Now, why)) is { } refusal)
        {
            return refusal;
        }

        baskets.Note(db, order, AuditAction.Update, "order.cancel", [new FieldChange("status", before, "cancelled")], why, "medium");
        return await BasketWriter.SavedAsync(db, cancellation) ? (await reading.OneAsync(db, orderId, me, cancellation))! : OrderRefusals.Busy;
    }

    private async Task<bool> IsProviderAsync(Guid provider, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Providers.AnyAsync(p => p.Id == provider && p.IsActive, cancellation);
    }
}
