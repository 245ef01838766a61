using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Register;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>A formulary of which a test says what it finds.</summary>
internal sealed class FakeFormulary : IFormulary
{
    public List<Medicine> Medicines { get; } = [];

    public Func<string, Task<Result<IReadOnlyList<MedicineHit>>>>? Find { get; set; }

    public static Medicine Amoxicillin { get; } = new("amoxicillin", "Amoxicillin")
    {
        Forms = ["capsule", "suspension"],
        Strengths = ["250 mg", "500 mg", "125 mg in 5 mL"],
        Routes = ["oral"],
        Brands = ["Mox"],
    };

    public Task<Result<IReadOnlyList<MedicineHit>>> FindAsync(string question, int count, CancellationToken cancellation)
        => Find?.Invoke(question) ?? Task.FromResult<Result<IReadOnlyList<MedicineHit>>>(
            Medicines.Where(m => m.GenericName.StartsWith(question, StringComparison.OrdinalIgnoreCase)).Select(m => new MedicineHit(m, m.GenericName, MedicineNameKind.Generic, Misspelt: false)).ToList());

    public Task<Result<Medicine>> GetAsync(string medicineId, CancellationToken cancellation)
        => Task.FromResult<Result<Medicine>>(Medicines.Find(m => m.Id == medicineId) is { } medicine ? medicine : Refusal.NotFound("Medicine"));
}

/// <summary>A register that a test fills.</summary>
internal sealed class FakeRegister : IPrescriptionRegister
{
    public List<H1Query> Asked { get; } = [];

    public List<H1Entry> Entries { get; } = [];

    public List<OverrideCount> Counts { get; } = [];

    public Task<Result<H1Register>> H1Async(H1Query query, CancellationToken cancellation)
    {
        Asked.Add(query);
        return Task.FromResult<Result<H1Register>>(new H1Register(query.From, query.To, Entries, HasMore: false));
    }

    public Task<Result<OverrideRates>> OverridesAsync(DateOnly from, DateOnly to, CancellationToken cancellation)
        => Task.FromResult<Result<OverrideRates>>(new OverrideRates(from, to, Counts));
}
