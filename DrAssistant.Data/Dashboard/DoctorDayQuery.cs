using DrAssistant.Data.Ordering.Results;
using Npgsql;

namespace DrAssistant.Data.Dashboard;

/// <summary>
/// The statements of a doctor's day, for one batch. The seed's three queries with what the screen adds; "today" is a
/// pair of instants of the practice's day, and urgency is clinical, never alphabetical.
/// </summary>
internal static class DoctorDayQuery
{
    public const int MostTasks = 50;
    public const int MostAlerts = 50;
    public const int MostResults = 50;
    public const int TrendLength = 6;

    private const string DayPatients = """
        SELECT patient_id FROM appointments WHERE doctor_id = $1 AND start_time >= $2 AND start_time < $3
        """;

    private const string OpenTasks = """
        (t.assigned_to = $1 OR t.assigned_role = (SELECT clinic_role())) AND t.status IN ('pending', 'in_progress')
            AND (t.snoozed_until IS NULL OR t.snoozed_until <= $4)
        """;

    private const string OpenTasksOrder = "task_rank(t.priority, t.due_date, $4), t.due_date NULLS LAST, t.id";
    private const string UnreadAlerts = "a.user_id = $1 AND NOT a.is_read";
    private const string UnreadAlertsOrder = "urgency_rank(a.severity), a.created_at DESC, a.id";
    private const string WaitingResults = """
        results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
            JOIN patients p ON p.id = r.patient_id
        WHERE o.doctor_id = $1 AND r.reviewed_at IS NULL AND r.superseded_by IS NULL AND r.status IN ('final', 'corrected')
        """;

    /// <summary>One line a report, as in the inbox: its worst value.</summary>
    private const string WaitingReports = $"""
        (SELECT r.*, p.first_name, p.last_name,
                count(*) OVER (PARTITION BY coalesce(r.report_id, o.id)) AS in_report,
                row_number() OVER (PARTITION BY coalesce(r.report_id, o.id) ORDER BY {WaitingResultsOrder}) AS place
         FROM {WaitingResults}) r
        WHERE r.place = 1
        """;

    private const string WaitingResultsOrder
        = "CASE WHEN r.flag LIKE 'critical%' THEN 0 WHEN r.flag IN ('low', 'high', 'abnormal') THEN 1 ELSE 2 END, r.issued_at, r.id";

    /// <summary>The patients that the whole answer shows, for the audit trail. Parameters as <see cref="Visits"/>, and the time that it is.</summary>
    public static readonly string ShownPatients = $"""
        {DayPatients}
        UNION (SELECT r.patient_id FROM {WaitingReports} ORDER BY {WaitingResultsOrder} LIMIT {MostResults})
        UNION SELECT * FROM (SELECT t.patient_id FROM tasks t WHERE {OpenTasks} ORDER BY {OpenTasksOrder} LIMIT {MostTasks}) AS task WHERE patient_id IS NOT NULL
        UNION SELECT * FROM (SELECT a.patient_id FROM alerts a WHERE {UnreadAlerts} ORDER BY {UnreadAlertsOrder} LIMIT {MostAlerts}) AS alert WHERE patient_id IS NOT NULL
        """;

    public static NpgsqlBatchCommand Visits(Guid doctor, DateTimeOffset from, DateTimeOffset to) => With("""
        SELECT a.id, a.patient_id, p.first_name, p.last_name, p.date_of_birth, p.date_of_birth_estimated, p.gender, p.mrn,
               a.start_time, a.end_time, a.status, a.appointment_type, a.reason, a.token, a.room, a.check_in_time,
               p.allergies_status, p.allergies_recorded_at, p.allergies,
               EXISTS (SELECT 1 FROM observations o WHERE o.patient_id = a.patient_id AND o.category = 'vital-signs'
                   AND o.effective_at >= $2 AND o.effective_at < $3 AND o.status <> 'entered_in_error'),
               a.started_at,
               (SELECT e.id FROM encounters e WHERE a.status = 'in_progress' AND e.appointment_id = a.id AND e.status = 'in_progress')
        FROM appointments a JOIN patients p ON p.id = a.patient_id
        WHERE a.doctor_id = $1 AND a.start_time >= $2 AND a.start_time < $3
        ORDER BY a.start_time, a.id
        """, doctor, from, to);

    public static NpgsqlBatchCommand Vitals(Guid doctor, DateTimeOffset from, DateTimeOffset to) => With($"""
        SELECT DISTINCT ON (o.patient_id, o.code) o.patient_id, o.code, o.name, o.value_number, o.unit, o.effective_at, u.full_name
        FROM observations o LEFT JOIN users u ON u.id = o.recorded_by
        WHERE o.patient_id IN ({DayPatients}) AND o.category = 'vital-signs' AND o.value_number IS NOT NULL
            AND o.effective_at >= $2 AND o.effective_at < $3 AND o.status <> 'entered_in_error'
        ORDER BY o.patient_id, o.code, o.effective_at DESC
        """, doctor, from, to);

    public static NpgsqlBatchCommand Conditions(Guid doctor, DateTimeOffset from, DateTimeOffset to) => With($"""
        SELECT DISTINCT c.patient_id, c.name FROM conditions c
        WHERE c.patient_id IN ({DayPatients}) AND c.status = 'active' ORDER BY c.patient_id, c.name
        """, doctor, from, to);

    public static NpgsqlBatchCommand Tasks(Guid person, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) => With($"""
        SELECT t.id, t.title, t.patient_id, n.first_name, n.last_name, t.due_date, t.priority, t.status
        FROM tasks t LEFT JOIN patient_names n ON n.patient_id = t.patient_id
        WHERE {OpenTasks} ORDER BY {OpenTasksOrder} LIMIT {MostTasks}
        """, person, from, to, now);

    public static NpgsqlBatchCommand Alerts(Guid person) => With($"""
        SELECT a.id, a.alert_type, a.severity, a.title, a.message, a.patient_id, n.first_name, n.last_name, a.created_at, a.is_read, a.action_url
        FROM alerts a LEFT JOIN patient_names n ON n.patient_id = a.patient_id
        WHERE {UnreadAlerts} ORDER BY {UnreadAlertsOrder} LIMIT {MostAlerts}
        """, person);

    public static NpgsqlBatchCommand Results(Guid doctor) => With($"""
        SELECT r.id, r.patient_id, r.first_name, r.last_name, r.name, {ResultColumns.Value("r")}, r.unit, r.flag, r.issued_at,
               r.reference_low, r.reference_high,
               count(*) OVER (), count(*) FILTER (WHERE r.flag LIKE 'critical%') OVER (),
               count(*) FILTER (WHERE r.flag IN ('low', 'high', 'abnormal')) OVER (),
               ARRAY(SELECT t.value_number FROM results t
                     WHERE t.patient_id = r.patient_id AND t.code = r.code AND t.value_number IS NOT NULL AND t.comparator IS NULL
                         AND t.superseded_by IS NULL AND t.status <> 'cancelled' AND t.unit IS NOT DISTINCT FROM r.unit AND t.effective_at <= r.effective_at
                     ORDER BY t.effective_at DESC LIMIT {TrendLength}),
               r.in_report
        FROM {WaitingReports}
        ORDER BY {WaitingResultsOrder} LIMIT {MostResults}
        """, doctor);

    public static NpgsqlBatchCommand After(Guid doctor, DateTimeOffset to) => With("""
        SELECT min(start_time) FROM appointments WHERE doctor_id = $1 AND start_time >= $2 AND status IN ('scheduled', 'confirmed')
        """, doctor, to);

    public static NpgsqlParameter[] DayParameters(Guid doctor, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
        => [new() { Value = doctor }, new() { Value = from }, new() { Value = to }, new() { Value = now }];

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
