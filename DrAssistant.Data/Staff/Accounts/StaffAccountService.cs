using System.Security.Cryptography;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.Accounts;

internal sealed partial class StaffAccountService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, AccountActs acts, Leaving leaving,
    StaffPasswords passwords, ILookupNormalizer normalizer, TimeProvider time) : IStaffAccounts
{
    public const int PageSize = 25;
    private const int MostColleagues = 500;

    private static readonly Refusal LastAdmin = Refusal.Conflict(
        "This is the last admin who can sign in. Give somebody else the role first, or nobody could let anybody in.");

    public async Task<Result<AccountPage>> FindAsync(AccountSearch search, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var people = db.Users.AsNoTracking().Where(u => (search.Role == null || u.Role == search.Role) && (search.Status == null || u.Status == search.Status));
        if (search.Text?.Trim() is { Length: > 0 and <= 100 } text)
        {
            var pattern = LikePattern.Containing(text);
            people = people.Where(u => EF.Functions.ILike(u.FullName, pattern, LikePattern.Escape) || EF.Functions.ILike(u.UserName!, pattern, LikePattern.Escape)
                || EF.Functions.ILike(u.Email!, pattern, LikePattern.Escape) || EF.Functions.ILike(u.Specialty!, pattern, LikePattern.Escape));
        }

        var total = await people.CountAsync(cancellation);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(search.Page, 0, pages - 1);
        var lines = await people.OrderBy(u => u.FullName).ThenBy(u => u.Id).Skip(page * PageSize).Take(PageSize)
            .Select(u => new AccountLine(
                u.Id, u.UserName!, u.FullName, u.Email!, u.Role, u.Specialty, u.Status, u.LastLoginAt,
                db.SecondFactors.Any(f => f.UserId == u.Id && f.Secret != null), u.ProfileImageUrl))
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "staff.read"));
        await db.SaveChangesAsync(cancellation);
        return new AccountPage(lines, total, page, pages);
    }

    public async Task<Result<AccountView>> OpenAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await ViewAsync(db, accountId, cancellation) is not { } view)
        {
            return Refusal.NotFound("Account");
        }

        audit.Add(db, new AuditEntry(AuditAction.Read, "account.read") { ResourceType = "user", ResourceId = accountId });
        await db.SaveChangesAsync(cancellation);
        return view;
    }

    public async Task<Result<AccountInvitation>> CreateAsync(AccountDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        if (AccountRules.Check(draft) is { } wrong)
        {
            return wrong;
        }

        var nobodys = passwords.Hash(RandomPassword());
        return await acts.DoAsync<AccountInvitation>(
            null,
            async act =>
            {
                var person = new StaffMember
                {
                    Id = Guid.CreateVersion7(),
                    FullName = draft.FullName,
                    Role = draft.Role,
                    PasswordHash = nobodys,
                    SecurityStamp = RandomPassword(),
                    LockoutEnabled = true,
                };
                Name(person, draft);
                AccountRules.Fill(person, draft);
                act.Db.Users.Add(person);
                act.Note(AuditAction.Create, "user.create", person.Id);
                await act.Db.SaveChangesAsync(cancellation);
                return await InviteAsync(act, person, cancellation);
            },
            cancellation);
    }

    public async Task<Result<AccountView>> SaveAsync(Guid accountId, AccountDraft draft, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        if (AccountRules.Check(draft) is { } wrong)
        {
            return wrong;
        }

        return await acts.DoAsync(accountId, act => ChangeAsync(act, draft, cancellation), cancellation);
    }

    public async Task<Result<AccountInvitation>> ResetPasswordAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        var nobodys = passwords.Hash(RandomPassword());
        return await acts.DoAsync<AccountInvitation>(
            accountId,
            async act =>
            {
                if (act.Person.Status != StaffStatus.Active)
                {
                    return Refusal.Conflict("This account is deactivated. Reactivate it first.");
                }

                act.Person.ForgetPassword(nobodys);
                act.Note(AuditAction.Update, "user.password-reset", accountId);
                var invited = await InviteAsync(act, act.Person, cancellation);
                await acts.EndSessionsAsync(act.Person, "password reset", cancellation);
                return invited;
            },
            cancellation);
    }

    public async Task<Result<AccountView>> ResetSecondFactorAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        return await acts.DoAsync(
            accountId,
            async act =>
            {
                if (await act.Db.SecondFactors.SingleOrDefaultAsync(f => f.UserId == accountId && f.Secret != null, cancellation) is not { } factor)
                {
                    return Refusal.Conflict("This account has no second factor.");
                }

                factor.TurnOff(time.GetUtcNow());
                act.Note(AuditAction.Update, "user.factor-reset", accountId);
                await acts.EndSessionsAsync(act.Person, "second factor reset", cancellation);
                return await SavedAsync(act, cancellation);
            },
            cancellation);
    }

    public async Task<Result<IReadOnlyList<AccountLine>>> ColleaguesAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.AsNoTracking().Where(u => u.Id != accountId && u.Status == StaffStatus.Active)
            .OrderBy(u => u.FullName).ThenBy(u => u.Id).Take(MostColleagues)
            .Select(u => new AccountLine(u.Id, u.UserName!, u.FullName, u.Email!, u.Role, u.Specialty, u.Status, u.LastLoginAt, false, u.ProfileImageUrl))
            .ToListAsync(cancellation);
    }

    public async Task<Result<LeftBehind>> LeftBehindAsync(Guid accountId, CancellationToken cancellation)
        => user.Can(Permissions.ManageUsers) ? await leaving.CountAsync(accountId, cancellation) : Refusal.Forbidden;

    public async Task<Result<AccountView>> DeactivateAsync(Guid accountId, HandOverDraft handOver, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        return await acts.DoAsync(
            accountId,
            async act =>
            {
                if (act.Person.Status != StaffStatus.Active)
                {
                    return Refusal.Conflict("This account is deactivated already.");
                }

                if (act.IsLastAdmin)
                {
                    return LastAdmin;
                }

                if (await leaving.HandOverAsync(act, handOver, cancellation) is { } refusal)
                {
                    return refusal;
                }

                act.Person.Status = StaffStatus.Inactive;
                await act.RevokeLinksAsync(accountId, time.GetUtcNow(), cancellation);
                act.Note(AuditAction.Update, "user.deactivate", accountId, [new FieldChange("status", "active", "inactive")]);
                await acts.EndSessionsAsync(act.Person, "account deactivated", cancellation);
                return await SavedAsync(act, cancellation);
            },
            cancellation);
    }

    public async Task<Result<AccountView>> ReactivateAsync(Guid accountId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        return await acts.DoAsync(
            accountId,
            async act =>
            {
                if (act.Person.Status == StaffStatus.Active)
                {
                    return Refusal.Conflict("This account is active already.");
                }

                act.Person.Status = StaffStatus.Active;
                act.Person.ForgiveFailures();
                act.Note(AuditAction.Update, "user.reactivate", accountId, [new FieldChange("status", "inactive", "active")]);
                return await SavedAsync(act, cancellation);
            },
            cancellation);
    }

    private async Task<Result<AccountInvitation>> InviteAsync(AccountAct act, StaffMember person, CancellationToken cancellation)
    {
        var (secret, expires) = await acts.LinkAsync(act, person, cancellation);
        await act.Db.SaveChangesAsync(cancellation);
        return new AccountInvitation((await ViewAsync(act.Db, person.Id, cancellation))!, secret, expires);
    }

    private async Task<Result<AccountView>> SavedAsync(AccountAct act, CancellationToken cancellation)
    {
        act.Person.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        await act.Db.SaveChangesAsync(cancellation);
        return (await ViewAsync(act.Db, act.Person.Id, cancellation))!;
    }

    private void Name(StaffMember person, AccountDraft draft)
    {
        (person.UserName, person.Email) = (draft.UserName.Trim(), draft.Email.Trim());
        (person.NormalizedUserName, person.NormalizedEmail) = (normalizer.NormalizeName(person.UserName), normalizer.NormalizeEmail(person.Email));
    }

    private Task<AccountView?> ViewAsync(ClinicDb db, Guid id, CancellationToken cancellation) => AccountViews.OfAsync(db, id, time.GetUtcNow(), cancellation);

    private static string RandomPassword() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
}
