using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>
/// Answers whoever holds a paper. It reads as background work, because nobody is signed in: only the prescription whose seal is in the code, and only to compare it.
/// </summary>
internal sealed class PrescriptionVerification(IServiceScopeFactory scopes, PrescriptionSeal seal, IOptions<ClinicOptions> practice) : IPrescriptionVerification
{
    public async Task<PrescriptionVerdict?> VerifyAsync(string? code, CancellationToken cancellation)
    {
        if (PrescriptionSeal.IdOf(code) is not { } id)
        {
            return null;
        }

        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        var signed = await db.Prescriptions.AsNoTracking().Include(p => p.Items).SingleOrDefaultAsync(p => p.Id == id && p.Signature != null, cancellation);
        if (signed is not { SignedAt: { } at, SignerName: { } name, ContentDigest: { } digest } || !PrescriptionSeal.IsCodeOf(code!, signed))
        {
            return null;
        }

        var replaced = await db.Prescriptions.AnyAsync(p => p.ReplacesId == id && p.SignedAt != null, cancellation);
        return new PrescriptionVerdict(
            name, signed.SignerQualification, signed.SignerRegistrationNumber, signed.SignerRegistrationCouncil, at, signed.Status, seal.Matches(signed), replaced, digest,
            practice.Value.Name);
    }
}
