using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Asks somebody who is signed in for their password once more, before an act that nobody else at their screen may do. A wrong one
/// counts as a failed sign-in does, and locks the account as often.
/// </summary>
internal sealed class PasswordConfirmation(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, StaffPasswords passwords, PasswordJudge judge, AuditTrail audit, TimeProvider time)
{
    private static readonly Refusal NotRight = Refusal.Invalid("The password is not right, or the account is locked. Check it and try again.", "Password");

    /// <summary>Null where it is theirs.</summary>
    public async Task<Refusal?> AskAsync(string password, CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var hash = await db.Users.AsNoTracking().Where(u => u.Id == me).Select(u => u.PasswordHash).SingleOrDefaultAsync(cancellation);
        var verified = passwords.Verify(hash, password);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = await PasswordJudge.HoldAsync(db, me, cancellation);
        if (person is not null && person.PasswordHash != hash)
        {
            verified = passwords.Verify(person.PasswordHash, password);
        }

        var refused = judge.Judge(person, verified, time.GetUtcNow());
        if (refused is not null)
        {
            audit.Add(db, refused);
        }
        else
        {
            person!.ForgiveFailures();
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return refused is null ? null : NotRight;
    }
}
