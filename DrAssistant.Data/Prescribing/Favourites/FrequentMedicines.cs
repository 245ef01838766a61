using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Favourites;

/// <summary>What a doctor signed most, with the directions they usually give.</summary>
internal sealed class FrequentMedicines(IDbContextFactory<ClinicDb> clinic, FormularyStore formulary, ClinicClock clock)
{
    private const int Most = 20;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(183);

    public async Task<IReadOnlyList<FrequentMedicine>> OfAsync(Guid me, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var since = clock.Now - Lately;
        var counts = await db.Database.SqlQuery<Counted>($"""
            SELECT (array_agg(i.id ORDER BY p.signed_at DESC, i.id DESC))[1] AS id, count(*)::int AS times
            FROM prescription_items i JOIN prescriptions p ON p.id = i.prescription_id
            WHERE p.doctor_id = {me} AND p.status IN ('signed', 'sent', 'dispensed') AND p.signed_at >= {since}
            GROUP BY coalesce(i.code_system || i.medication_code, lower(i.medication_name)), i.form, i.strength, i.dosage, i.frequency, i.duration, i.food
            ORDER BY 2 DESC, max(p.signed_at) DESC LIMIT {Most}
            """).ToListAsync(cancellation);
        Guid[] ids = [.. counts.Select(c => c.Id)];
        var items = await db.PrescriptionItems.AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var known = await formulary.CurrentAsync(cancellation);
        return
        [
            .. counts.Where(c => items.ContainsKey(c.Id)).Select(c =>
            {
                var line = LineViews.Of(items[c.Id], 0, known, draft: false) with { EndsOn = null };
                return new FrequentMedicine(line, LineViews.InAList(line), c.Times, line.IsWithdrawn);
            }),
        ];
    }

    private sealed record Counted(Guid Id, int Times);
}
