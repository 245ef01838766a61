using DrAssistant.Data.Audit;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Reads as background work, because nobody is signed in: only the prescription whose seal begins as the code says.</summary>
internal sealed class PaperCheck(IServiceScopeFactory scopes, IPrescriptionVerification verification) : IPaperCheck
{
    public string? Tidied(string? code) => PaperCode.Parse(code);

    public async Task<PaperVerdict?> CheckAsync(string? code, int? birthYear, CancellationToken cancellation)
    {
        if (PaperCode.Parse(code) is not { } printed)
        {
            return null;
        }

        await using var scope = SystemScope.Create(scopes);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        if (await FindAsync(db, printed, cancellation) is not { } paper || await verification.VerifyAsync(PrescriptionSeal.CodeOf(paper), cancellation) is not { } verdict)
        {
            return null;
        }

        var replacedBy = await db.Prescriptions.Where(p => p.ReplacesId == paper.Id && p.SignedAt != null).Select(p => p.Number).FirstOrDefaultAsync(cancellation);
        return new PaperVerdict(printed, paper.Number, replacedBy, await InitialsAsync(scope, db, paper, birthYear, cancellation), verdict);
    }

    private static async Task<Prescription?> FindAsync(ClinicDb db, string code, CancellationToken cancellation)
    {
        var start = PaperCode.SealStart(code);
        var ids = await db.Database.SqlQuery<Guid>(
            $"SELECT id AS \"Value\" FROM prescriptions WHERE signature IS NOT NULL AND substr(signature, strpos(signature, ':') + 1, 13) = {start} LIMIT 5")
            .ToListAsync(cancellation);
        var found = await db.Prescriptions.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(cancellation);
        return found.Find(p => PaperCode.Of(p.Signature) == code);
    }

    /// <summary>The one thing that is said of the patient is an event of the audit trail.</summary>
    private static async Task<string?> InitialsAsync(AsyncServiceScope scope, ClinicDb db, Prescription paper, int? birthYear, CancellationToken cancellation)
    {
        if (birthYear is null)
        {
            return null;
        }

        var patient = await db.Patients.AsNoTracking().Where(p => p.Id == paper.PatientId)
            .Select(p => new { p.FirstName, p.LastName, p.DateOfBirth }).SingleOrDefaultAsync(cancellation);
        var isTheirs = patient is not null && patient.DateOfBirth.Year == birthYear;
        scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(db, new AuditEntry(AuditAction.Read, "prescription.initials")
        {
            PatientId = paper.PatientId,
            ResourceType = "prescription",
            ResourceId = paper.Id,
            Outcome = isTheirs ? AuditOutcome.Done : AuditOutcome.Refused,
        });
        await db.SaveChangesAsync(cancellation);
        return isTheirs ? new PersonName(patient!.FirstName, patient.LastName).Initials : null;
    }
}
