using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Reference;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>What recording and correcting share: what was known before, and how a value is written and told.</summary>
internal sealed class VitalsFacts(AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    public static Observation Row(SetFacts set, CheckedEntry entry, Observation? replaces = null, List<Guid>? from = null) => new()
    {
        Id = Guid.CreateVersion7(),
        PatientId = set.Person.Id,
        EncounterId = set.EncounterId,
        Category = Observation.VitalSigns,
        Code = entry.Sign.Code,
        CodeSystem = CodeSystems.Loinc,
        Name = entry.Sign.Name,
        ValueNumber = entry.Value,
        Unit = entry.Sign.Unit,
        EffectiveAt = set.At,
        RecordedBy = set.By,
        SetId = replaces is null ? set.Id : replaces.SetId,
        Answer = entry.Answer,
        ReplacesId = replaces?.Id,
        DerivedFrom = from,
    };

    public void Note(ClinicDb db, AuditAction action, string deed, SetFacts set, IReadOnlyCollection<FieldChange> changes, string? reason)
    {
        audit.Add(db, new AuditEntry(action, deed)
        {
            PatientId = set.Person.Id,
            ResourceType = "observation",
            ResourceId = set.Id,
            Changes = changes,
            Reason = reason,
        });
        outbox.Add(db, "vitals.changed", set.Id, set.Person.Id);
    }

    public static VitalsQuestioned Asked(IReadOnlyList<VitalQuestion> questions)
        => new($"Nothing was recorded. {string.Join(' ', questions.Select(q => q.Message))}", questions);

    public Task<VitalPerson?> PersonAsync(ClinicDb db, Guid patientId, CancellationToken cancellation)
        => db.Patients.AsNoTracking().Where(p => p.Id == patientId)
            .Select(p => new VitalPerson(p.Id, p.DateOfBirth, p.DateOfBirthEstimated, p.Gender)).SingleOrDefaultAsync(cancellation);

    /// <summary>What a nurse measures while the doctor has begun belongs to that visit.</summary>
    public async Task<Guid?> OpenVisitAsync(ClinicDb db, Guid patientId, DateTimeOffset at, CancellationToken cancellation)
    {
        var (from, to) = clock.DayBounds(clock.DayOf(at));
        return await db.Encounters.Where(e => e.PatientId == patientId && e.Status == EncounterStatus.InProgress && e.StartTime >= from && e.StartTime < to)
            .OrderByDescending(e => e.StartTime).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The last weight and height before an instant, in their own units.</summary>
    public async Task<Dictionary<VitalSign, EarlierValue>> EarlierAsync(ClinicDb db, Guid patientId, DateTimeOffset before, CancellationToken cancellation)
    {
        var earlier = new Dictionary<VitalSign, EarlierValue>();
        foreach (var sign in new[] { SignCatalogue.Of(VitalSign.Weight), SignCatalogue.Of(VitalSign.Height) })
        {
            var row = await db.Observations.AsNoTracking()
                .Where(o => o.PatientId == patientId && o.Code == sign.Code && o.Category == Observation.VitalSigns && o.ValueNumber != null
                    && o.Status != RecordStatus.EnteredInError && o.EffectiveAt < before)
                .OrderByDescending(o => o.EffectiveAt).ThenByDescending(o => o.Id)
                .FirstOrDefaultAsync(cancellation);
            if (row is not null && sign.Own(row.ValueNumber!.Value, row.Unit) is { } value)
            {
                earlier.Add(sign.Sign, new EarlierValue(row.Id, value, clock.DayOf(row.EffectiveAt)));
            }
        }

        return earlier;
    }
}

/// <summary>A set that is being written.</summary>
internal sealed record SetFacts(Guid Id, VitalPerson Person, Guid? EncounterId, DateTimeOffset At, Guid By);
