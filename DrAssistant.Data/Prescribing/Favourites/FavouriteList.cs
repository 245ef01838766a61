using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Favourites;

/// <summary>A doctor's own favourites.</summary>
internal sealed class FavouriteList(
    IDbContextFactory<ClinicDb> clinic, FormularyStore formulary, DraftRepeating lines, AuditTrail audit, ClinicClock clock)
{
    private const int Most = 200;

    public async Task<IReadOnlyList<FavouriteMedicine>> ListAsync(Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await db.FavouriteMedicines.AsNoTracking().Where(f => f.OwnerId == me && f.RemovedAt == null)
            .OrderByDescending(f => f.Uses).ThenByDescending(f => f.LastUsedAt ?? f.CreatedAt).ThenBy(f => f.Id).Take(Most).ToListAsync(cancellation);
        var known = await formulary.CurrentAsync(cancellation);
        return rows.ConvertAll(row => View(row, known));
    }

    public async Task<Result<FavouriteMedicine>> KeepAsync(Guid prescriptionId, Guid lineId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var item = await db.PrescriptionItems.AsNoTracking().SingleOrDefaultAsync(i => i.Id == lineId && i.PrescriptionId == prescriptionId, cancellation);
        if (item is null)
        {
            return Refusal.NotFound("Medicine");
        }

        var known = await formulary.CurrentAsync(cancellation);
        var line = KeptLines.Keep(LineViews.Of(item, 0, known, draft: true));
        var fingerprint = KeptLines.FingerprintOf(line);
        if (await SameAsync(db, me, fingerprint, cancellation) is { } same)
        {
            return View(same, known);
        }

        if (await db.FavouriteMedicines.CountAsync(f => f.OwnerId == me && f.RemovedAt == null, cancellation) >= Most)
        {
            return Refusal.Conflict($"You have {Most} favourites. Put one away first.");
        }

        var kept = new KeptFavourite { Id = Guid.CreateVersion7(), OwnerId = me, Line = line, Fingerprint = fingerprint, CreatedAt = clock.Now };
        db.FavouriteMedicines.Add(kept);
        audit.Add(db, new AuditEntry(AuditAction.Create, "favourite.keep") { PatientId = item.PatientId, ResourceType = "favourite-medicine", ResourceId = kept.Id });
        if (await DraftWriter.SavedAsync(db, cancellation))
        {
            return View(kept, known);
        }

        db.ChangeTracker.Clear();
        return await SameAsync(db, me, fingerprint, cancellation) is { } other ? View(other, known) : Refusal.Conflict("This favourite could not be kept. Try again.");
    }

    public async Task<Result<Guid>> RemoveAsync(Guid favouriteId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.FavouriteMedicines.SingleOrDefaultAsync(f => f.Id == favouriteId && f.OwnerId == me && f.RemovedAt == null, cancellation) is not { } row)
        {
            return Refusal.NotFound("Favourite");
        }

        row.RemovedAt = clock.Now;
        audit.Add(db, new AuditEntry(AuditAction.Delete, "favourite.remove") { ResourceType = "favourite-medicine", ResourceId = row.Id });
        await db.SaveChangesAsync(cancellation);
        return row.Id;
    }

    public async Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid favouriteId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var row = await db.FavouriteMedicines.AsNoTracking().SingleOrDefaultAsync(f => f.Id == favouriteId && f.OwnerId == me && f.RemovedAt == null, cancellation);
        if (row is null)
        {
            return Refusal.NotFound("Favourite");
        }

        var line = KeptLines.View(row.Line, await formulary.CurrentAsync(cancellation), clock.Today);
        var added = await lines.AddAsync(act, me, "prescription.favourite", [line], cancellation);
        if (added.Succeeded)
        {
            var now = clock.Now;
            await db.FavouriteMedicines.Where(f => f.Id == row.Id)
                .ExecuteUpdateAsync(f => f.SetProperty(x => x.Uses, x => x.Uses + 1).SetProperty(x => x.LastUsedAt, now), cancellation);
        }

        return added;
    }

    private FavouriteMedicine View(KeptFavourite row, FormularySnapshot known)
    {
        var line = KeptLines.View(row.Line, known, clock.Today);
        return new FavouriteMedicine(row.Id, line, LineViews.InAList(line), row.Uses, line.IsWithdrawn);
    }

    private static Task<KeptFavourite?> SameAsync(ClinicDb db, Guid me, string fingerprint, CancellationToken cancellation)
        => db.FavouriteMedicines.AsNoTracking().SingleOrDefaultAsync(f => f.OwnerId == me && f.Fingerprint == fingerprint && f.RemovedAt == null, cancellation);
}
