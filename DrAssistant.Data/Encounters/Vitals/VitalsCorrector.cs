using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>Saying that a value was wrong, and putting the right one in its place.</summary>
internal sealed class VitalsCorrector(IDbContextFactory<ClinicDb> clinic, VitalsReader reader, VitalsFacts facts, ClinicClock clock)
{
    private const int ShortestReason = 3;
    private const int LongestReason = 200;

    public async Task<Result<VitalSet>> CorrectAsync(VitalCorrection correction, Guid nurse, CancellationToken cancellation)
    {
        var why = PlainText.Of(correction.Reason);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(correction.Reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var wrong = await db.Observations.SingleOrDefaultAsync(o => o.Id == correction.ValueId && o.Category == Observation.VitalSigns, cancellation);
        if (wrong is null || SignCatalogue.OfCode(wrong.Code) is not { } sign || await facts.PersonAsync(db, wrong.PatientId, cancellation) is not { } person)
        {
            return Refusal.NotFound("Value");
        }

        if (sign.Sign is VitalSign.Bmi && wrong.DerivedFrom is not null)
        {
            return Refusal.Invalid("BMI is computed: correct the weight or the height.", nameof(correction.ValueId));
        }

        CheckedEntry? right = null;
        if (correction.Right is { } typed)
        {
            var read = await CheckedAsync(db, sign, typed, correction.Answer, wrong, person, cancellation);
            if (!read.Succeeded)
            {
                return read.Refusal;
            }

            right = read.Value;
        }

        return await ReplaceAsync(db, wrong, sign, right, why, person, nurse, cancellation);
    }

    private async Task<Result<VitalSet>> ReplaceAsync(
        ClinicDb db, Observation wrong, SignEntry sign, CheckedEntry? right, string why, VitalPerson person, Guid nurse, CancellationToken cancellation)
    {
        if (wrong.MarkInError(clock.Now, nurse, why) is { } refusal)
        {
            return refusal;
        }

        var set = new SetFacts(wrong.SetId ?? wrong.Id, person, wrong.EncounterId, wrong.EffectiveAt, nurse);
        var replacement = right is null ? null : VitalsFacts.Row(set, right, wrong);
        if (replacement is not null)
        {
            db.Observations.Add(replacement);
        }

        foreach (var computed in await ComputedFromAsync(db, wrong, sign, cancellation))
        {
            await RecomputeAsync(db, computed, wrong, replacement, set, cancellation);
        }

        facts.Note(db, AuditAction.Update, "vitals.correct", set, [new FieldChange(EnumText.Of(sign.Sign), Words(wrong, sign), right is null ? null : sign.Words(right.Value))], why);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Refusal.Conflict("Someone else corrected this value. Reload and look again.");
        }

        // A value that was taken over from elsewhere has no set; then the answer is the moment that it was measured at.
        if (wrong.SetId is { } id)
        {
            return (await reader.SetAsync(person, id, cancellation))!;
        }

        var page = await reader.SetsAsync(person.Id, null, wrong.EffectiveAt.AddTicks(10), cancellation);
        return page.Succeeded ? page.Value.Sets.First(s => s.Values.Any(v => v.Id == wrong.Id)) : page.Refusal;
    }

    private static string Words(Observation row, SignEntry sign)
        => sign.Own(row.ValueNumber ?? 0, row.Unit) is { } own ? sign.Words(own) : ClinicFormat.Number(row.ValueNumber ?? 0);

    // What was taken over from elsewhere may be kept in another unit.
    private static decimal Own(Observation row) => SignCatalogue.OfCode(row.Code)?.Own(row.ValueNumber ?? 0, row.Unit) ?? 0;

    private async Task<Result<CheckedEntry>> CheckedAsync(
        ClinicDb db, SignEntry sign, decimal typed, string? answer, Observation wrong, VitalPerson person, CancellationToken cancellation)
    {
        var read = VitalsDraftReading.Entry(sign.Sign, typed, null, answer);
        if (!read.Succeeded)
        {
            return read;
        }

        var earlier = await facts.EarlierAsync(db, person.Id, wrong.EffectiveAt, cancellation);
        var together = await OthersOfTheSetAsync(db, wrong, cancellation);
        var questions = VitalChecks.Of([read.Value, .. together], earlier, person, clock.DayOf(wrong.EffectiveAt)).Where(q => q.Sign == sign.Sign || q.Sign is VitalSign.DiastolicPressure).ToList();
        return questions.Count > 0 ? VitalsFacts.Asked(questions) : read;
    }

    /// <summary>The other pressure, which the corrected one has to fit to; what was recorded is not asked about again.</summary>
    private static async Task<IEnumerable<CheckedEntry>> OthersOfTheSetAsync(ClinicDb db, Observation wrong, CancellationToken cancellation)
    {
        var pressures = SignCatalogue.CodesOf(VitalSign.SystolicPressure, VitalSign.DiastolicPressure);
        if (!pressures.Contains(wrong.Code))
        {
            return [];
        }

        var rows = await db.Observations.AsNoTracking()
            .Where(o => o.PatientId == wrong.PatientId && o.EffectiveAt == wrong.EffectiveAt && o.SetId == wrong.SetId && o.Code != wrong.Code
                && pressures.Contains(o.Code) && o.Status != RecordStatus.EnteredInError && o.ValueNumber != null)
            .ToListAsync(cancellation);
        return rows.Select(o => new CheckedEntry(SignCatalogue.OfCode(o.Code)!, o.ValueNumber!.Value, "recorded"));
    }

    private static Task<List<Observation>> ComputedFromAsync(ClinicDb db, Observation wrong, SignEntry sign, CancellationToken cancellation)
    {
        if (sign.Sign is not (VitalSign.Weight or VitalSign.Height))
        {
            return Task.FromResult(new List<Observation>());
        }

        var bmi = SignCatalogue.Of(VitalSign.Bmi).Code;
        return db.Observations
            .Where(o => o.PatientId == wrong.PatientId && o.Code == bmi && o.Status != RecordStatus.EnteredInError
                && (o.DerivedFrom!.Contains(wrong.Id) || (o.DerivedFrom == null && o.EffectiveAt == wrong.EffectiveAt)))
            .ToListAsync(cancellation);
    }

    private async Task RecomputeAsync(ClinicDb db, Observation computed, Observation wrong, Observation? replacement, SetFacts corrected, CancellationToken cancellation)
    {
        computed.MarkInError(clock.Now, corrected.By, "Computed from a value that was entered in error");
        var others = computed.DerivedFrom?.Where(id => id != wrong.Id).ToList();
        if (replacement is null || others is not [var otherId] || await db.Observations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == otherId, cancellation) is not { } other)
        {
            return;
        }

        var (weight, height) = replacement.Code == SignCatalogue.Of(VitalSign.Weight).Code ? (replacement, other) : (other, replacement);
        if (BodyMass.Index(Own(weight), Own(height)) is { } index)
        {
            var set = corrected with { Id = computed.SetId ?? computed.Id, EncounterId = computed.EncounterId, At = computed.EffectiveAt };
            db.Observations.Add(VitalsFacts.Row(set, new CheckedEntry(SignCatalogue.Of(VitalSign.Bmi), index, null), computed, [weight.Id, height.Id]));
        }
    }
}
