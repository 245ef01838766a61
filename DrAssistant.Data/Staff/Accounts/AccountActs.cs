using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>
/// What an admin does to an account, in one transaction. It runs as background work, because what somebody leaves behind is not the
/// admin's to read, and is recorded as the admin's. The active admins are held meanwhile: two who lock each other out take turns,
/// and the second is no admin any more.
/// </summary>
internal sealed class AccountActs(IServiceScopeFactory scopes, ICurrentUser user, ISessions sessions, PhiCipher cipher, TimeProvider time)
{
    /// <summary>Does it with the account held, or with none for a new one.</summary>
    public async Task<Result<T>> DoAsync<T>(Guid? accountId, Func<AccountAct, Task<Result<T>>> act, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Not FOR UPDATE: ending sessions, on a connection of its own, refers to the admin's row and would wait for us.
        var admins = await db.Users
            .FromSql($"SELECT * FROM users WHERE role = 'admin' AND status = 'active' ORDER BY id FOR NO KEY UPDATE").ToListAsync(cancellation);
        if (!admins.Exists(a => a.Id == user.Id))
        {
            return Refusal.Forbidden;
        }

        var person = accountId is { } id
            ? admins.Find(a => a.Id == id)
                ?? (await db.Users.FromSql($"SELECT * FROM users WHERE id = {id} FOR NO KEY UPDATE").ToListAsync(cancellation)).SingleOrDefault()
            : null;
        if (accountId is not null && person is null)
        {
            return Refusal.NotFound("Account");
        }

        try
        {
            var done = await act(new AccountAct(scope.ServiceProvider, db, person, admins.Count, new AuditTrail(user, cipher, time)));
            if (done.Succeeded)
            {
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }

            return done;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken)
        {
            return taken.ConstraintName?.Contains("email", StringComparison.Ordinal) == true
                ? Refusal.Invalid("Another account has this e-mail address.", nameof(AccountDraft.Email))
                : Refusal.Invalid("Another account has this user name.", nameof(AccountDraft.UserName));
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            return Refusal.Conflict("Somebody booked one of these times meanwhile. Nothing was changed; look at the numbers again.");
        }
    }

    /// <summary>
    /// Ends all sessions of a person whose account is held. Before the commit: whoever signs in waits for the account, and finds it changed.
    /// </summary>
    public Task EndSessionsAsync(StaffMember person, string reason, CancellationToken cancellation)
        => sessions.RevokeAllAsync(person.Id, reason, exceptThisOne: false, cancellation);

    /// <summary>A new link in the place of an unused one.</summary>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)> LinkAsync(AccountAct act, StaffMember person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await act.RevokeLinksAsync(person.Id, now, cancellation);
        var secret = SessionSecret.Create();
        var link = AccountLink.Issue(secret, person.Id, user.Id, now);
        act.Db.AccountLinks.Add(link);
        act.Note(AuditAction.Create, "account.link", person.Id);
        return (secret, link.ExpiresAt);
    }
}

/// <summary>One act under way.</summary>
internal sealed record AccountAct(IServiceProvider Services, ClinicDb Db, StaffMember? Held, int ActiveAdmins, AuditTrail Audit)
{
    public StaffMember Person => Held ?? throw new InvalidOperationException("No account is held.");

    /// <summary>Somebody must be able to let others in.</summary>
    public bool IsLastAdmin => Person is { Role: StaffRole.Admin, Status: StaffStatus.Active } && ActiveAdmins == 1;

    public OutboxWriter Outbox => Services.GetRequiredService<OutboxWriter>();

    public void Note(AuditAction action, string what, Guid account, IReadOnlyCollection<FieldChange>? changes = null)
        => Audit.Add(Db, new AuditEntry(action, what) { ResourceType = "user", ResourceId = account, Changes = changes ?? [], Severity = "medium" });

    /// <summary>Saved at once: only one link of a person may be open.</summary>
    public async Task RevokeLinksAsync(Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var open in await Db.AccountLinks.Where(l => l.UserId == person && l.UsedAt == null && l.RevokedAt == null).ToListAsync(cancellation))
        {
            open.Revoke(now);
        }

        await Db.SaveChangesAsync(cancellation);
    }
}
