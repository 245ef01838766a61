using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// Signs people in. It acts as nobody, in a scope of its own: whoever was signed in at this browser before has no part in it.
/// Identity's own <c>SignInManager</c> is not used because it counts failures without a lock, so that guesses sent at the
/// same moment count as one, and because it takes the time from the machine.
/// </summary>
internal sealed class SignInService(
    IServiceScopeFactory scopes,
    StaffPasswords passwords,
    ILookupNormalizer normalizer,
    PasswordJudge judge,
    CodeStep codes,
    SessionNews news,
    IOptions<SessionOptions> options,
    TimeProvider time) : ISignIn
{
    private const int LongestName = 100;

    private static readonly Refusal NotRight = Refusal.Invalid(
        "The name or the password is not right, or the account is locked. Check both and try again.");

    private static readonly Refusal BeginAgain = Refusal.Invalid("That took too long, or the account is locked. Sign in again from the beginning.");

    public async Task<Result<SignedIn>> SignInAsync(string name, string password, SignInOrigin origin, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var audit = scope.ServiceProvider.GetRequiredService<AuditTrail>();
        await using var db = await scope.ServiceProvider
            .GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);

        var (id, hash) = await LookUpAsync(db, name, cancellation);
        var verified = passwords.Verify(hash, password);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var person = await PasswordJudge.HoldAsync(db, id, cancellation);

        // A hash that changed while the old one was being computed was changed by somebody who knew the password.
        if (person is not null && person.PasswordHash != hash)
        {
            verified = passwords.Verify(person.PasswordHash, password);
        }

        var now = time.GetUtcNow();
        var refused = judge.Judge(person, verified, now);
        if (person is null || refused is not null)
        {
            audit.Add(db, refused! with { Origin = new AuditOrigin(origin.IpAddress, origin.UserAgent) });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return NotRight;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            person.PasswordHash = passwords.Hash(password);
        }

        // Earlier failures are not forgiven yet: who knows the password must not guess at codes without end.
        var asked = await codes.AskAsync(db, person, cancellation);
        if (asked is not null)
        {
            audit.Add(db, new AuditEntry(AuditAction.Execute, "sign-in.code-asked") { ResourceType = "user", ResourceId = person.Id, Origin = new AuditOrigin(origin.IpAddress, origin.UserAgent) });
        }

        var signedIn = asked is null ? await BeginAsync(db, audit, person, origin, how: null, cancellation) : null;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await TellOfEarlierAsync(signedIn, origin);
        return asked is null ? signedIn! : asked;
    }

    public async Task<Result<SignedIn>> CompleteAsync(string ticket, string code, SignInOrigin origin, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var audit = scope.ServiceProvider.GetRequiredService<AuditTrail>();
        await using var db = await scope.ServiceProvider
            .GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);

        // Asked twice, before and after the account is held: of two who bring the same ticket, the second finds it used.
        if (await codes.FindAsync(db, ticket, cancellation) is not { } found
            || await PasswordJudge.HoldAsync(db, found.UserId, cancellation) is not { Status: StaffStatus.Active } person
            || person.IsLockedAt(time.GetUtcNow())
            || await codes.FindAsync(db, ticket, cancellation) is not { } kept)
        {
            return BeginAgain;
        }

        var (isRight, how, newCodes) = await codes.TryAsync(db, person, kept, code, cancellation);
        if (!isRight)
        {
            var (entry, again) = codes.Fail(person, kept, ticket);
            audit.Add(db, entry with { Origin = new AuditOrigin(origin.IpAddress, origin.UserAgent) });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return again ?? BeginAgain;
        }

        kept.Use(time.GetUtcNow());
        var signedIn = await BeginAsync(db, audit, person, origin, how, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await TellOfEarlierAsync(signedIn, origin);
        return signedIn with { NewCodes = newCodes };
    }

    private async Task<SignedIn> BeginAsync(
        ClinicDb db, AuditTrail audit, StaffMember person, SignInOrigin origin, string? how, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        person.CountSignIn(now);
        var secret = SessionSecret.Create();
        var session = Session.Begin(secret, person.Id, origin, now, now + options.Value.Absolute);
        db.Sessions.Add(session);
        await EndEarlierAsync(db, origin.EarlierSecret, person.Id, now, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Execute, "sign-in.done")
        {
            ResourceType = "user",
            ResourceId = person.Id,
            SessionId = session.Id,
            Reason = how,
            Origin = new AuditOrigin(origin.IpAddress, origin.UserAgent),
        });
        return new SignedIn(secret, session.ToView(person));
    }

    /// <summary>One browser, one session: an earlier one would live on, unseen, in tabs that are still open.</summary>
    private static async Task EndEarlierAsync(ClinicDb db, string? secret, Guid by, DateTimeOffset now, CancellationToken cancellation)
    {
        if (SessionSecret.KeyOf(secret) is { } key
            && await db.Sessions.SingleOrDefaultAsync(s => s.KeyHash == key && s.RevokedAt == null, cancellation) is { } earlier)
        {
            earlier.Revoke(by, "signed in again", now);
        }
    }

    /// <summary>Pages of the earlier session may be open on another portal.</summary>
    private Task TellOfEarlierAsync(SignedIn? begun, SignInOrigin origin)
        => begun is null || origin.EarlierSecret is null ? Task.CompletedTask : news.TellAsync();

    private async Task<(Guid? Id, string? Hash)> LookUpAsync(ClinicDb db, string name, CancellationToken cancellation)
    {
        // What no account can be called is looked up as well, under a name that nobody has, for the time it takes.
        var key = name.Length is 0 or > LongestName || name.Any(c => char.IsControl(c) || char.IsSurrogate(c))
            ? "-"
            : normalizer.NormalizeName(name.Trim());
        var found = await db.Users.AsNoTracking()
            .Where(s => key.Contains('@') ? s.NormalizedEmail == key : s.NormalizedUserName == key)
            .Select(s => new { s.Id, s.PasswordHash })
            .SingleOrDefaultAsync(cancellation);
        return (found?.Id, found?.PasswordHash);
    }
}
