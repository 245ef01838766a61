using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Essentials;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>What an engine is told of the chart: sex, age, active problems, medicines being taken and allergies; no name and no number.</summary>
internal sealed class DraftCharts(IDbContextFactory<ClinicDb> clinic, IPatientEssentials essentials, ClinicClock clock)
{
    public async Task<DraftChart> OfAsync(Guid patientId, Guid encounterId, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var person = await db.Patients.AsNoTracking().Where(p => p.Id == patientId).Select(p => new { p.Gender, p.DateOfBirth }).SingleOrDefaultAsync(cancellation);
        var known = await essentials.ReadAsync(patientId, encounterId, cancellation);
        if (person is null || known.Value is not { } chart)
        {
            return DraftChart.Nothing;
        }

        return new DraftChart(
            EnumText.Of(person.Gender), Age.On(clock.Today, person.DateOfBirth).Years,
            [.. chart.Problems.Select(p => p.Name)], [.. chart.Medicines.Select(m => m.Name)], [.. chart.Allergies.Active.Select(a => a.Substance)]);
    }
}
