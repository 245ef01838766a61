using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>Where somebody is signed in, as an admin sees it; and who else works here.</summary>
internal sealed class AccountSessions(
    IDbContextFactory<ClinicDb> clinic, ISessions sessions, AuditTrail audit, IOptions<SessionOptions> options, TimeProvider time)
{
    private const int MostSessions = 50;
    private const int MostColleagues = 500;

    public async Task<Result<IReadOnlyList<SessionView>>> OfAsync(Guid accountId, CancellationToken cancellation)
    {
        var (now, idle) = (time.GetUtcNow(), time.GetUtcNow() - options.Value.Idle);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var open = await (
            from s in db.Sessions.AsNoTracking()
            join u in db.Users.AsNoTracking() on s.UserId equals u.Id
            where s.UserId == accountId && s.RevokedAt == null && s.ExpiresAt > now && s.LastActivityAt > idle && u.Status == StaffStatus.Active
            orderby s.CreatedAt descending
            select new { Session = s, Person = u }).Take(MostSessions).ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "sessions.read") { ResourceType = "user", ResourceId = accountId });
        await db.SaveChangesAsync(cancellation);
        return open.ConvertAll(o => o.Session.ToView(o.Person));
    }

    public async Task<Result<int>> EndAsync(Guid accountId, Guid? sessionId, CancellationToken cancellation)
    {
        if (sessionId is not { } one)
        {
            return await sessions.RevokeAllAsync(accountId, "ended by an admin", exceptThisOne: true, cancellation);
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Sessions.AnyAsync(s => s.Id == one && s.UserId == accountId, cancellation)
            ? await sessions.RevokeAsync(one, "ended by an admin", cancellation)
            : Refusal.NotFound("Session");
    }

    public async Task<Result<IReadOnlyList<AccountLine>>> ColleaguesAsync(Guid accountId, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().Where(u => u.Id != accountId && u.Status == StaffStatus.Active)
            .OrderBy(u => u.FullName).ThenBy(u => u.Id).Take(MostColleagues)
            .Select(u => new AccountLine(u.Id, u.UserName!, u.FullName, u.Email!, u.Role, u.Specialty, u.Status, u.LastLoginAt, false))
            .ToListAsync(cancellation);
    }
}
