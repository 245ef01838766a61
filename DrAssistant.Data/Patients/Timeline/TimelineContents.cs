using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using Npgsql;
using NpgsqlTypes;
using static DrAssistant.Data.Patients.Timeline.TimelineSources;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>The second step of a page: what its places hold. The first column of every answer is the place.</summary>
internal sealed class TimelineContents
{
    /// <summary>What keeps an entry in error beside the others, with that as its status.</summary>
    private static readonly string[] Marked = ["conditions", "observations", "procedures", "immunizations"];

    private readonly SqlValues _values = new();
    private readonly string _patient;
    private readonly string _timeZone;
    private readonly string _visits;
    private readonly string _days;

    public TimelineContents(Guid patientId, IReadOnlyList<Place> places, ClinicClock clock)
    {
        var days = places.Where(p => p.Day is not null).ToList();
        _patient = _values.Add(patientId, NpgsqlDbType.Uuid);
        _timeZone = _values.Add(clock.Zone.Id, NpgsqlDbType.Text);
        _visits = _values.Add(places.Where(p => p.Day is null).Select(p => p.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        var ids = _values.Add(days.Select(d => d.Id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        var dates = _values.Add(days.Select(d => d.Day!.Value).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date);
        _days = $"unnest({ids}, {dates}) AS d(id, day)";
    }

    /// <summary>Results that came on another day than the visit which ordered them: they stand there too.</summary>
    public static string LaterFound(string timeZone) => $"""
        orders x JOIN encounters v ON v.id = x.encounter_id JOIN order_items y ON y.order_id = x.id JOIN results z ON z.order_item_id = y.id
        WHERE z.superseded_by IS NULL AND z.status <> 'cancelled'
            AND (z.issued_at AT TIME ZONE {timeZone})::date <> (v.start_time AT TIME ZONE {timeZone})::date
        """;

    /// <summary>When a document is of, in a statement that has the time zone.</summary>
    public static string KeptAt(string timeZone) => $"((x.document_date + time '12:00') AT TIME ZONE {timeZone})";

    public IEnumerable<NpgsqlBatchCommand> All()
    {
        var result = $"z.issued_at, z.name, {ResultColumns.Value("z")}, z.unit, z.flag, z.reviewed_at";
        var document = $"{KeptAt(_timeZone)}, x.id, x.category, x.title";
        const string Observation = "x.effective_at, x.code, x.name, x.value_number, x.value_text, x.unit, x.category";
        yield return OfVisits("x.recorded_at, x.name, x.code, x.status", Diagnosed, "x.recorded_at, x.id");
        yield return OfVisits(
            "coalesce(x.signed_at, x.created_at), x.id, x.status, concat_ws(' ', y.medication_name, y.strength, y.form), y.dosage, y.frequency, y.duration, y.stopped_at", Prescribed, "x.created_at, x.id, y.position, y.id");
        yield return OfVisits("coalesce(x.ordered_at, x.created_at), x.id, x.status, x.order_type, y.item_name", Ordered, "x.created_at, x.id, y.id");
        yield return OfVisits(result, Found, "z.effective_at, z.id");
        yield return OfDays(result, LaterFound(_timeZone), "z.issued_at", "z.effective_at, z.id");
        yield return OfVisits(Observation, Observed, "x.effective_at, x.id");
        yield return OfDays(Observation, $"{Observed} AND x.encounter_id IS NULL", "x.effective_at", "x.effective_at, x.id");
        yield return OfVisits("x.started_at, x.name, x.reason", Done, "x.started_at, x.id");
        yield return OfVisits("x.given_at, x.name, x.status", Immunized, "x.given_at, x.id");
        yield return OfVisits(document, Kept, "x.document_date, x.id");
        yield return OfDays(document, $"{Kept} AND x.encounter_id IS NULL", KeptAt(_timeZone), "x.document_date, x.id");
        yield return InError();
    }

    private NpgsqlBatchCommand OfVisits(string columns, string source, string order)
        => _values.With($"SELECT x.encounter_id, {columns} FROM {source} AND x.encounter_id = ANY ({_visits}) ORDER BY {order}");

    private NpgsqlBatchCommand OfDays(string columns, string source, string at, string order)
        => _values.With($"""
            SELECT d.id, {columns} FROM {_days}, {source} AND x.patient_id = {_patient}
                AND ({at} AT TIME ZONE {_timeZone})::date = d.day ORDER BY {order}
            """);

    /// <summary>How much of each visit is hidden because it was entered in error; notes are counted by themselves.</summary>
    private NpgsqlBatchCommand InError()
    {
        var wrong = Marked
            .Select(table => $"SELECT encounter_id FROM {table} WHERE status = 'entered_in_error' AND encounter_id = ANY ({_visits})");
        return _values.With($"SELECT encounter_id, count(*)::int FROM ({string.Join(" UNION ALL ", wrong)}) w GROUP BY 1");
    }
}
