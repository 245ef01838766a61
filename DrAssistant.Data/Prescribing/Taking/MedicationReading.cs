using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Prescribing.Taking;

/// <summary>What a patient takes and took, in one round trip with its audit event, and the prescriptions that say so.</summary>
internal sealed class MedicationReading(SecuredBatch batch, IDbContextFactory<ClinicDb> clinic, PrescriptionReading reading, AuditTrail audit, ClinicClock clock)
{
    private const int Most = 200;

    private const string Columns = """
        l.id, l.prescription_id, l.encounter_id, l.name, l.strength, l.form, l.brand, coalesce(l.words, concat_ws(', ', nullif(l.dosage, ''), nullif(l.frequency, ''),
            nullif(l.duration, ''))), l.said, l.since, l.valid_from, l.ends_on, l.full_name, e.encounter_type, e.start_time, l.stopped_at, l.stopped_by,
            s.full_name, l.stop_reason
        FROM line l JOIN encounters e ON e.id = l.encounter_id LEFT JOIN users s ON s.id = l.stopped_by
        """;

    private static readonly string TakenLines = $"{TakenSql.Lines} SELECT {Columns} WHERE l.taken ORDER BY l.valid_from DESC, l.name, l.id LIMIT $3";

    private static readonly string PastLines
        = $"{TakenSql.Lines} SELECT {Columns} WHERE NOT l.taken ORDER BY coalesce(l.stopped_at, l.ends_on::timestamptz) DESC, l.name, l.id LIMIT $3";

    private static readonly string PastCount = $"{TakenSql.Lines} SELECT count(*) FROM line WHERE NOT taken";

    public async Task<Result<PatientMedications>> ReadAsync(MedicationsQuery query, Guid? reader, CancellationToken cancellation)
    {
        var (patient, today) = (query.PatientId, clock.Today);
        var noted = With("", patient);
        noted.CommandText = audit.Part(
            noted, new AuditEntry(AuditAction.Read, "medications.read") { PatientId = patient, ResourceType = "patient", ResourceId = patient }, "patients WHERE patients.id = $1");
        var medicines = await batch.ReadAsync(
            [
                With("SELECT 1 FROM patients WHERE id = $1", patient), With(TakenLines, patient, today, Most), With(PastLines, patient, today, Math.Clamp(query.Past, 1, Most)),
                With(PastCount, patient, today), noted,
            ],
            async (rows, stop) => (
                IsThere: (await rows.ListAsync(row => row.GetInt32(0), stop)).Count > 0,
                Taken: await rows.ListAsync(Medicine, stop),
                Past: await rows.ListAsync(Medicine, stop),
                PastCount: (int)(await rows.ListAsync(row => row.GetInt64(0), stop)).Single()),
            cancellation);
        if (!medicines.IsThere)
        {
            return Refusal.NotFound("Patient");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var (count, newest) = await PrescriptionsAsync(db, query, reader, cancellation);
        return new PatientMedications(patient, medicines.Taken, medicines.Past, medicines.PastCount, newest, count);
    }

    private async Task<(int Count, IReadOnlyList<PrescriptionView> Newest)> PrescriptionsAsync(
        ClinicDb db, MedicationsQuery query, Guid? reader, CancellationToken cancellation)
    {
        var papers = db.Prescriptions.AsNoTracking().Where(p => p.PatientId == query.PatientId && (p.SignedAt != null || p.Status == PrescriptionStatus.Draft));
        var count = await papers.CountAsync(cancellation);
        var ids = await papers.OrderByDescending(p => p.SignedAt ?? p.CreatedAt).ThenByDescending(p => p.Id).Take(Most).Select(p => p.Id).ToListAsync(cancellation);
        var take = Math.Max(Math.Clamp(query.Prescriptions, 1, Most), query.Sought is { } sought ? ids.IndexOf(sought) + 1 : 0);
        return (count, await reading.TheseAsync(db, [.. ids.Take(take)], reader, cancellation));
    }

    private static PatientMedicine Medicine(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.Day(9), row.Day(10), row.IsDBNull(11) ? null : row.Day(11), row.GetString(12))
    {
        Strength = row.TextOrNull(4),
        Form = row.TextOrNull(5),
        Brand = row.TextOrNull(6),
        How = row.GetString(7),
        Instructions = row.TextOrNull(8),
        VisitType = row.Word<EncounterType>(13),
        VisitStart = row.Instant(14),
        Stopped = row.InstantOrNull(15) is { } at ? new PrescriptionStep(at, row.GuidOrNull(16), row.TextOrNull(17)) : null,
        StopReason = row.TextOrNull(18),
    };

    private static NpgsqlBatchCommand With(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
