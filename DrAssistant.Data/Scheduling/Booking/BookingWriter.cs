using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>
/// Puts new appointments into the book with their audit entries and what they owe, as one transaction in one round trip. ON CONFLICT
/// leaves the decision to the exclusion constraints: who comes second writes nothing at all, waits for the first to commit and
/// for nobody else. (A plain INSERT lets two that collide wait for each other until one is shot as a deadlock.)
/// </summary>
internal sealed class BookingWriter(SecuredBatch batch, AuditTrail audit, OutboxWriter outbox, OutboxSignal signal)
{
    /// <summary>Which of them are in the book now; the others collided with something, or were there already.</summary>
    public async Task<IReadOnlyList<bool>> WriteAsync(IReadOnlyList<Appointment> appointments, CancellationToken cancellation)
    {
        var written = await batch.ReadAsync(
            appointments.Select(Statement),
            async (reader, token) =>
            {
                var answers = new List<bool>();
                for (var place = 0; place < appointments.Count; place++)
                {
                    answers.AddRange(await reader.ListAsync(row => row.GetInt64(0) == 1, token));
                }

                return answers;
            },
            cancellation);
        if (written.Contains(true))
        {
            signal.Wake();
        }

        return written;
    }

    /// <summary>The same within the caller's transaction; who commits it wakes the relay.</summary>
    public async Task<bool> WriteAsync(Appointment appointment, NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var one = new NpgsqlBatch(connection) { BatchCommands = { Statement(appointment) } };
        return await one.ExecuteScalarAsync(cancellation) is 1L;
    }

    private NpgsqlBatchCommand Statement(Appointment a)
    {
        var command = new NpgsqlBatchCommand();
        AddValues(command, a);
        var values = string.Join(", ", Enumerable.Range(1, command.Parameters.Count).Select(n => $"${n}"));
        var noted = audit.Part(command, Entry(a), "booked");
        var owed = outbox.Part(command, "booked", "appointment.changed", a.Id, a.PatientId, new Dictionary<string, string> { ["user"] = a.DoctorId.ToString() });
        command.CommandText = $"""
            WITH booked AS (
                INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, status, appointment_type, reason, room, created_by,
                    placed_at, placed_by, changed_at, changed_by, outside_hours_reason, series_id, walk_in, check_in_time, token)
                VALUES ({values}) ON CONFLICT DO NOTHING RETURNING id),
            noted AS ({noted}),
            owed AS ({owed})
            SELECT count(*) FROM booked
            """;
        return command;
    }

    private static void AddValues(NpgsqlBatchCommand command, Appointment a)
    {
        (object? Value, NpgsqlDbType Type)[] values =
        [
            (a.Id, NpgsqlDbType.Uuid), (a.DoctorId, NpgsqlDbType.Uuid), (a.PatientId, NpgsqlDbType.Uuid),
            (a.StartTime, NpgsqlDbType.TimestampTz), (a.EndTime, NpgsqlDbType.TimestampTz),
            (EnumText.Of(a.Status), NpgsqlDbType.Varchar), (EnumText.Of(a.AppointmentType), NpgsqlDbType.Varchar),
            (a.Reason, NpgsqlDbType.Varchar), (a.Room, NpgsqlDbType.Varchar), (a.CreatedBy, NpgsqlDbType.Uuid),
            (a.PlacedAt, NpgsqlDbType.TimestampTz), (a.PlacedBy, NpgsqlDbType.Uuid), (a.ChangedAt, NpgsqlDbType.TimestampTz), (a.ChangedBy, NpgsqlDbType.Uuid),
            (a.OutsideHoursReason, NpgsqlDbType.Varchar), (a.SeriesId, NpgsqlDbType.Uuid), (a.WalkIn, NpgsqlDbType.Boolean),
            (a.CheckInTime, NpgsqlDbType.TimestampTz), (a.Token, NpgsqlDbType.Varchar),
        ];
        foreach (var (value, type) in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        }
    }

    private static AuditEntry Entry(Appointment a) => new(AuditAction.Create, "appointment.book")
    {
        PatientId = a.PatientId,
        ResourceType = "appointment",
        ResourceId = a.Id,
        Changes = [.. AppointmentFields.Of(a).Where(f => f.Value is not null).Select(f => new FieldChange(f.Field, null, f.Value))],
    };
}
