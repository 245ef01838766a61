using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>Changes a basket in one transaction with its audit events and the word to open pages.</summary>
internal sealed class BasketWriter(
    IDbContextFactory<ClinicDb> clinic, OrderReading reading, OrderCatalogueStore catalogue, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    /// <summary>Null from <paramref name="change"/> goes on to save; a change that notes nothing is none.</summary>
    /// <param name="anyMark">It takes nothing away, so it can be done to a basket that another window changed.</param>
    public async Task<Result<VisitOrders>> WriteAsync(
        BasketAct act, Guid me, string deed, Func<BasketAtWork, Refusal?> change, CancellationToken cancellation, bool anyMark = false)
        => await TryAsync(act, me, deed, change, anyMark, cancellation) is { } done ? done
            : anyMark && await TryAsync(act, me, deed, change, anyMark, cancellation) is { } again ? again
            : anyMark ? OrderRefusals.Busy : await OvertakenAsync(act, me, cancellation);

    /// <summary>Null where somebody was faster.</summary>
    private async Task<Result<VisitOrders>?> TryAsync(
        BasketAct act, Guid me, string deed, Func<BasketAtWork, Refusal?> change, bool anyMark, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var found = await FindAsync(db, act, me, cancellation);
        if (!found.Succeeded)
        {
            return found.Refusal;
        }

        var basket = found.Value;
        if (!anyMark && BasketAtWork.MarkOf(basket.Drafts) != act.Mark)
        {
            return null;
        }

        if (change(basket) is { } refusal)
        {
            return refusal;
        }

        foreach (var (order, changes) in basket.Changes)
        {
            var isNew = db.Entry(order).State is EntityState.Added;
            if (!isNew)
            {
                order.Touch();
            }

            Note(db, order, isNew ? AuditAction.Create : AuditAction.Update, isNew ? "order.begin" : deed, changes);
        }

        if (basket.Changes.Count > 0 && !await SavedAsync(db, cancellation))
        {
            return null;
        }

        return (await reading.OfEncounterAsync(db, act.EncounterId, me, cancellation))!;
    }

    /// <summary>The drafts of a doctor in a visit, to be changed by them.</summary>
    public async Task<Result<BasketAtWork>> FindAsync(ClinicDb db, BasketAct act, Guid me, CancellationToken cancellation)
    {
        if (await db.Encounters.AsNoTracking().SingleOrDefaultAsync(e => e.Id == act.EncounterId, cancellation) is not { } visit)
        {
            return OrderRefusals.NoVisit;
        }

        if (visit.PatientId != act.PatientId)
        {
            return OrderRefusals.AnothersChart;
        }

        if (await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == act.PatientId, cancellation) is not { } patient)
        {
            return Refusal.NotFound("Patient");
        }

        if ((OrderRefusals.Of(patient) ?? OrderRefusals.Of(visit, me, clock.Now)) is { } refusal)
        {
            return refusal;
        }

        var drafts = await DraftsOf(db.Orders, visit.Id, me).Include(o => o.Items).ToListAsync(cancellation);
        return new BasketAtWork(db, visit, drafts, await catalogue.CurrentAsync(cancellation), clock.Now);
    }

    public async Task<Refusal> OvertakenAsync(BasketAct act, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await reading.OfEncounterAsync(db, act.EncounterId, me, cancellation) is { } current
            ? new OrdersOvertaken("These orders were changed meanwhile, in another window. Look at them as they are now, then try again.", current)
            : OrderRefusals.NoVisit;
    }

    public void Note(ClinicDb db, Order order, AuditAction action, string deed, IReadOnlyCollection<FieldChange> changes, string? reason = null, string severity = "low")
    {
        audit.Add(db, new AuditEntry(action, deed)
        {
            PatientId = order.PatientId, ResourceType = "order", ResourceId = order.Id, Changes = changes, Reason = reason, Severity = severity,
        });
        outbox.Add(db, "order.changed", order.Id, order.PatientId);
    }

    public static IQueryable<Order> DraftsOf(IQueryable<Order> orders, Guid encounterId, Guid? doctor)
        => orders.Where(o => o.EncounterId == encounterId && o.DoctorId == doctor && o.Status == OrderStatus.Draft);

    /// <summary>False where somebody was faster.</summary>
    public static async Task<bool> SavedAsync(ClinicDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException
            || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.RestrictViolation })
        {
            return false;
        }
    }
}
