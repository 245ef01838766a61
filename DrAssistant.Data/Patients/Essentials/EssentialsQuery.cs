using System.Globalization;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Prescribing.Taking;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Essentials;

/// <summary>The statements of the essentials, for one batch.</summary>
internal static class EssentialsQuery
{
    public const int MostMedicines = 50;
    public const int MostResults = 20;
    public const int MostTasks = 20;
    public const int MostProblems = 50;
    private const int TrendLength = 6;

    private const string Current = "r.superseded_by IS NULL AND r.status IN ('preliminary', 'final', 'corrected')";
    private const string Waiting = "r.reviewed_at IS NULL AND r.status IN ('final', 'corrected')";

    public static NpgsqlBatchCommand Allergies(Guid patient) => With("""
        SELECT a.id, a.status, a.substance, a.code, a.category, a.type, a.reaction, a.severity, a.recorded_at, u.full_name, a.ended_reason
        FROM allergies a LEFT JOIN users u ON u.id = a.recorded_by WHERE a.patient_id = $1
        """, patient);

    public static NpgsqlBatchCommand AllergiesState(Guid patient) => With("SELECT allergies_status, allergies_recorded_at FROM patients WHERE id = $1", patient);

    public static NpgsqlBatchCommand Taken(Guid patient, DateOnly today) => With($"""
        {TakenSql.Lines} SELECT prescription_id, id, {TakenSql.Product}, dosage, frequency, duration, instructions, since, ends_on, full_name
        FROM line WHERE taken ORDER BY valid_from DESC, {TakenSql.Product}, id LIMIT {Number(MostMedicines)}
        """, patient, today);

    public static NpgsqlBatchCommand Stopped(Guid patient, DateOnly today) => With($"{TakenSql.Lines} SELECT count(*) FROM line WHERE NOT taken", patient, today);

    public static NpgsqlBatchCommand LastVisit(Guid patient, Guid? open)
    {
        var command = With("""
            SELECT e.id, e.start_time, u.full_name, e.chief_complaint,
                ARRAY(SELECT concat_ws(' ', c.code, c.name) FROM conditions c WHERE c.encounter_id = e.id AND c.status <> 'entered_in_error' ORDER BY c.recorded_at, c.id LIMIT 6)
            FROM encounters e JOIN users u ON u.id = e.doctor_id
            WHERE e.patient_id = $1 AND e.status = 'completed' AND e.id IS DISTINCT FROM $2
                AND e.start_time <= coalesce((SELECT o.start_time FROM encounters o WHERE o.id = $2 AND o.patient_id = $1), 'infinity')
            ORDER BY e.start_time DESC, e.id DESC LIMIT 1
            """, patient);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)open ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return command;
    }

    public static NpgsqlBatchCommand Results(Guid patient) => With($"""
        SELECT l.id, o.encounter_id, l.name, {ResultColumns.Value("l")}, l.unit, l.flag, l.effective_at, l.reviewed_at, l.reference_low, l.reference_high,
            ARRAY(SELECT t.value_number FROM results t WHERE t.patient_id = $1 AND t.code = l.code AND t.value_number IS NOT NULL AND t.comparator IS NULL
                AND t.superseded_by IS NULL AND t.status <> 'cancelled' AND t.unit IS NOT DISTINCT FROM l.unit AND t.effective_at <= l.effective_at
                ORDER BY t.effective_at DESC, t.id DESC LIMIT {Number(TrendLength)})
        FROM (SELECT DISTINCT ON (r.code_system, r.code) r.* FROM results r WHERE r.patient_id = $1 AND {Current}
                ORDER BY r.code_system, r.code, r.effective_at DESC, r.id DESC) l
            JOIN order_items i ON i.id = l.order_item_id JOIN orders o ON o.id = i.order_id
        ORDER BY (l.reviewed_at IS NULL AND l.status <> 'preliminary') DESC, CASE WHEN l.reviewed_at IS NULL AND l.flag LIKE 'critical%' THEN 0 ELSE 1 END,
            l.effective_at DESC, l.name, l.id
        LIMIT {Number(MostResults)}
        """, patient);

    public static NpgsqlBatchCommand ResultsToReview(Guid patient)
        => With($"SELECT count(*) FROM results r WHERE r.patient_id = $1 AND r.superseded_by IS NULL AND {Waiting}", patient);

    public static NpgsqlBatchCommand Tasks(Guid patient, DateTimeOffset now) => With($"""
        SELECT t.id, t.title, t.due_date, t.priority, t.status FROM tasks t
        WHERE t.patient_id = $1 AND t.status IN ('pending', 'in_progress')
        ORDER BY task_rank(t.priority, t.due_date, $2), t.due_date NULLS LAST, t.id LIMIT {Number(MostTasks)}
        """, patient, now);

    public static NpgsqlBatchCommand Problems(Guid patient) => With($"""
        SELECT DISTINCT ON (lower(c.name)) c.id, c.name, c.code, c.onset_at FROM conditions c
        WHERE c.patient_id = $1 AND c.status = 'active' ORDER BY lower(c.name), c.recorded_at LIMIT {Number(MostProblems)}
        """, patient);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

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
