using DrAssistant.Data.Common;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>Reading the formulary. It is reference data: no patient is in it, and reading it is no event of the audit trail.</summary>
internal sealed class FormularyService(FormularyStore formulary, ICurrentUser user) : IFormulary
{
    public async Task<Result<IReadOnlyList<MedicineHit>>> FindAsync(string question, int count, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        var snapshot = await formulary.CurrentAsync(cancellation);
        return snapshot.Find(question, count).ToList();
    }

    public async Task<Result<Medicine>> GetAsync(string medicineId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadPrescriptions))
        {
            return Refusal.Forbidden;
        }

        var snapshot = await formulary.CurrentAsync(cancellation);
        return snapshot.Get(medicineId) is { } medicine ? medicine : Refusal.NotFound("Medicine");
    }
}
