using DrAssistant.Data.Common;
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
    public const int LongestText = 100;

    private const string Diagnosed = "conditions x WHERE x.status <> 'entered_in_error'";
    private const string Prescribed = "prescriptions x JOIN prescription_items y ON y.prescription_id = x.id WHERE true";
    private const string Ordered = "orders x JOIN order_items y ON y.order_id = x.id WHERE true";
    private const string Found = """
        orders x JOIN order_items y ON y.order_id = x.id JOIN results z ON z.order_item_id = y.id
        WHERE z.superseded_by IS NULL AND z.status <> 'cancelled'
        """;

    private const string Observed = "observations x WHERE x.status <> 'entered_in_error'";
    private const string Done = "procedures x WHERE x.status <> 'entered_in_error'";
    private const string Immunized = "immunizations x WHERE x.status <> 'entered_in_error'";

    // What a search in the chart looks at; notes are the document store's and are looked at by the search of the practice.
    private static readonly string MentionsText = $"""
        (e.chief_complaint ILIKE $3 OR {OfVisit(Diagnosed)} AND x.name ILIKE $3) OR {OfVisit(Prescribed)} AND y.medication_name ILIKE $3)
         OR {OfVisit(Ordered)} AND y.item_name ILIKE $3) OR {OfVisit(Found)} AND z.name ILIKE $3)
         OR {OfVisit(Done)} AND x.name ILIKE $3) OR {OfVisit(Immunized)} AND x.name ILIKE $3))
        """;

    private string Matching => $"""
        FROM encounters e JOIN users u ON u.id = e.doctor_id
        WHERE e.patient_id = $1 AND ($2::uuid IS NULL OR e.doctor_id = $2) AND ($3::text IS NULL OR {MentionsText}) AND {HasKind}
        """;

    private string Page => $"""
        SELECT e.id {Matching} AND ($4::timestamptz IS NULL OR (e.start_time, e.id) < ($4, $5))
        ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage}
        """;

    // A note may be in another store: a visit cannot be left out for want of one.
    private string HasKind => filter.Kinds.Count == 0 || filter.Kinds.Contains(TimelineKind.Note)
        ? "true"
        : "(" + string.Join(" OR ", filter.Kinds.Select(kind => OfVisit(Source(kind)) + ")")) + ")";

    public NpgsqlBatchCommand Years() => With($"""
        SELECT extract(year FROM e.start_time AT TIME ZONE $6)::int, count(*)::int {Matching} AND $4::timestamptz IS NOT DISTINCT FROM $4 AND $5::uuid IS NOT DISTINCT FROM $5
        GROUP BY 1 ORDER BY 1 DESC
        """, timeZone);

    public NpgsqlBatchCommand Visits() => With($"""
        SELECT e.id, e.start_time, e.encounter_type, e.status, u.full_name, e.chief_complaint
        {Matching} AND ($4::timestamptz IS NULL OR (e.start_time, e.id) < ($4, $5))
        ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage + 1}
        """);

    public NpgsqlBatchCommand Diagnoses() => OfPage("x.recorded_at, x.name, x.code, x.status", Diagnosed, "x.recorded_at, x.id");

    public NpgsqlBatchCommand Medicines() => OfPage(
        "coalesce(x.signed_at, x.created_at), x.id, x.status, y.medication_name, y.dosage, y.frequency, y.duration, y.stopped_at",
        Prescribed, "x.created_at, x.id, y.id");

    public NpgsqlBatchCommand Orders() => OfPage(
        "coalesce(x.ordered_at, x.created_at), x.id, x.status, x.order_type, y.item_name", Ordered, "x.created_at, x.id, y.id");

    public NpgsqlBatchCommand Results() => OfPage(
        "z.issued_at, z.name, z.value_number, z.value_text, z.unit, z.flag, z.reviewed_at", Found, "z.effective_at, z.id");

    public NpgsqlBatchCommand Vitals() => OfPage(
        "x.effective_at, x.code, x.name, x.value_number, x.value_text, x.unit, x.category", Observed, "x.effective_at, x.id");

    public NpgsqlBatchCommand Procedures() => OfPage("x.started_at, x.name, x.reason", Done, "x.started_at, x.id");

    public NpgsqlBatchCommand Immunizations() => OfPage("x.given_at, x.name, x.status", Immunized, "x.given_at, x.id");

    private static string OfVisit(string source) => $"EXISTS (SELECT 1 FROM {source} AND x.encounter_id = e.id";

    private static string Source(TimelineKind kind) => kind switch
    {
        TimelineKind.Diagnosis => Diagnosed,
        TimelineKind.Prescription => Prescribed,
        TimelineKind.Order => Ordered,
        TimelineKind.Result => Found,
        TimelineKind.Vitals => Observed,
        TimelineKind.Procedure => Done,
        TimelineKind.Immunization => Immunized,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Notes are not this database's to ask for."),
    };

    private NpgsqlBatchCommand OfPage(string columns, string source, string order)
        => With($"SELECT x.encounter_id, {columns} FROM {source} AND x.encounter_id IN ({Page}) ORDER BY {order}");

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
        var plain = PlainText.Of(text, LongestText);
        return plain.Length == 0 ? DBNull.Value : $"%{LikePattern.Escaped(plain)}%";
    }
}
