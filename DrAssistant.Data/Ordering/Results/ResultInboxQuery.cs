using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>The statements of the inbox. Row-level security decides whose patients they see.</summary>
internal static class ResultInboxQuery
{
    public const int MostValues = 400;
    private const int TrendLength = 6;

    /// <summary>Final ones, and preliminary ones that are critical: the others wait for their final value.</summary>
    private const string Waiting = """
        r.reviewed_at IS NULL AND r.superseded_by IS NULL
            AND (r.status IN ('final', 'corrected') OR r.status = 'preliminary' AND r.flag IN ('critical_low', 'critical_high') AND r.acknowledged_at IS NULL)
        """;

    private const string Report = "coalesce(r.report_id, o.id)";

    /// <summary>What was taken over is as old as it was there.</summary>
    private const string Arrived = "CASE WHEN r.source = 'imported' THEN r.issued_at ELSE r.created_at END";

    private const string From = """
        FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
            JOIN patients p ON p.id = r.patient_id JOIN users d ON d.id = o.doctor_id
            LEFT JOIN providers v ON v.id = coalesce(r.provider_id, o.provider_id)
            LEFT JOIN users seen ON seen.id = r.reviewed_by LEFT JOIN users known ON known.id = r.acknowledged_by
        """;

    private static readonly string Columns = $"""
        {Report} AS report, o.id AS order_id, p.id AS patient_id, p.first_name, p.last_name, p.date_of_birth, p.date_of_birth_estimated, p.gender, p.mrn,
        d.full_name AS doctor, v.name AS laboratory, i.item_name, r.id, r.code, r.code_system, r.name, r.value_number, r.comparator, r.value_text, r.unit, r.flag,
        r.reference_low, r.reference_high, r.reference_text, r.status, r.reported, r.comment, r.laboratory_flag, r.effective_at, {Arrived} AS arrived_at,
        seen.full_name AS reviewer, r.reviewed_at, r.review_comment, known.full_name AS knower, r.acknowledged_at, r.escalated_at, r.source,
        (SELECT concat_ws(' ', concat(w.comparator, trim_scale(w.value_number)::text, CASE WHEN w.value_number IS NULL THEN w.value_text END))
            FROM results w WHERE w.superseded_by = r.id AND w.status <> 'preliminary' LIMIT 1) AS was,
        ARRAY(SELECT t.value_number FROM results t
            WHERE t.patient_id = r.patient_id AND t.code = r.code AND t.value_number IS NOT NULL AND t.comparator IS NULL AND t.superseded_by IS NULL AND t.status <> 'cancelled'
                AND t.unit IS NOT DISTINCT FROM r.unit AND t.effective_at <= r.effective_at
            ORDER BY t.effective_at DESC LIMIT {TrendLength}) AS trend
        """;

    public static NpgsqlBatchCommand List(Guid doctor, bool practice) => With($"""
        SELECT {Columns} {From}
        WHERE {Waiting} {(practice ? "AND $1 IS NOT NULL" : "AND o.doctor_id = $1")}
        ORDER BY CASE WHEN r.flag IN ('critical_low', 'critical_high') THEN 0 WHEN r.flag IN ('low', 'high', 'abnormal') THEN 1 ELSE 2 END, {Arrived}, r.id
        LIMIT {MostValues + 1}
        """, doctor);

    public static NpgsqlBatchCommand ReviewedToday(Guid doctor, DateTimeOffset from) => With(
        "SELECT count(*) FROM results r WHERE r.reviewed_by = $1 AND r.reviewed_at >= $2 AND r.source <> 'imported'", doctor, from);

    public static NpgsqlBatchCommand Count(Guid doctor) => With($"""
        SELECT count(DISTINCT {Report}) FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
        WHERE {Waiting} AND o.doctor_id = $1
        """, doctor);

    /// <summary>All that stands of one report, with the value before each.</summary>
    public static NpgsqlBatchCommand One(Guid report) => With($"""
        SELECT shown.*, b.value_number, b.comparator, b.value_text, b.flag, b.effective_at
        FROM (SELECT {Columns}, r.position {From} WHERE r.superseded_by IS NULL AND {Report} = (
                SELECT {Report} FROM results r JOIN order_items i ON i.id = r.order_item_id JOIN orders o ON o.id = i.order_id
                WHERE r.report_id = $1 OR r.id = $1 OR o.id = $1 AND r.report_id IS NULL LIMIT 1)) AS shown
            LEFT JOIN LATERAL (SELECT t.value_number, t.comparator, t.value_text, t.flag, t.effective_at FROM results t
                WHERE t.patient_id = shown.patient_id AND t.code = shown.code AND t.id <> shown.id AND t.superseded_by IS NULL AND t.status <> 'cancelled'
                    AND t.unit IS NOT DISTINCT FROM shown.unit AND t.effective_at < shown.effective_at
                ORDER BY t.effective_at DESC LIMIT 1) AS b ON true
        ORDER BY shown.position, shown.id
        """, report);

    private static NpgsqlBatchCommand With(string sql, Guid id, DateTimeOffset? at = null)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = id, NpgsqlDbType = NpgsqlDbType.Uuid });
        if (at is { } instant)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = instant, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        }

        return command;
    }
}
