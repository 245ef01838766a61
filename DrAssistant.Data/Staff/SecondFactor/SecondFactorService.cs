using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Staff.SecondFactor;

internal sealed class SecondFactorService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, Factors factors, FactorOffers offers, PasswordConfirmation password,
    ISessions sessions, AuditTrail audit, IOptions<SecondFactorOptions> options, TimeProvider time) : ISecondFactor
{
    private static readonly Refusal NotOn = Refusal.Conflict("There is no second factor to change.");

    public async Task<Result<FactorState>> StateAsync(CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await StateAsync(db, me, cancellation);
    }

    public async Task<Result<FactorOffer>> OfferAsync(CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Users.Where(u => u.Id == me).Select(u => u.UserName).SingleOrDefaultAsync(cancellation) is { } name
            ? offers.Make(Totp.NewSecret(), name, OfferTo(me))
            : Refusal.NotFound("Account");
    }

    public async Task<Result<RecoveryCodes>> TurnOnAsync(FactorOffer offer, string code, string password, CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (offers.Open(offer, OfferTo(me)) is not { } secret)
        {
            return Refusal.Conflict("This key is no longer valid. Begin again.");
        }

        if (Totp.Match(secret, code, time.GetUtcNow()) is not { } step)
        {
            return Refusal.Invalid("This is not the code that belongs to the key. Check that the telephone's clock is right, and type the six digits that it shows now.", "Code");
        }

        return await ChangeAsync(
            me, password, "second-factor.on", (db, _) => factors.TurnOnAsync(db, me, secret, step, time.GetUtcNow(), cancellation)!, endOthers: true, cancellation);
    }

    public async Task<Result<RecoveryCodes>> RenewCodesAsync(string password, CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        return await ChangeAsync(
            me,
            password,
            "second-factor.codes",
            (_, factor) =>
            {
                var codes = factor is { IsOn: true } ? RecoveryCode.Create() : null;
                factor?.Renew(codes?.Select(c => RecoveryCode.HashOf(c)!) ?? [], time.GetUtcNow());
                return Task.FromResult(codes is null ? null : new RecoveryCodes(codes));
            },
            endOthers: false,
            cancellation);
    }

    public async Task<Result<FactorState>> TurnOffAsync(string password, CancellationToken cancellation)
    {
        if (user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (user.Role is { } role && options.Value.IsRequiredFor(role))
        {
            return Refusal.Conflict("The practice requires a second factor of your role. You can replace it, not turn it off.");
        }

        var off = await ChangeAsync(
            me,
            password,
            "second-factor.off",
            (_, factor) =>
            {
                var was = factor is { IsOn: true };
                factor?.TurnOff(time.GetUtcNow());
                return Task.FromResult(was ? new RecoveryCodes([]) : null);
            },
            endOthers: true,
            cancellation);
        return off.Succeeded ? await StateAsync(cancellation) : off.Refusal;
    }

    private static FieldAddress OfferTo(Guid person) => new("second_factors", "offer", person);

    private async Task<Result<RecoveryCodes>> ChangeAsync(
        Guid me, string typed, string what, Func<ClinicDb, KeptFactor?, Task<RecoveryCodes?>> change, bool endOthers, CancellationToken cancellation)
    {
        if (await password.AskAsync(typed, cancellation) is { } wrong)
        {
            return wrong;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Users.FromSql($"SELECT * FROM users WHERE id = {me} FOR NO KEY UPDATE").ToListAsync(cancellation) is not [{ Status: StaffStatus.Active }])
        {
            return Refusal.Forbidden;
        }

        if (await change(db, await Factors.OfAsync(db, me, cancellation)) is not { } codes)
        {
            return NotOn;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, what) { ResourceType = "user", ResourceId = me, Severity = "medium" });
        await db.SaveChangesAsync(cancellation);
        if (endOthers)
        {
            await sessions.RevokeAllAsync(me, "second factor changed", exceptThisOne: true, cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return codes;
    }

    private async Task<FactorState> StateAsync(ClinicDb db, Guid me, CancellationToken cancellation)
    {
        var factor = await db.SecondFactors.AsNoTracking().SingleOrDefaultAsync(f => f.UserId == me, cancellation);
        var required = user.Role is { } role && options.Value.IsRequiredFor(role);
        return new FactorState(factor is { IsOn: true }, required, factor?.RecoveryCodes.Count ?? 0, factor?.ConfirmedAt);
    }
}
