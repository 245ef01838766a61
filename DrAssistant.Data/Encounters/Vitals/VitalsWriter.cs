using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>Recording vital signs.</summary>
internal sealed class VitalsWriter(
    IDbContextFactory<ClinicDb> clinic, VitalsReader reader, VitalsFacts facts, ClinicClock clock)
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(2);

    public async Task<Result<VitalSet>> RecordAsync(VitalsDraft draft, Guid nurse, CancellationToken cancellation)
    {
        var read = VitalsDraftReading.Entries(draft);
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await facts.PersonAsync(db, draft.PatientId, cancellation) is not { } person)
        {
            return Refusal.NotFound("Patient");
        }

        if (await reader.SetAsync(person, draft.Id, cancellation) is { } recorded)
        {
            return recorded; // the same form once more
        }

        var at = draft.TakenAt ?? clock.Now;
        if (at > clock.Now + ClocksDiffer || clock.DayOf(at) < person.Born)
        {
            return Refusal.Invalid("Vital signs were measured between birth and now.", nameof(draft.TakenAt));
        }

        if (draft.EncounterId is { } named && !await db.Encounters.AnyAsync(e => e.Id == named && e.PatientId == person.Id, cancellation))
        {
            return Refusal.NotFound("Visit");
        }

        var earlier = await facts.EarlierAsync(db, person.Id, at, cancellation);
        var questions = VitalChecks.Of(read.Value, earlier, person, clock.DayOf(at));
        if (questions.Count > 0)
        {
            return VitalsFacts.Asked(questions);
        }

        var set = new SetFacts(draft.Id, person, draft.EncounterId ?? await facts.OpenVisitAsync(db, person.Id, at, cancellation), at, nurse);
        List<Observation> rows = [.. read.Value.Select(e => VitalsFacts.Row(set, e))];
        if (Bmi(set, rows, earlier) is { } bmi)
        {
            rows.Add(bmi);
        }

        db.Observations.AddRange(rows);
        facts.Note(db, AuditAction.Create, "vitals.record", set, [.. read.Value.Select(e => new FieldChange(EnumText.Of(e.Sign.Sign), null, e.Sign.Words(e.Value)))], null);
        if (await WaitedForItsTwinAsync(db, cancellation))
        {
            return await RecordAsync(draft, nurse, cancellation);
        }

        return await reader.SetAsync(person, draft.Id, cancellation) is { } now ? now : Refusal.NotFound("Set");
    }

    /// <summary>True where two halves of a double click waited for one another's rows and this one was sent away: the other's are there when asked again.</summary>
    private static async Task<bool> WaitedForItsTwinAsync(ClinicDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return false;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false; // The first half of a double click was faster; what it recorded is the answer.
        }
        catch (InvalidOperationException e) when (e.InnerException is DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } })
        {
            return true;
        }
    }

    /// <summary>From a weight of this set and a height of it, or one that still holds; or from a height of it and a weight of the same day.</summary>
    private Observation? Bmi(SetFacts set, List<Observation> rows, Dictionary<VitalSign, EarlierValue> earlier)
    {
        var today = clock.DayOf(set.At);
        var weight = Measured(rows, VitalSign.Weight) ?? (earlier.GetValueOrDefault(VitalSign.Weight) is { } w && w.Day == today ? (w.Id, w.Value) : null);
        var height = Measured(rows, VitalSign.Height)
            ?? (earlier.GetValueOrDefault(VitalSign.Height) is { } h && BodyMass.HeightHolds(set.Person.Born, h.Day, today) ? (h.Id, h.Value) : null);
        var measuredNow = Measured(rows, VitalSign.Weight) is not null || Measured(rows, VitalSign.Height) is not null;
        return measuredNow && weight is { } kg && height is { } cm && BodyMass.Index(kg.Value, cm.Value) is { } index
            ? VitalsFacts.Row(set, new CheckedEntry(SignCatalogue.Of(VitalSign.Bmi), index, null), null, [kg.Id, cm.Id])
            : null;
    }

    private static (Guid Id, decimal Value)? Measured(List<Observation> rows, VitalSign sign)
        => rows.Find(r => r.Code == SignCatalogue.Of(sign).Code) is { } row ? (row.Id, row.ValueNumber!.Value) : null;
}
