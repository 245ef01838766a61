using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>
/// The statements of one page of a timeline, for one batch: the years, the page of encounters by keyset, and what
/// belongs to them. Each names the page again as a subquery, so that nothing waits for an answer in between.
/// </summary>
internal sealed class TimelineQuery(Guid patientId, TimelineFilter filter, TimelineCursor? before, string timeZone)
{
    public const int VisitsAPage = 10;

    private static readonly Dictionary<TimelineKind, string> Tables = new()
    {
        [TimelineKind.Diagnosis] = "conditions",
        [TimelineKind.Prescription] = "prescriptions",
        [TimelineKind.Order] = "orders",
        [TimelineKind.Result] = "orders",
        [TimelineKind.Vitals] = "observations",
        [TimelineKind.Procedure] = "procedures",
        [TimelineKind.Immunization] = "immunizations",
    };

    private string Matching => $"""
        FROM encounters e JOIN users u ON u.id = e.doctor_id
        WHERE e.patient_id = $1 AND ($2::uuid IS NULL OR e.doctor_id = $2) AND ($3::text IS NULL OR {MentionsText}) AND {HasKind}
        """;

    private string Page => $"""
        SELECT e.id {Matching} AND ($4::timestamptz IS NULL OR (e.start_time, e.id) < ($4, $5))
        ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage}
        """;

    // What a search in the chart looks at; notes are the document store's and are looked at by the search of the practice.
    private static string MentionsText => """
        (e.chief_complaint ILIKE $3
         OR EXISTS (SELECT 1 FROM conditions x WHERE x.encounter_id = e.id AND x.name ILIKE $3)
         OR EXISTS (SELECT 1 FROM prescriptions x JOIN prescription_items y ON y.prescription_id = x.id WHERE x.encounter_id = e.id AND y.medication_name ILIKE $3)
         OR EXISTS (SELECT 1 FROM orders x JOIN order_items y ON y.order_id = x.id WHERE x.encounter_id = e.id AND y.item_name ILIKE $3)
         OR EXISTS (SELECT 1 FROM orders x JOIN order_items y ON y.order_id = x.id JOIN results z ON z.order_item_id = y.id WHERE x.encounter_id = e.id AND z.name ILIKE $3)
         OR EXISTS (SELECT 1 FROM procedures x WHERE x.encounter_id = e.id AND x.name ILIKE $3)
         OR EXISTS (SELECT 1 FROM immunizations x WHERE x.encounter_id = e.id AND x.name ILIKE $3))
        """;

    private string HasKind
    {
        get
        {
            // A note may be in another store: a visit cannot be left out for want of one.
            if (filter.Kinds.Count == 0 || filter.Kinds.Contains(TimelineKind.Note))
            {
                return "true";
            }

            return "(" + string.Join(" OR ", filter.Kinds.Select(kind => Tables[kind]).Distinct()
                .Select(table => $"EXISTS (SELECT 1 FROM {table} k WHERE k.encounter_id = e.id)")) + ")";
        }
    }

    public NpgsqlBatchCommand Years() => With($"""
        SELECT extract(year FROM e.start_time AT TIME ZONE $6)::int, count(*)::int {Matching} AND $4::timestamptz IS NOT DISTINCT FROM $4 AND $5::uuid IS NOT DISTINCT FROM $5
        GROUP BY 1 ORDER BY 1 DESC
        """, timeZone);

    public NpgsqlBatchCommand Visits() => With($"""
        SELECT e.id, e.start_time, e.encounter_type, e.status, u.full_name, e.chief_complaint
        {Matching} AND ($4::timestamptz IS NULL OR (e.start_time, e.id) < ($4, $5))
        ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage + 1}
        """);

    public NpgsqlBatchCommand Diagnoses() => OfPage(
        "SELECT c.encounter_id, c.recorded_at, c.name, c.code, c.status FROM conditions c", "c", "c.recorded_at, c.id");

    public NpgsqlBatchCommand Medicines() => OfPage(
        """
        SELECT p.encounter_id, coalesce(p.signed_at, p.created_at), p.id, p.status, i.medication_name, i.dosage, i.frequency, i.duration, i.stopped_at
        FROM prescriptions p JOIN prescription_items i ON i.prescription_id = p.id
        """,
        "p", "p.created_at, i.id");

    public NpgsqlBatchCommand Orders() => OfPage(
        """
        SELECT o.encounter_id, coalesce(o.ordered_at, o.created_at), o.id, o.status, o.order_type, i.item_name
        FROM orders o JOIN order_items i ON i.order_id = o.id
        """,
        "o", "o.created_at, i.id");

    public NpgsqlBatchCommand Results() => OfPage(
        """
        SELECT o.encounter_id, r.issued_at, r.name, r.value_number, r.value_text, r.unit, r.flag, r.reviewed_at
        FROM orders o JOIN order_items i ON i.order_id = o.id JOIN results r ON r.order_item_id = i.id AND r.superseded_by IS NULL
        """,
        "o", "r.effective_at, r.id");

    public NpgsqlBatchCommand Vitals() => OfPage(
        """
        SELECT b.encounter_id, b.effective_at, b.code, b.name, b.value_number, b.value_text, b.unit, b.category, b.patient_id
        FROM observations b
        """,
        "b", "b.effective_at, b.id", "b.status <> 'entered_in_error'");

    public NpgsqlBatchCommand Procedures() => OfPage(
        "SELECT d.encounter_id, d.started_at, d.name, d.reason FROM procedures d", "d", "d.started_at, d.id", "d.status <> 'entered_in_error'");

    public NpgsqlBatchCommand Immunizations() => OfPage(
        "SELECT m.encounter_id, m.given_at, m.name, m.status FROM immunizations m", "m", "m.given_at, m.id", "m.status <> 'entered_in_error'");

    private NpgsqlBatchCommand OfPage(string select, string alias, string order, string condition = "true")
        => With($"{select} WHERE {alias}.encounter_id IN ({Page}) AND {condition} ORDER BY {order}");

    private NpgsqlBatchCommand With(string sql, string? sixth = null)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new() { Value = patientId },
                new() { Value = (object?)filter.DoctorId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = Pattern(filter.Text), NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)before?.At.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = (object?)before?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            },
        };
        if (sixth is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = sixth });
        }

        return command;
    }

    private static object Pattern(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return DBNull.Value;
        }

        var plain = text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"%{plain}%");
    }
}
