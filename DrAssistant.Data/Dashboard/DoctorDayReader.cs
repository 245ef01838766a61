using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Tasks;
using Npgsql;

namespace DrAssistant.Data.Dashboard;

/// <summary>Turns the answers of <see cref="DoctorDayQuery"/>, in its order, into what the screen shows.</summary>
internal sealed class DoctorDayReader(ClinicClock clock)
{
    public async Task<DoctorDay> ReadAsync(NpgsqlDataReader reader, DateOnly day, CancellationToken cancellation)
    {
        var visits = await reader.ListAsync(row => Visit(row, day), cancellation);
        var vitals = (await reader.ListAsync(Vital, cancellation)).ToLookup(v => v.PatientId);
        var conditions = (await reader.ListAsync(row => (Patient: row.GetGuid(0), Name: row.GetString(1)), cancellation))
            .ToLookup(c => c.Patient, c => c.Name);
        var tasks = await reader.ListAsync(Task, cancellation);
        var alerts = await reader.ListAsync(Alert, cancellation);
        var results = await reader.ListAsync(Result, cancellation);
        var after = await reader.ListAsync(row => row.InstantOrNull(0), cancellation);

        var now = clock.Now;
        var next = NextInLine.Of([.. visits.Select(v => v.Visit)], now);
        return new DoctorDay(
            day,
            now,
            [.. visits.Select(v => v.Visit)],
            next is null ? null : Next(visits.First(v => v.Visit == next), conditions[next.PatientId], vitals[next.PatientId]),
            tasks,
            alerts,
            [.. results.Select(r => r.Result)],
            DayFiguring.Of([.. visits.Select(v => v.Visit)], results.Select(r => r.Totals).FirstOrDefault(), now))
        {
            NextVisitAfterToday = after.Single(),
        };
    }

    public static TaskLine Task(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GuidOrNull(2), Name(row, 3), row.InstantOrNull(5),
        row.Word<TaskPriority>(6), row.Word<ClinicTaskStatus>(7));

    public static AlertLine Alert(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.Word<AlertType>(1), row.Word<AlertSeverity>(2), row.GetString(3), row.GetString(4),
        row.GuidOrNull(5), Name(row, 6), row.Instant(8), row.GetBoolean(9), row.TextOrNull(10));

    private static PersonName? Name(NpgsqlDataReader row, int first)
        => row.IsDBNull(first) ? null : new PersonName(row.GetString(first), row.GetString(first + 1));

    private static VisitRow Visit(NpgsqlDataReader row, DateOnly day) => new(
        new DayVisit(
            row.GetGuid(0), row.GetGuid(1), Name(row, 2)!, Age.On(day, row.Day(4), row.GetBoolean(5)), row.Word<Gender>(6), row.TextOrNull(7),
            row.Instant(8), row.Instant(9), row.Word<AppointmentStatus>(10), row.Word<AppointmentType>(11),
            row.TextOrNull(12), row.TextOrNull(13), row.TextOrNull(14), row.InstantOrNull(15), row.GetBoolean(19))
        {
            StartedAt = row.InstantOrNull(20),
            OpenEncounterId = row.GuidOrNull(21),
        },
        row.Word<AllergiesStatus>(16),
        row.InstantOrNull(17),
        row.IsDBNull(18) ? [] : row.GetFieldValue<string[]>(18));

    private static VitalReading Vital(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetDecimal(3), row.TextOrNull(4), row.Instant(5), row.TextOrNull(6));

    private static ResultRow Result(NpgsqlDataReader row) => new(
        new ResultToReview(
            row.GetGuid(0), row.GetGuid(1), Name(row, 2)!, row.GetString(4),
            row.NumberOrNull(5) is { } number ? ResultText.Number(number) : row.GetString(6),
            UnitWords.Of(row.TextOrNull(7)), row.Word<ResultFlag>(8), row.Instant(9), row.NumberOrNull(10), row.NumberOrNull(11),
            [.. row.GetFieldValue<decimal[]>(15).Reverse()])
        {
            More = (int)row.GetInt64(16) - 1,
        },
        new ResultTotals((int)row.GetInt64(12), (int)row.GetInt64(13), (int)row.GetInt64(14)));

    private static NextPatient Next(VisitRow row, IEnumerable<string> conditions, IEnumerable<VitalReading> vitals)
    {
        var measured = vitals.ToList();
        var latest = measured.MaxBy(v => v.At);
        return new NextPatient(
            row.Visit, row.AllergiesStatus, row.AllergiesRecordedAt, row.Allergies, [.. conditions],
            VitalWords.Of(measured, row.Visit.Age, row.Visit.Gender), latest?.At, latest?.By);
    }

    private sealed record VisitRow(
        DayVisit Visit, AllergiesStatus AllergiesStatus, DateTimeOffset? AllergiesRecordedAt, IReadOnlyList<string> Allergies);

    private sealed record ResultRow(ResultToReview Result, ResultTotals Totals);
}
