using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Display;

internal sealed class DisplayService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, DisplayReader reader, TimeProvider time) : IDisplays
{
    private const int LongestName = 60;

    public async Task<Result<IReadOnlyList<DisplayLinkLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageDisplays))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await Lines(db, db.DisplayLinks).ToListAsync(cancellation);
    }

    public async Task<Result<NewDisplayLink>> MakeAsync(string name, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageDisplays) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (name.Trim() is not { Length: > 0 and <= LongestName } wanted)
        {
            return Refusal.Invalid("Say where the display hangs, in at most 60 characters.", nameof(name));
        }

        var secret = SessionSecret.Create();
        var link = new DisplayLink
        {
            Id = Guid.CreateVersion7(),
            Name = wanted,
            KeyHash = SessionSecret.KeyOf(secret)!,
            CreatedBy = me,
            CreatedAt = time.GetUtcNow(),
        };
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        db.DisplayLinks.Add(link);
        audit.Add(db, new AuditEntry(AuditAction.Create, "display.make-link") { ResourceType = "display_link", ResourceId = link.Id, Severity = "medium" });
        await db.SaveChangesAsync(cancellation);
        return new NewDisplayLink(await Lines(db, db.DisplayLinks.Where(l => l.Id == link.Id)).SingleAsync(cancellation), secret);
    }

    public async Task<Result<DisplayLinkLine>> RevokeAsync(Guid linkId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageDisplays) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.DisplayLinks.SingleOrDefaultAsync(l => l.Id == linkId, cancellation) is not { } link)
        {
            return Refusal.NotFound("Display");
        }

        if (link.RevokedAt is null)
        {
            link.Revoke(me, time.GetUtcNow());
            audit.Add(db, new AuditEntry(AuditAction.Delete, "display.revoke-link") { ResourceType = "display_link", ResourceId = linkId, Severity = "medium" });
            await db.SaveChangesAsync(cancellation);
        }

        return await Lines(db, db.DisplayLinks.Where(l => l.Id == linkId)).SingleAsync(cancellation);
    }

    public Task<DisplayBoard?> ReadAsync(string? secret, CancellationToken cancellation) => reader.ReadAsync(secret, cancellation);

    private static IQueryable<DisplayLinkLine> Lines(ClinicDb db, IQueryable<DisplayLink> links) =>
        from l in links.AsNoTracking()
        join u in db.Users on l.CreatedBy equals u.Id
        orderby l.RevokedAt != null, l.CreatedAt descending
        select new DisplayLinkLine(l.Id, l.Name, u.FullName, l.CreatedAt, l.RevokedAt);
}
