using DrAssistant.Data.Audit;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SecondFactor;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// The second step of signing in. The right password leaves a ticket, which opens nothing but the question for the code; wrong codes
/// count as wrong passwords do, and are forgiven only by a right one.
/// </summary>
internal sealed class CodeStep(
    Factors factors, FactorOffers offers, PhiCipher cipher, IOptions<SecondFactorOptions> required, IOptions<SessionOptions> options, TimeProvider time)
{
    /// <summary>Null where the password is enough; otherwise the ticket, which is added to what is saved next.</summary>
    public async Task<CodeNeeded?> AskAsync(ClinicDb db, StaffMember person, CancellationToken cancellation)
    {
        var isOn = await Factors.OfAsync(db, person.Id, cancellation) is { IsOn: true };
        if (!isOn && !required.Value.IsRequiredFor(person.Role))
        {
            return null;
        }

        // What this person never finished goes with the next attempt: it holds an offered secret, and nobody can use it.
        var now = time.GetUtcNow();
        await db.SignInTickets.Where(t => t.UserId == person.Id && t.ExpiresAt < now).ExecuteDeleteAsync(cancellation);

        var (id, secret) = (Guid.CreateVersion7(), SessionSecret.Create());
        var offered = isOn ? null : Totp.NewSecret();
        var ticket = new SignInTicket
        {
            Id = id,
            UserId = person.Id,
            KeyHash = SessionSecret.KeyOf(secret)!,
            ExpiresAt = now + SignInTicket.Lifetime,
            Offered = offered is null ? null : cipher.ProtectBytes(AddressOf(id), offered),
        };
        db.SignInTickets.Add(ticket);
        return Question(secret, ticket, person, CodeNeeded.Ask);
    }

    /// <summary>The ticket of this secret, while it holds.</summary>
    public async Task<SignInTicket?> FindAsync(ClinicDb db, string secret, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return SessionSecret.KeyOf(secret) is { } key
            ? await db.SignInTickets.SingleOrDefaultAsync(t => t.KeyHash == key && t.UsedAt == null && t.ExpiresAt > now, cancellation)
            : null;
    }

    /// <summary>Whether this is the code. The account is held: a code that two portals are given at once is used by one.</summary>
    public async Task<(bool IsRight, string How, RecoveryCodes? Codes)> TryAsync(
        ClinicDb db, StaffMember person, SignInTicket ticket, string code, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var kept = await Factors.OfAsync(db, person.Id, cancellation);
        if (ticket.Offered is not { } offered || kept is { IsOn: true })
        {
            return kept is not null && factors.TryUse(kept, code, now) is { } how ? (true, how, null) : (false, "wrong code", null);
        }

        var secret = cipher.RevealBytes(AddressOf(ticket.Id), offered);
        return Totp.Match(secret, code, now) is { } step
            ? (true, "second factor set up", await factors.TurnOnAsync(db, person.Id, secret, step, now, cancellation))
            : (false, "wrong code", null);
    }

    /// <summary>A wrong code, counted; the last one allowed locks the account, and the ticket is worth nothing any more.</summary>
    public (AuditEntry Entry, CodeNeeded? Again) Fail(StaffMember person, SignInTicket ticket, string secret)
    {
        person.CountFailure(time.GetUtcNow(), options.Value.FailuresUntilLocked, options.Value.Locked);
        var locked = person.IsLockedAt(time.GetUtcNow());
        if (locked)
        {
            ticket.Use(time.GetUtcNow());
        }

        var entry = new AuditEntry(AuditAction.Execute, locked ? "sign-in.locked" : "sign-in.failed")
        {
            ResourceType = "user",
            ResourceId = person.Id,
            Reason = locked ? "too many wrong codes" : "wrong code",
            Severity = locked ? "high" : "medium",
            Outcome = AuditOutcome.Failed,
        };
        return (entry, locked ? null : Question(secret, ticket, person, CodeNeeded.Wrong));
    }

    private static FieldAddress AddressOf(Guid ticket) => new("sign_in_tickets", "offered", ticket);

    private CodeNeeded Question(string secret, SignInTicket ticket, StaffMember person, string words)
    {
        var offer = ticket.Offered is { } offered
            ? offers.Make(cipher.RevealBytes(AddressOf(ticket.Id), offered), person.UserName!, AddressOf(ticket.Id))
            : null;
        return new CodeNeeded(secret, offer, words);
    }
}
