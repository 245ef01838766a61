using DrAssistant.Data.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>What a password that was given means for the account: that it is right, or one more failure.</summary>
internal sealed class PasswordJudge(IOptions<SessionOptions> options)
{
    /// <summary>Reads the account again under a lock: guesses sent at the same moment are counted one by one.</summary>
    public static async Task<StaffMember?> HoldAsync(ClinicDb db, Guid? id, CancellationToken cancellation)
    {
        var wanted = id ?? Guid.Empty;
        var held = await db.Users.FromSql($"SELECT * FROM users WHERE id = {wanted} FOR UPDATE").ToListAsync(cancellation);
        return held is [var person] ? person : null;
    }

    /// <summary>Null when it is the person's own and the account is in use; otherwise what the audit trail is told.</summary>
    public AuditEntry? Judge(StaffMember? person, PasswordVerificationResult verified, DateTimeOffset now)
    {
        if (person is null)
        {
            return Failed("sign-in.failed", null, "unknown name");
        }

        if (person.Status != StaffStatus.Active)
        {
            return Failed("sign-in.failed", person.Id, "inactive account");
        }

        if (person.IsLockedAt(now))
        {
            return Failed("sign-in.locked", person.Id, "account is locked");
        }

        if (verified != PasswordVerificationResult.Failed)
        {
            return null;
        }

        person.CountFailure(now, options.Value.FailuresUntilLocked, options.Value.Locked);
        return person.IsLockedAt(now)
            ? Failed("sign-in.locked", person.Id, "too many wrong passwords") with { Severity = "high" }
            : Failed("sign-in.failed", person.Id, "wrong password");
    }

    private static AuditEntry Failed(string what, Guid? userId, string reason) => new(AuditAction.Execute, what)
    {
        ResourceType = "user",
        ResourceId = userId,
        Reason = reason,
        Severity = "medium",
        Outcome = AuditOutcome.Failed,
    };
}
