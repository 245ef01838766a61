using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Safety;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Encounters.Pregnancy;

internal sealed class PregnancyService(
    IDbContextFactory<ClinicDb> clinic, SecuredBatch batch, VitalsFacts facts, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, ClinicClock clock) : IPregnancy
{
    public async Task<Result<PregnancyAnswer>> ReadAsync(Guid patientId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadEncounters))
        {
            return Refusal.Forbidden;
        }

        var noted = new NpgsqlBatchCommand { Parameters = { new() { Value = patientId } } };
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, "pregnancy.read") { PatientId = patientId, ResourceType = "patient", ResourceId = patientId }, "patients WHERE patients.id = $1");
        var read = await batch.ReadAsync([VitalRows.Person(patientId), Answers(patientId), Diagnosed(patientId), noted], ReadAsync, cancellation);
        return read is null ? Refusal.NotFound("Patient") : read;
    }

    public async Task<Result<PregnancyAnswer>> RecordAsync(Guid patientId, PregnancyState state, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteVitals) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await facts.PersonAsync(db, patientId, cancellation) is not { } person)
        {
            return Refusal.NotFound("Patient");
        }

        if (!Enum.IsDefined(state) || (state is PregnancyState.Pregnant && person.Gender is Gender.Male))
        {
            return Refusal.Invalid("This cannot be recorded of this patient.", nameof(state));
        }

        var answer = new Observation
        {
            Id = Guid.CreateVersion7(),
            PatientId = patientId,
            EncounterId = await facts.OpenVisitAsync(db, patientId, clock.Now, cancellation),
            Category = "social-history",
            Code = PregnancyFacts.Code,
            CodeSystem = CodeSystems.Loinc,
            Name = PregnancyFacts.Name,
            ValueText = PregnancyFacts.Words(state),
            EffectiveAt = clock.Now,
            RecordedBy = me,
        };
        db.Observations.Add(answer);
        audit.Add(db, new AuditEntry(AuditAction.Create, "pregnancy.record")
        {
            PatientId = patientId,
            ResourceType = "observation",
            ResourceId = answer.Id,
            Changes = [new FieldChange("pregnancy", null, answer.ValueText)],
        });
        outbox.Add(db, "vitals.changed", answer.Id, patientId);
        await db.SaveChangesAsync(cancellation);
        return await ReadAsync(patientId, cancellation);
    }

    private async Task<PregnancyAnswer?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        if (await reader.ListAsync(VitalRows.PersonOf, cancellation) is not [var person])
        {
            return null;
        }

        var answers = await reader.ListAsync(row => (Text: row.TextOrNull(0), On: clock.DayOf(row.Instant(1)), By: row.TextOrNull(2)), cancellation);
        var diagnosed = (await reader.ListAsync(row => row.InstantOrNull(0), cancellation)).Single() is { } at ? clock.DayOf(at) : (DateOnly?)null;
        (string? Text, DateOnly On)? last = answers is [var said] ? (said.Text, said.On) : null;
        var state = PregnancyFacts.StateOf(last, diagnosed, clock.Today);
        var byDiagnosis = state is PregnancyState.Pregnant && diagnosed is { } day && (last is null || day >= last.Value.On);
        return new PregnancyAnswer(
            person.Id, PregnancyFacts.IsAsked(person.Gender, Age.On(clock.Today, person.Born).Years), state,
            state is PregnancyState.NotKnown ? null : byDiagnosis ? diagnosed : last?.On, state is PregnancyState.NotKnown || byDiagnosis ? null : answers[0].By);
    }

    private static NpgsqlBatchCommand Answers(Guid patientId) => new("""
        SELECT o.value_text, o.effective_at, u.full_name FROM observations o LEFT JOIN users u ON u.id = o.recorded_by
        WHERE o.patient_id = $1 AND o.code = $2 AND o.status <> 'entered_in_error' ORDER BY o.effective_at DESC, o.id DESC LIMIT 1
        """)
    {
        Parameters = { new() { Value = patientId }, new() { Value = PregnancyFacts.Code } },
    };

    private static NpgsqlBatchCommand Diagnosed(Guid patientId) => new(PregnancyFacts.DiagnosedSince) { Parameters = { new() { Value = patientId } } };
}
