using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Messages.Senders;

internal sealed class LaboratoryService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, TimeProvider time) : ILaboratories
{
    private const int MostFiles = 50;
    private const int MostMessages = 200;
    private const int MostSenders = 200;

    public async Task<Result<IReadOnlyList<SenderLine>>> SendersAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await Lines(db, db.ResultSenders).Take(MostSenders).ToListAsync(cancellation);
    }

    public async Task<Result<NewSender>> MakeKeyAsync(Guid providerId, string name, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var wanted = PlainText.Of(name);
        if (wanted.Length is 0 or > ResultSenderConfiguration.LongestName)
        {
            return Refusal.Invalid($"Say which of its systems sends with it, in at most {ResultSenderConfiguration.LongestName} characters.", nameof(name));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (!await db.Providers.AnyAsync(p => p.Id == providerId && p.IsActive, cancellation))
        {
            return Refusal.NotFound("Provider");
        }

        var key = SessionSecret.Create();
        var sender = new ResultSender
        {
            Id = Guid.CreateVersion7(),
            ProviderId = providerId,
            Name = wanted,
            KeyHash = SessionSecret.KeyOf(key)!,
            CreatedBy = me,
            CreatedAt = time.GetUtcNow(),
        };
        db.ResultSenders.Add(sender);
        audit.Add(db, new AuditEntry(AuditAction.Create, "result-sender.make-key") { ResourceType = "result_sender", ResourceId = sender.Id, Severity = "medium" });
        await db.SaveChangesAsync(cancellation);
        return new NewSender(await Lines(db, db.ResultSenders.Where(s => s.Id == sender.Id)).SingleAsync(cancellation), key);
    }

    public async Task<Result<SenderLine>> RevokeKeyAsync(Guid senderId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.ResultSenders.SingleOrDefaultAsync(s => s.Id == senderId, cancellation) is not { } sender)
        {
            return Refusal.NotFound("Key");
        }

        if (sender.RevokedAt is null)
        {
            sender.Revoke(me, time.GetUtcNow());
            audit.Add(db, new AuditEntry(AuditAction.Delete, "result-sender.revoke-key") { ResourceType = "result_sender", ResourceId = senderId, Severity = "medium" });
            await db.SaveChangesAsync(cancellation);
        }

        return await Lines(db, db.ResultSenders.Where(s => s.Id == senderId)).SingleAsync(cancellation);
    }

    public async Task<Result<IReadOnlyList<ResultFileLine>>> FilesAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await (from f in db.ResultFiles.AsNoTracking()
                      join s in db.ResultSenders on f.SenderId equals s.Id into keys
                      from s in keys.DefaultIfEmpty()
                      join p in db.Providers on s.ProviderId equals p.Id into providers
                      from p in providers.DefaultIfEmpty()
                      orderby f.ReceivedAt descending, f.Id
                      select new ResultFileLine(
                          f.Id, f.Name, p == null ? null : p.Name + ", " + s.Name, f.Format, f.Status, f.Total, f.Filed, f.Unmatched, f.Refused, f.Repeated, f.Problem, f.ReceivedAt, f.FinishedAt))
            .Take(MostFiles).ToListAsync(cancellation);
    }

    public async Task<Result<IReadOnlyList<RefusedMessage>>> RefusedAsync(Guid fileId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageCatalogue))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.ResultMessages.AsNoTracking().Where(m => m.FileId == fileId && m.Status == ResultMessageStatus.Refused)
            .OrderBy(m => m.Position).Take(MostMessages).Select(m => new RefusedMessage(m.Position + 1, m.ControlId, m.Problem)).ToListAsync(cancellation);
    }

    private static IQueryable<SenderLine> Lines(ClinicDb db, IQueryable<ResultSender> senders) =>
        from s in senders.AsNoTracking()
        join p in db.Providers on s.ProviderId equals p.Id
        join u in db.Users on s.CreatedBy equals u.Id
        orderby s.RevokedAt != null, s.CreatedAt descending
        select new SenderLine(s.Id, s.ProviderId, p.Name, s.Name, u.FullName, s.CreatedAt, s.LastUsedAt, s.RevokedAt);
}
