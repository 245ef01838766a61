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
        var lines = await AuditLines.Of(db, events).Take(Math.Clamp(take, 1, MostLines)).ToListAsync(cancellation);

        audit.Add(db, new AuditEntry(AuditAction.Read, "audit.read") { PatientId = patientId });
        await db.SaveChangesAsync(cancellation);
        return lines;
    }
}
