using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes.Soap;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Notes;

/// <summary>
/// The vital signs of a visit in its note. A draft has none of its own: the page shows them as they are. When it is signed they are frozen
/// into it as they stand then; a value that turns out to be wrong afterwards is said beside the note, which stays what was signed.
/// </summary>
internal sealed class NoteVitals(IDbContextFactory<ClinicDb> clinic, NoteNames names)
{
    /// <summary>More values of one visit are not looked at.</summary>
    private const int Most = 500;

    /// <summary>The draft with what was measured in its visit.</summary>
    public async Task<ClinicalNote> FrozenAsync(ClinicalNote draft, CancellationToken cancellation)
    {
        var rows = await OfVisitAsync(draft, cancellation);
        return With(draft, Latest(rows.Where(row => row.Status is not RecordStatus.EnteredInError)));
    }

    /// <summary>
    /// The draft of an amendment with the right values in the place of those that turned out to be wrong. What was measured since stays out:
    /// an amendment says what was wrong in the note, and not what came after it.
    /// </summary>
    public async Task<ClinicalNote> CorrectedAsync(ClinicalNote amendment, ClinicalNote note, CancellationToken cancellation)
    {
        var wrong = WrongIn(note, await OfVisitAsync(amendment, cancellation));
        var vitals = amendment.Content.Objective?.VitalSigns ?? new VitalSigns();
        foreach (var (row, right) in wrong)
        {
            vitals = NoteSigns.With(vitals, row.Sign, right?.Value);
        }

        return wrong.Count == 0 ? amendment : With(amendment, vitals, instead: true);
    }

    /// <summary>Values of a signed note that were marked as entered in error after it was signed.</summary>
    public async Task<IReadOnlyList<VitalCorrected>> WrongSinceAsync(ClinicalNote note, CancellationToken cancellation)
    {
        if (note is not { SignedAt: { }, Content.Objective.VitalSigns: { } })
        {
            return [];
        }

        var wrong = WrongIn(note, await OfVisitAsync(note, cancellation));
        await names.LearnAsync(wrong.Select(pair => pair.Wrong.ErrorBy).OfType<Guid>(), cancellation);
        return
        [
            .. wrong.Select(pair => new VitalCorrected(
                SignCatalogue.Of(pair.Wrong.Sign).Name, Words(pair.Wrong), pair.Right is { } right ? Words(right) : null, pair.Wrong.ErrorAt!.Value,
                pair.Wrong.ErrorBy is { } by ? names.Of(by) : null, pair.Wrong.ErrorReason)),
        ];
    }

    /// <summary>What the note says, was marked as wrong since, and what took its place.</summary>
    private static List<(Measured Wrong, Measured? Right)> WrongIn(ClinicalNote note, IReadOnlyList<Measured> rows)
    {
        var vitals = note.Content.Objective?.VitalSigns;
        var wrong = rows.Where(row => row.Status is RecordStatus.EnteredInError && row.ErrorAt > note.SignedAt && row.At <= note.SignedAt
            && vitals is not null && NoteSigns.Of(vitals, row.Sign) == row.Value);
        return [.. wrong.DistinctBy(row => row.Sign).OrderBy(row => row.Sign).Select(row => (row, RightFor(row, rows)))];
    }

    /// <summary>A right value can turn out to be wrong as well, and so on.</summary>
    private static Measured? RightFor(Measured wrong, IReadOnlyList<Measured> rows)
    {
        var right = rows.FirstOrDefault(row => row.Replaces == wrong.Id);
        for (var steps = 0; steps < rows.Count && right is { Status: RecordStatus.EnteredInError }; steps++)
        {
            right = rows.FirstOrDefault(row => row.Replaces == right.Id);
        }

        // A computed value has nothing in its place but what was computed anew at the same moment.
        return right ?? (wrong.Sign is VitalSign.Bmi ? rows.FirstOrDefault(row => row.Sign is VitalSign.Bmi && row.At == wrong.At && row.Status is not RecordStatus.EnteredInError) : null);
    }

    private static VitalSigns Latest(IEnumerable<Measured> rows)
    {
        var latest = rows.GroupBy(row => row.Sign).ToDictionary(sign => sign.Key, sign => sign.First());

        // Both pressures are of one measurement.
        if (latest.TryGetValue(VitalSign.DiastolicPressure, out var diastolic) && latest.TryGetValue(VitalSign.SystolicPressure, out var systolic) && diastolic.At != systolic.At)
        {
            latest.Remove(VitalSign.DiastolicPressure);
        }

        return latest.Values.OrderBy(row => row.Sign).Aggregate(new VitalSigns(), (vitals, row) => NoteSigns.With(vitals, row.Sign, row.Value));
    }

    private static ClinicalNote With(ClinicalNote draft, VitalSigns measured, bool instead = false)
    {
        var vitals = instead ? measured : NoteSigns.Over(draft.Content.Objective?.VitalSigns ?? new VitalSigns(), measured);
        return vitals == new VitalSigns()
            ? draft
            : draft with { Content = NoteContent.Complete(draft.Content with { Objective = (draft.Content.Objective ?? new Objective()) with { VitalSigns = vitals } }) };
    }

    private static string Words(Measured row) => SignCatalogue.Of(row.Sign).Words(row.Value);

    /// <summary>Newest first; what is measured together in the order in which it was recorded.</summary>
    private async Task<IReadOnlyList<Measured>> OfVisitAsync(ClinicalNote note, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var rows = await db.Observations.AsNoTracking()
            .Where(o => o.EncounterId == note.EncounterId && o.PatientId == note.PatientId && o.Category == Observation.VitalSigns && o.ValueNumber != null)
            .OrderByDescending(o => o.EffectiveAt).ThenByDescending(o => o.Id).Take(Most)
            .Select(o => new { o.Id, o.Code, o.ValueNumber, o.Unit, o.EffectiveAt, o.Status, o.ErrorAt, o.ErrorBy, o.ErrorReason, o.ReplacesId })
            .ToListAsync(cancellation);
        return
        [
            .. rows.Select(o => SignCatalogue.OfCode(o.Code) is { } sign && sign.Own(o.ValueNumber!.Value, o.Unit) is { } value
                ? new Measured(o.Id, sign.Sign, NoteSigns.Plain(value), o.EffectiveAt, o.Status, o.ErrorAt, o.ErrorBy, o.ErrorReason, o.ReplacesId)
                : null).OfType<Measured>(),
        ];
    }

    private sealed record Measured(
        Guid Id, VitalSign Sign, decimal Value, DateTimeOffset At, RecordStatus Status, DateTimeOffset? ErrorAt, Guid? ErrorBy, string? ErrorReason, Guid? Replaces);
}
