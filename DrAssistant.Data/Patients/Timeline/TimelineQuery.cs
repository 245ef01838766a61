using System.Globalization;
using DrAssistant.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>
/// The statements of one page of a timeline, for one batch: the years, the page of encounters by keyset, and what
/// belongs to them. Each names the page again as a subquery, so that nothing waits for an answer in between. A condition
/// that was not asked for is not in the statement: what is, the index answers.
/// </summary>
internal sealed class TimelineQuery
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

    private readonly List<(object Value, NpgsqlDbType Type)> _values = [];
    private readonly string _matching;
    private readonly string _beforeCursor;
    private readonly string _timeZone;

    public TimelineQuery(Guid patientId, TimelineFilter filter, TimelineCursor? before, string timeZone)
    {
        _timeZone = timeZone;
        List<string> conditions = [$"e.patient_id = {Value(patientId, NpgsqlDbType.Uuid)}"];
        if (filter.DoctorId is { } doctor)
        {
            conditions.Add($"e.doctor_id = {Value(doctor, NpgsqlDbType.Uuid)}");
        }

        if (PlainText.Of(filter.Text, LongestText) is { Length: > 0 } text)
        {
            conditions.Add(Mentions(Value($"%{LikePattern.Escaped(text)}%", NpgsqlDbType.Text)));
        }

        // A note may be in another store: a visit cannot be left out for want of one.
        if (filter.Kinds.Count > 0 && !filter.Kinds.Contains(TimelineKind.Note))
        {
            conditions.Add($"({string.Join(" OR ", filter.Kinds.Order().Select(kind => $"{OfVisit(Source(kind))})"))})");
        }

        _matching = string.Join(" AND ", conditions);
        _beforeCursor = before is null
            ? ""
            : $"AND (e.start_time, e.id) < ({Value(before.At.ToUniversalTime(), NpgsqlDbType.TimestampTz)}, {Value(before.Id, NpgsqlDbType.Uuid)})";
    }

    private string Page => $"""
        SELECT e.id FROM encounters e WHERE {_matching} {_beforeCursor} ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage}
        """;

    public NpgsqlBatchCommand Years()
    {
        var years = With($"""
            SELECT extract(year FROM e.start_time AT TIME ZONE ${_values.Count + 1})::int, count(*)::int FROM encounters e
            WHERE {_matching} GROUP BY 1 ORDER BY 1 DESC
            """);
        years.Parameters.Add(new NpgsqlParameter { Value = _timeZone });
        return years;
    }

    public NpgsqlBatchCommand Visits() => With($"""
        SELECT e.id, e.start_time, e.encounter_type, e.status, u.full_name, e.chief_complaint
        FROM encounters e JOIN users u ON u.id = e.doctor_id
        WHERE {_matching} {_beforeCursor} ORDER BY e.start_time DESC, e.id DESC LIMIT {VisitsAPage + 1}
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

    // What a search in the chart looks at; notes are the document store's and are looked at by the search of the practice.
    private static string Mentions(string pattern) => $"""
        (e.chief_complaint ILIKE {pattern} OR {OfVisit(Diagnosed)} AND x.name ILIKE {pattern})
         OR {OfVisit(Prescribed)} AND y.medication_name ILIKE {pattern}) OR {OfVisit(Ordered)} AND y.item_name ILIKE {pattern})
         OR {OfVisit(Found)} AND z.name ILIKE {pattern}) OR {OfVisit(Done)} AND x.name ILIKE {pattern})
         OR {OfVisit(Immunized)} AND x.name ILIKE {pattern}))
        """;

    private string Value(object value, NpgsqlDbType type)
    {
        _values.Add((value, type));
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    /// <summary>Every statement gets all values; each has its type, so one that is not named disturbs nobody.</summary>
    private NpgsqlBatchCommand With(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        _values.ForEach(v => command.Parameters.Add(new NpgsqlParameter { Value = v.Value, NpgsqlDbType = v.Type }));
        return command;
    }
}
