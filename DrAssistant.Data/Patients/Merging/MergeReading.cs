using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Patients.Merging;

/// <summary>Requests as lists and pages show them.</summary>
internal sealed class MergeReading(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, MergeComparer comparer, ClinicClock clock)
{
    private const int MostLines = 100;

    public async Task<Result<IReadOnlyList<MergeLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ApproveMerges))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await Rows(db)
            .OrderBy(r => r.Merge.Status == MergeStatus.Asked ? 0 : 1)
            .ThenBy(r => r.Merge.Status == MergeStatus.Asked ? r.Merge.AskedAt : DateTimeOffset.MinValue)
            .ThenByDescending(r => r.Merge.DecidedAt).Take(MostLines)
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "merges.read")
        {
            PatientIds = [.. rows.SelectMany(r => new[] { r.Merge.SurvivorId, r.Merge.MergedId }).Distinct()],
        });
        await db.SaveChangesAsync(cancellation);
        return rows.ConvertAll(Line);
    }

    public async Task<Result<MergeRequest>> OpenAsync(Guid mergeId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ApproveMerges) && !user.Can(Permissions.RequestMerges))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await Rows(db).SingleOrDefaultAsync(r => r.Merge.Id == mergeId, cancellation) is not { } row)
        {
            return Refusal.NotFound("Merge");
        }

        var merge = row.Merge;
        var comparison = await ComparisonAsync(db, merge, cancellation);
        var since = merge.Status is MergeStatus.Approved ? await MergeStore.WrittenSinceAsync(db, mergeId, cancellation) : 0;
        audit.Add(db, new AuditEntry(AuditAction.Read, "merge.read")
        {
            PatientId = merge.SurvivorId,
            PatientIds = [merge.SurvivorId, merge.MergedId],
            ResourceType = "patient_merge",
            ResourceId = mergeId,
        });
        await db.SaveChangesAsync(cancellation);
        return new MergeRequest(
            Line(row), comparison, MergeStore.Choices(merge.Choices), merge.Reason, merge.DecidedReason, merge.RowsFiled, since,
            row.UndoneBy, merge.UndoneAt, merge.UndoneReason);
    }

    public async Task<MergeLine?> LineAsync(ClinicDb db, Guid mergeId, CancellationToken cancellation)
        => await Rows(db).SingleOrDefaultAsync(r => r.Merge.Id == mergeId, cancellation) is { } row ? Line(row) : null;

    /// <summary>Who was faster, and when.</summary>
    public string SaidBefore(MergeLine line) => line.Status switch
    {
        MergeStatus.Asked => "This request still waits for a decision.",
        MergeStatus.Undone => "This merge was undone already.",
        var status => $"{line.DecidedBy} {EnumText.Of(status)} this on {ClinicFormat.DateAndTime(line.DecidedAt ?? line.AskedAt, clock)}.",
    };

    private async Task<MergeComparison?> ComparisonAsync(ClinicDb db, PatientMerge merge, CancellationToken cancellation)
    {
        if (await comparer.ReadAsync(db, merge.SurvivorId, cancellation) is not { } survivor || await comparer.ReadAsync(db, merge.MergedId, cancellation) is not { } merged)
        {
            return null;
        }

        IReadOnlyList<string> obstacles = merge.Status is MergeStatus.Asked ? await comparer.ObstaclesAsync(db, survivor, merged, cancellation) : [];
        return comparer.Compare(survivor, merged, obstacles, merge.Status is MergeStatus.Asked ? merge.Id : null);
    }

    private static IQueryable<Row> Rows(ClinicDb db)
        => from merge in db.PatientMerges.AsNoTracking()
           join survivor in db.PatientNames on merge.SurvivorId equals survivor.PatientId
           join merged in db.PatientNames on merge.MergedId equals merged.PatientId
           join asked in db.Users on merge.AskedBy equals asked.Id
           join decided in db.Users on merge.DecidedBy equals (Guid?)decided.Id into deciders
           from decided in deciders.DefaultIfEmpty()
           join undone in db.Users on merge.UndoneBy equals (Guid?)undone.Id into undoers
           from undone in undoers.DefaultIfEmpty()
           select new Row
           {
               Merge = merge,
               Survivor = survivor,
               Merged = merged,
               AskedBy = asked.FullName,
               DecidedBy = decided == null ? null : decided.FullName,
               UndoneBy = undone == null ? null : undone.FullName,
           };

    private static MergeLine Line(Row row) => new(
        row.Merge.Id, row.Merge.Status, new PersonName(row.Survivor.FirstName, row.Survivor.LastName), row.Survivor.Mrn,
        new PersonName(row.Merged.FirstName, row.Merged.LastName), row.Merged.Mrn, row.AskedBy, row.Merge.AskedAt, row.DecidedBy, row.Merge.DecidedAt);

    private sealed class Row
    {
        public required PatientMerge Merge { get; init; }

        public required PatientName Survivor { get; init; }

        public required PatientName Merged { get; init; }

        public required string AskedBy { get; init; }

        public string? DecidedBy { get; init; }

        public string? UndoneBy { get; init; }
    }
}
