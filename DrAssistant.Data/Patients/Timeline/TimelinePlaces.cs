using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;
using static DrAssistant.Data.Patients.Timeline.TimelineSources;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>
/// The first of the two steps of a page: which places it has, by keyset. A place is a visit, or a day of the practice on which something came outside one.
/// A condition that was not asked for is not in the statement: what is, the index answers.
/// </summary>
internal sealed class TimelinePlaces
{
    public const int APage = 10;
    public const int LongestText = 100;

    private readonly SqlValues _values = new();
    private readonly string _patient;
    private readonly string _timeZone;
    private readonly string _visits;
    private readonly string _before;
    private readonly string? _strays;

    /// <summary>
    /// The places after <paramref name="before"/> that the filter leaves; <paramref name="noted"/> are the visits whose notes have the searched words,
    /// <paramref name="papers"/> the documents that have them.
    /// </summary>
    public TimelinePlaces(
        Guid patientId, TimelineFilter filter, TimelineCursor? before, IReadOnlyCollection<Guid> noted, IReadOnlyCollection<Guid> papers, ClinicClock clock)
    {
        _patient = _values.Add(patientId, NpgsqlDbType.Uuid);
        _timeZone = _values.Add(clock.Zone.Id, NpgsqlDbType.Text);
        _before = before is null ? "true"
            : $"(at, id) < ({_values.Add(before.At.ToUniversalTime(), NpgsqlDbType.TimestampTz)}, {_values.Add(before.Id, NpgsqlDbType.Uuid)})";
        var from = filter.From is { } first ? _values.Add(clock.DayBounds(first).From.ToUniversalTime(), NpgsqlDbType.TimestampTz) : null;
        var to = filter.To is { } last ? _values.Add(clock.DayBounds(last).To.ToUniversalTime(), NpgsqlDbType.TimestampTz) : null;
        var doctor = filter.DoctorId is { } id ? _values.Add(id, NpgsqlDbType.Uuid) : null;
        var text = PlainText.Of(filter.Text, LongestText) is { Length: > 0 } typed ? _values.Add(LikePattern.Containing(typed), NpgsqlDbType.Text) : null;

        var documents = papers.Count == 0 ? null : _values.Add(papers.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

        List<string> conditions = [$"e.patient_id = {_patient}"];
        conditions.AddRange(doctor is null ? [] : [$"e.doctor_id = {doctor}"]);
        conditions.AddRange(Within("e.start_time", from, to));
        conditions.AddRange(text is null ? [] : [Mentions(text, noted.Count == 0 ? null : _values.Add(noted.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid), documents)]);

        // A note may be in another store: a visit cannot be left out for want of one.
        if (filter.Kinds.Count > 0 && !filter.Kinds.Contains(TimelineKind.Note))
        {
            conditions.Add($"({string.Join(" OR ", filter.Kinds.Order().Select(kind => $"{OfVisit(Of(kind))})"))})");
        }

        _visits = string.Join(" AND ", conditions);
        _strays = Strays(filter, doctor, text, documents, from, to);
    }

    /// <summary>Everybody who has seen the patient, whatever is filtered.</summary>
    public NpgsqlBatchCommand Doctors() => _values.With($"""
        SELECT e.doctor_id, u.full_name, count(*)::int FROM encounters e JOIN users u ON u.id = e.doctor_id
        WHERE e.patient_id = {_patient} GROUP BY 1, 2 ORDER BY 3 DESC, 2, 1
        """);

    public NpgsqlBatchCommand Years() => _values.With($"""
        SELECT extract(year FROM e.start_time AT TIME ZONE {_timeZone})::int, count(*)::int FROM encounters e
        WHERE {_visits} GROUP BY 1 ORDER BY 1 DESC
        """);

    /// <summary>One more than a page has, so that it is known whether there is another.</summary>
    public NpgsqlBatchCommand Places() => _values.With($"""
        SELECT p.id, p.at, p.day, e.encounter_type, e.status, u.full_name, e.chief_complaint
        FROM ({Visits}{Days}) p LEFT JOIN encounters e ON p.day IS NULL AND e.id = p.id LEFT JOIN users u ON u.id = e.doctor_id
        ORDER BY p.at DESC, p.id DESC LIMIT {APage + 1}
        """);

    public static Place PlaceOf(NpgsqlDataReader row) => row.IsDBNull(2)
        ? new Place(row.GetGuid(0), row.Instant(1), null, new VisitFacts(row.Word<EncounterType>(3), row.Word<EncounterStatus>(4), row.GetString(5), row.TextOrNull(6)))
        : new Place(row.GetGuid(0), row.Instant(1), row.Day(2), null);

    private string Visits => $"""
        (SELECT e.start_time AS at, e.id, NULL::date AS day FROM encounters e
        WHERE {_visits} AND {_before.Replace("(at, id)", "(e.start_time, e.id)", StringComparison.Ordinal)} ORDER BY e.start_time DESC, e.id DESC LIMIT {APage + 1})
        """;

    private string Days => _strays is null ? "" : $"""
         UNION ALL
        (SELECT * FROM (
            SELECT max(s.at) AS at, (array_agg(s.id ORDER BY s.at DESC, s.id DESC))[1] AS id, (s.at AT TIME ZONE {_timeZone})::date AS day
            FROM ({_strays}) s GROUP BY 3) d
        WHERE {_before} ORDER BY at DESC, id DESC LIMIT {APage + 1})
        """;

    private static string OfVisit(string source) => $"EXISTS (SELECT 1 FROM {source} AND x.encounter_id = e.id";

    private static IEnumerable<string> Within(string column, string? from, string? to)
    {
        if (from is not null)
        {
            yield return $"{column} >= {from}";
        }

        if (to is not null)
        {
            yield return $"{column} < {to}";
        }
    }

    // What the words of a question may stand in; of the notes, which are another store's, the visits are named, and of documents, which are sealed, these.
    private static string Mentions(string pattern, string? noted, string? documents) => $"""
        (e.chief_complaint ILIKE {pattern} OR {OfVisit(Diagnosed)} AND x.name ILIKE {pattern})
         OR {OfVisit(Prescribed)} AND y.medication_name ILIKE {pattern}) OR {OfVisit(Ordered)} AND y.item_name ILIKE {pattern})
         OR {OfVisit(Found)} AND z.name ILIKE {pattern}) OR {OfVisit(Done)} AND x.name ILIKE {pattern})
         OR {OfVisit(Immunized)} AND x.name ILIKE {pattern}){(noted is null ? "" : $" OR e.id = ANY ({noted})")}{(documents is null ? "" : $" OR {OfVisit(Kept)} AND x.id = ANY ({documents}))")})
        """;

    /// <summary>What came outside a visit, as (at, id): results of another day than their visit's, and what was measured without one.</summary>
    private string? Strays(TimelineFilter filter, string? doctor, string? text, string? documents, string? from, string? to)
    {
        List<string> sources = [];
        if (Wanted(TimelineKind.Result))
        {
            sources.Add(Stray($"SELECT z.issued_at AS at, z.id FROM {TimelineContents.LaterFound(_timeZone)} AND x.patient_id = {_patient}", "z.issued_at", "z.name", doctor));
        }

        // Nobody's visit, so no doctor's either.
        if (Wanted(TimelineKind.Vitals) && doctor is null)
        {
            sources.Add(Stray($"SELECT x.effective_at AS at, x.id FROM {Observed} AND x.encounter_id IS NULL AND x.patient_id = {_patient}", "x.effective_at", "x.name", null));
        }

        // What a document says is sealed, so no statement finds words in it: those that have them are named.
        if (Wanted(TimelineKind.Document) && doctor is null && (text is null || documents is not null))
        {
            var at = TimelineContents.KeptAt(_timeZone);
            var select = $"SELECT {at} AS at, x.id FROM {Kept} AND x.encounter_id IS NULL AND x.patient_id = {_patient}{(text is null ? "" : $" AND x.id = ANY ({documents})")}";
            sources.Add(string.Join(" AND ", [select, .. Within(at, from, to)]));
        }

        return sources.Count == 0 ? null : string.Join(" UNION ALL ", sources);

        bool Wanted(TimelineKind kind) => filter.Kinds.Count == 0 || filter.Kinds.Contains(kind);

        string Stray(string select, string at, string name, string? orderedBy) => string.Join(" AND ", [
            select, .. Within(at, from, to),
            .. text is null ? Array.Empty<string>() : [$"{name} ILIKE {text}"],
            .. orderedBy is null ? Array.Empty<string>() : [$"x.doctor_id = {orderedBy}"]]);
    }
}

/// <summary>A visit, or a day without one.</summary>
/// <param name="Day">Null for a visit.</param>
internal sealed record Place(Guid Id, DateTimeOffset At, DateOnly? Day, VisitFacts? Visit);

internal sealed record VisitFacts(EncounterType Type, EncounterStatus Status, string DoctorName, string? ChiefComplaint);
