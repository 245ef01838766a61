using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Telemedicine;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Prescribing.Signing;

/// <summary>What may be prescribed without seeing the patient (Telemedicine Practice Guidelines, 25-Mar-2020).</summary>
internal sealed class TeleconsultCheck(ClinicClock clock)
{
    private const int MonthsOfAFollowUp = 6;

    public static bool IsAtADistance(Encounter visit) => visit.EncounterType is EncounterType.Telemedicine;

    /// <summary>Null where every medicine may be prescribed.</summary>
    public async Task<Refusal?> RefusalAsync(
        ClinicDb db, Prescription draft, Encounter visit, Teleconsult? teleconsult, FormularySnapshot known, CancellationToken cancellation)
    {
        if (!IsAtADistance(visit) || teleconsult is null)
        {
            return null;
        }

        if (!Enum.IsDefined(teleconsult.Mode))
        {
            return Refusal.Invalid("Say how the consultation was held.", nameof(teleconsult.Mode));
        }

        if (teleconsult.IsFollowUp && !await WasSeenAsync(db, visit, cancellation))
        {
            return Refusal.Invalid(
                $"There is no visit in person in the last {MonthsOfAFollowUp} months: this is a first consultation.", nameof(teleconsult.IsFollowUp));
        }

        var mode = teleconsult.Mode switch
        {
            TeleconsultMode.Video => ConsultMode.Video,
            TeleconsultMode.Audio => ConsultMode.Audio,
            _ => ConsultMode.Text,
        };
        var broken = draft.Items.OrderBy(i => i.Position)
            .Select(item => (Item: item, Answer: TelemedicineRules.Of(mode, teleconsult.IsFollowUp, known.Get(LineViews.MedicineOf(item)))))
            .Where(x => !x.Answer.IsAllowed)
            .Select(x => new BrokenRule(x.Item.Id, x.Item.MedicationName, $"{x.Answer.Rule} ({x.Answer.Source})"))
            .ToList();
        return broken.Count == 0
            ? null
            : new TeleconsultRefused($"Not in this consultation: {string.Join(", ", broken.Select(b => b.Medicine))}. {broken[0].Rule}", broken);
    }

    private Task<bool> WasSeenAsync(ClinicDb db, Encounter visit, CancellationToken cancellation)
    {
        var since = clock.DayBounds(clock.Today.AddMonths(-MonthsOfAFollowUp)).From;
        return db.Encounters.AnyAsync(
            e => e.PatientId == visit.PatientId && e.Id != visit.Id && e.Status == EncounterStatus.Completed && e.EncounterType != EncounterType.Telemedicine && e.StartTime >= since,
            cancellation);
    }
}
