using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>A doctor's word that everything in the basket is asked for.</summary>
internal sealed class BasketSigner(IDbContextFactory<ClinicDb> clinic, BasketWriter baskets, OrderReading reading)
{
    public async Task<Result<VisitOrders>> SignAsync(BasketAct act, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await baskets.FindAsync(db, act, me, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var basket = found.Value;
        if (BasketAtWork.MarkOf(basket.Drafts) != act.Mark)
        {
            return await baskets.OvertakenAsync(act, me, cancellation);
        }

        var orders = basket.Drafts.Where(o => o.Items.Count > 0).ToList();
        if (orders.Count == 0)
        {
            return OrderRefusals.Empty;
        }

        if (Open(basket, orders) is { } open)
        {
            return open;
        }

        var person = await db.Users.AsNoTracking().SingleAsync(u => u.Id == me, cancellation);
        var signer = new OrderSigner(person.FullName, person.Qualification, person.RegistrationNumber, person.RegistrationCouncil, basket.Now);
        var requisition = Guid.CreateVersion7();
        foreach (var order in orders)
        {
            if (order.Sign(signer, requisition) is { } refusal)
            {
                return refusal;
            }

            baskets.Note(db, order, AuditAction.Execute, "order.sign", [new FieldChange("status", "draft", "ordered")], severity: "medium");
        }

        return await BasketWriter.SavedAsync(db, cancellation)
            ? (await reading.OfEncounterAsync(db, act.EncounterId, me, cancellation))!
            : await baskets.OvertakenAsync(act, me, cancellation);
    }

    /// <summary>What has to be said first.</summary>
    private static Refusal? Open(BasketAtWork basket, List<Order> orders)
    {
        foreach (var item in orders.SelectMany(o => o.Items))
        {
            if (basket.Catalogue.Get(item.CatalogueId) is not { IsActive: true } entry)
            {
                return Refusal.Invalid($"{item.ItemName} can no longer be ordered. Take it out of the basket.", nameof(OrderItemView.EntryId));
            }

            if (entry.Sided && item.Side is null)
            {
                return Refusal.Invalid($"{item.ItemName}: left, right or both?", nameof(OrderItemDraft.Side));
            }
        }

        return orders.Find(o => o.OrderType is OrderType.Referral && o.Reason is null) is not null
            ? Refusal.Invalid("A referral says why. Write a reason.", nameof(OrderParticularsDraft.Reason))
            : null;
    }
}
