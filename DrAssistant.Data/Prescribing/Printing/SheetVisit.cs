using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Patients;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>What the visit gives to the paper: complaint, what was measured and found, what was asked for, and when to come back.</summary>
internal sealed class SheetVisit(ClinicClock clock)
{
    private const string WeightCode = "29463-7";
    private const string Icd10 = "icd-10";

    public async Task<SheetVisitFacts> ReadAsync(ClinicDb db, PrescriptionView view, Age age, Gender gender, DateTimeOffset at, CancellationToken cancellation)
    {
        var visit = await db.Encounters.AsNoTracking().SingleAsync(e => e.Id == view.EncounterId, cancellation);
        var measured = await db.Observations.AsNoTracking()
            .Where(o => o.EncounterId == view.EncounterId && o.Category == Observation.VitalSigns && o.Status != RecordStatus.EnteredInError && o.ValueNumber != null)
            .Select(o => new VitalReading(o.PatientId, o.Code, o.Name, o.ValueNumber!.Value, o.Unit, o.EffectiveAt, null)).ToListAsync(cancellation);
        var found = VitalWords.Of(measured, age, gender).Where(line => line.Name != "weight").Select(line => $"{line.Name} {line.Value}");
        var diagnoses = await db.Conditions.AsNoTracking()
            .Where(c => c.EncounterId == view.EncounterId && c.Status != ConditionStatus.EnteredInError)
            .OrderBy(c => c.RecordedAt).ThenBy(c => c.Id).Select(c => new { c.Name, c.Code, c.CodeSystem }).ToListAsync(cancellation);
        return new SheetVisitFacts(
            [
                .. SheetWriter.Text("Complaint", PrintText.Of(visit.ChiefComplaint)),
                .. SheetWriter.Text("Findings", string.Join(", ", found)),
                .. SheetWriter.Text("Diagnosis", string.Join("; ", diagnoses.Select(d => Diagnosis(d.Name, d.Code, d.CodeSystem)))),
            ],
            await OrdersAsync(db, view.EncounterId, cancellation),
            await FollowUpAsync(db, view.EncounterId, cancellation),
            await WeightAsync(db, view.PatientId, age, gender, at, cancellation),
            visit.EncounterType is EncounterType.Telemedicine);
    }

    private static string Diagnosis(string name, string? code, string? system)
        => code is not null && system?.Contains(Icd10, StringComparison.OrdinalIgnoreCase) == true ? $"{PrintText.Of(name)} ({PrintText.Of(code)})" : PrintText.Of(name);

    private static async Task<IReadOnlyList<SheetText>> OrdersAsync(ClinicDb db, Guid encounterId, CancellationToken cancellation)
    {
        var asked = await db.Orders.AsNoTracking().Include(o => o.Items)
            .Where(o => o.EncounterId == encounterId && o.Status != OrderStatus.Draft && o.Status != OrderStatus.Cancelled).OrderBy(o => o.CreatedAt).ThenBy(o => o.Id).ToListAsync(cancellation);
        return
        [
            .. SheetWriter.Text("Tests", Names(OrderType.Lab, OrderType.Imaging)),
            .. SheetWriter.Text("Procedures", Names(OrderType.Procedure)),
            .. SheetWriter.Text("Referral", Names(OrderType.Referral)),
        ];

        string Names(params OrderType[] types)
            => string.Join(", ", asked.Where(o => types.Contains(o.OrderType)).SelectMany(o => o.Items.OrderBy(i => i.CreatedAt).ThenBy(i => i.Id)).Select(i => PrintText.Of(i.ItemName)));
    }

    private static async Task<SheetFollowUp?> FollowUpAsync(ClinicDb db, Guid encounterId, CancellationToken cancellation)
    {
        var due = await db.FollowUps.AsNoTracking().Where(f => f.EncounterId == encounterId && f.Status == Encounters.FollowUpStatus.Open)
            .OrderByDescending(f => f.SetAt).Select(f => (DateOnly?)f.DueOn).FirstOrDefaultAsync(cancellation);
        return due is { } day ? new SheetFollowUp(ClinicFormat.DateWithWeekday(day), "bring this page") : null;
    }

    /// <summary>The last one there is, with its day where it is of another: a child's dose is judged by it.</summary>
    private async Task<string?> WeightAsync(ClinicDb db, Guid patientId, Age age, Gender gender, DateTimeOffset at, CancellationToken cancellation)
    {
        var last = await db.Observations.AsNoTracking()
            .Where(o => o.PatientId == patientId && o.Code == WeightCode && o.Category == Observation.VitalSigns && o.Status != RecordStatus.EnteredInError
                && o.ValueNumber != null && o.EffectiveAt <= at)
            .OrderByDescending(o => o.EffectiveAt).ThenByDescending(o => o.Id)
            .Select(o => new VitalReading(o.PatientId, o.Code, o.Name, o.ValueNumber!.Value, o.Unit, o.EffectiveAt, null)).FirstOrDefaultAsync(cancellation);
        if (last is null)
        {
            return null;
        }

        var words = VitalWords.Of([last], age, gender)[0].Value;
        return clock.DayOf(last.At) == clock.DayOf(at) ? words : $"{words} ({ClinicFormat.Date(clock.DayOf(last.At))})";
    }
}

/// <summary>What the visit gives to the paper.</summary>
/// <param name="Orders">Tests, procedures, referrals.</param>
internal sealed record SheetVisitFacts(
    IReadOnlyList<SheetText> Findings, IReadOnlyList<SheetText> Orders, SheetFollowUp? FollowUp, string? Weight, bool IsAtADistance)
{
    public override string ToString() => nameof(SheetVisitFacts);
}
