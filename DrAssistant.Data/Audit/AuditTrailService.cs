using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Audit;

internal sealed class AuditTrailService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, AuditFinder finder) : IAuditTrail
{
    private const int MostLines = 200;

    public Task<Result<IReadOnlyList<AuditLine>>> LatestAsync(int take, CancellationToken cancellation)
        => ReadAsync(take, (_, events) => Task.FromResult(events), patientId: null, cancellation);

    public Task<Result<IReadOnlyList<AuditLine>>> OfPatientAsync(Guid patientId, int take, CancellationToken cancellation)
        => ReadAsync(
            take,
            async (db, events) =>
            {
                var records = await db.PatientNames
                    .Where(n => db.PatientNames.Any(asked => asked.PatientId == patientId && asked.SurvivorId == n.SurvivorId))
                    .Select(n => n.PatientId).ToListAsync(cancellation);
                return events.Where(e => records.Contains(e.PatientId!.Value) || e.PatientIds!.Any(id => records.Contains(id)));
            },
            patientId,
            cancellation);

    public async Task<Result<AuditPage>> SearchAsync(AuditSearch search, CancellationToken cancellation)
        => user.Can(Permissions.ReadAudit) ? await finder.FindAsync(search, cancellation) : Refusal.Forbidden;

    public async Task<Result<AuditExport>> ExportAsync(AuditSearch search, CancellationToken cancellation)
        => user.Can(Permissions.ReadAudit) ? await finder.ExportAsync(search, cancellation) : Refusal.Forbidden;

    private async Task<Result<IReadOnlyList<AuditLine>>> ReadAsync(
        int take, Func<ClinicDb, IQueryable<AuditEvent>, Task<IQueryable<AuditEvent>>> choose, Guid? patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAudit))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var events = await choose(db, db.AuditEvents.AsNoTracking());
        var lines = await (
            from e in events
            join u in db.Users on e.ActorId equals (Guid?)u.Id into actors
            from u in actors.DefaultIfEmpty()
            join n in db.PatientNames on e.PatientId equals (Guid?)n.PatientId into names
            from n in names.DefaultIfEmpty()
            orderby e.At descending, e.Id descending
            select new AuditLine(
                e.Id, e.At, u == null ? null : u.FullName, e.ActorRole, e.Event, e.Severity, e.Outcome,
                n == null ? null : n.Mrn, e.IpAddress == null ? null : e.IpAddress!.ToString(), e.Reason))
            .Take(Math.Clamp(take, 1, MostLines))
            .ToListAsync(cancellation);

        audit.Add(db, new AuditEntry(AuditAction.Read, "audit.read") { PatientId = patientId });
        await db.SaveChangesAsync(cancellation);
        return lines;
    }
}
