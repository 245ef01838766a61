using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.SecondFactor;

/// <summary>Keeps and checks second factors. The account is held by whoever calls, so that two portals take turns and a code is used once.</summary>
internal sealed class Factors(PhiCipher cipher)
{
    public static Task<KeptFactor?> OfAsync(ClinicDb db, Guid userId, CancellationToken cancellation)
        => db.SecondFactors.SingleOrDefaultAsync(f => f.UserId == userId, cancellation);

    /// <summary>A code of the telephone or a recovery code; whichever it is, it is used up. Answers which, or null.</summary>
    public string? TryUse(KeptFactor factor, string typed, DateTimeOffset now)
    {
        if (factor.Secret is not { } kept)
        {
            return null;
        }

        if (Totp.Match(cipher.RevealBytes(KeptFactor.AddressOf(factor.UserId), kept), typed, now) is { } step)
        {
            return factor.TryUse(step) ? "code" : null;
        }

        return RecoveryCode.HashOf(typed) is { } hash && factor.TryUse(hash) ? "recovery code" : null;
    }

    /// <summary>Turns it on with a secret of which one code was typed; answers the recovery codes.</summary>
    public async Task<RecoveryCodes> TurnOnAsync(ClinicDb db, Guid userId, byte[] secret, long step, DateTimeOffset now, CancellationToken cancellation)
    {
        var factor = await OfAsync(db, userId, cancellation);
        if (factor is null)
        {
            factor = new KeptFactor { UserId = userId };
            db.SecondFactors.Add(factor);
        }

        var codes = RecoveryCode.Create();
        factor.TurnOn(cipher.ProtectBytes(KeptFactor.AddressOf(userId), secret), step, codes.Select(c => RecoveryCode.HashOf(c)!), now);
        return new RecoveryCodes(codes);
    }
}
