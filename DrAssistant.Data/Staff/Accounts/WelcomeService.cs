using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>Acts as nobody, in a scope of its own: whoever is signed in at this browser has no part in it.</summary>
internal sealed class WelcomeService(IServiceScopeFactory scopes, StaffPasswords passwords, PasswordRules rules, TimeProvider time) : IWelcome
{
    private static readonly Refusal NoLink = new(
        RefusalKind.NotFound, "This link does not open anything. It was used, replaced, or is older than 72 hours. Ask an admin of the practice for a new one.");

    public async Task<Result<Welcome>> OpenAsync(string secret, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await ContextAsync(scope, cancellation);
        return await FindAsync(db, secret, cancellation) is var (link, person) ? View(link, person) : NoLink;
    }

    public async Task<Result<Welcome>> SetPasswordAsync(string secret, string password, SignInOrigin origin, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var db = await ContextAsync(scope, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await FindAsync(db, secret, cancellation) is not (var found, var whose))
        {
            return NoLink;
        }

        if (rules.RefuseFor(whose, password) is { } sentence)
        {
            return Refusal.Invalid(sentence, "Password");
        }

        // Of two at once, the second waits here and finds the link used.
        var hash = passwords.Hash(password);
        if (await PasswordJudge.HoldAsync(db, whose.Id, cancellation) is not { Status: StaffStatus.Active } person
            || await db.AccountLinks.SingleOrDefaultAsync(l => l.Id == found.Id && l.UsedAt == null && l.RevokedAt == null, cancellation) is not { } link)
        {
            return NoLink;
        }

        var now = time.GetUtcNow();
        link.Use(now);
        person.ChoosePassword(hash, now);
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(db, new AuditEntry(AuditAction.Update, "user.password-set")
        {
            ResourceType = "user",
            ResourceId = person.Id,
            Reason = "one-time link",
            Origin = new AuditOrigin(origin.IpAddress, origin.UserAgent),
            Severity = "medium",
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return View(link, person);
    }

    private static Welcome View(AccountLink link, StaffMember person) => new(person.FullName, person.UserName!, link.ExpiresAt);

    private static Task<ClinicDb> ContextAsync(AsyncServiceScope scope, CancellationToken cancellation)
        => scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);

    private async Task<(AccountLink Link, StaffMember Person)?> FindAsync(ClinicDb db, string secret, CancellationToken cancellation)
    {
        if (SessionSecret.KeyOf(secret) is not { } key)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var found = await (
            from l in db.AccountLinks.AsNoTracking()
            join u in db.Users.AsNoTracking() on l.UserId equals u.Id
            where l.KeyHash == key && l.UsedAt == null && l.RevokedAt == null && l.ExpiresAt > now && u.Status == StaffStatus.Active
            select new { Link = l, Person = u }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Link, found.Person);
    }
}
