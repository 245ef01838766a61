using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Favourites;

/// <summary>Sets of medicines: a doctor's own, and the practice's, which any of its doctors keeps.</summary>
internal sealed class MedicineSets(IDbContextFactory<ClinicDb> clinic, FormularyStore formulary, DraftRepeating lines, AuditTrail audit, ClinicClock clock)
{
    private const int Most = 100;

    public async Task<IReadOnlyList<MedicineSet>> ListAsync(Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await Mine(db, me).AsNoTracking().OrderBy(s => s.OwnerId == null).ThenBy(s => s.Name).ThenBy(s => s.Id).Take(2 * Most).ToListAsync(cancellation);
        var known = await formulary.CurrentAsync(cancellation);
        return rows.ConvertAll(row => View(row, known));
    }

    public async Task<Result<MedicineSet>> SaveAsync(MedicineSetDraft draft, Guid me, CancellationToken cancellation)
    {
        var name = PlainText.Of(draft.Name, MedicineSetDraft.LongestName + 1);
        if (name.Length is 0 or > MedicineSetDraft.LongestName)
        {
            return Refusal.Invalid($"Give it a name of at most {MedicineSetDraft.LongestName} letters.", nameof(draft.Name));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var items = await db.PrescriptionItems.AsNoTracking().Where(i => i.PrescriptionId == draft.FromPrescriptionId).OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellation);
        if (items.Count == 0)
        {
            return await db.Prescriptions.AnyAsync(p => p.Id == draft.FromPrescriptionId, cancellation)
                ? Refusal.Invalid("There is no medicine on this prescription.", nameof(draft.FromPrescriptionId))
                : PrescriptionRefusals.NotFound;
        }

        var known = await formulary.CurrentAsync(cancellation);
        var kept = KeptLines.Keep(items.Select((item, n) => LineViews.Of(item, n, known, draft: true)));
        Guid? owner = draft.ForThePractice ? null : me;
        var same = LikePattern.Escaped(name);
        var row = await db.MedicineSets.Where(s => s.OwnerId == owner && s.RemovedAt == null).SingleOrDefaultAsync(s => EF.Functions.ILike(s.Name, same, LikePattern.Escape), cancellation);
        if (row is null)
        {
            if (await db.MedicineSets.CountAsync(s => s.OwnerId == owner && s.RemovedAt == null, cancellation) >= Most)
            {
                return Refusal.Conflict($"There are {Most} sets already. Put one away first.");
            }

            row = new KeptSet { Id = Guid.CreateVersion7(), OwnerId = owner, MadeBy = me, Name = name, Lines = kept, CreatedAt = clock.Now };
            db.MedicineSets.Add(row);
        }
        else
        {
            (row.Name, row.Lines) = (name, kept);
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "medicine-set.save") { PatientId = items[0].PatientId, ResourceType = "medicine-set", ResourceId = row.Id });
        return await DraftWriter.SavedAsync(db, cancellation) ? View(row, known) : Refusal.Conflict("Somebody saved a set of this name at the same moment. Look at it first.");
    }

    public async Task<Result<Guid>> RemoveAsync(Guid setId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await Mine(db, me).SingleOrDefaultAsync(s => s.Id == setId, cancellation) is not { } row)
        {
            return Refusal.NotFound("Set");
        }

        row.RemovedAt = clock.Now;
        audit.Add(db, new AuditEntry(AuditAction.Delete, "medicine-set.remove") { ResourceType = "medicine-set", ResourceId = row.Id });
        await db.SaveChangesAsync(cancellation);
        return row.Id;
    }

    public async Task<Result<PrescriptionView>> AddAsync(PrescriptionAct act, Guid setId, Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await Mine(db, me).AsNoTracking().SingleOrDefaultAsync(s => s.Id == setId, cancellation) is { } row
            ? await lines.AddAsync(act, me, "prescription.set", KeptLines.Views(row.Lines, await formulary.CurrentAsync(cancellation), clock.Today), cancellation)
            : Refusal.NotFound("Set");
    }

    private static IQueryable<KeptSet> Mine(ClinicDb db, Guid me) => db.MedicineSets.Where(s => s.RemovedAt == null && (s.OwnerId == null || s.OwnerId == me));

    private MedicineSet View(KeptSet row, FormularySnapshot known)
        => new(row.Id, row.Name, row.OwnerId is not null, KeptLines.Views(row.Lines, known, clock.Today));
}
