using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>Whose calendars are read: one doctor's, with colleagues of the same specialty; a specialty's; or everybody's.</summary>
internal sealed record WhoseCalendars(Guid? DoctorId = null, bool Colleagues = false, string? Specialty = null);

/// <summary>One doctor's calendar over a time, and what of it is taken.</summary>
internal sealed record ReadCalendar(Guid DoctorId, string DoctorName, string? Specialty, DoctorCalendar Calendar, IReadOnlyList<Period> Booked);

/// <summary>Reads calendars from PostgreSQL, all that is asked for in one round trip.</summary>
internal sealed class CalendarReader(SecuredBatch batch, ClinicClock clock)
{
    private const string Whose = """
        SELECT u.id FROM users u WHERE u.role = 'doctor' AND u.status = 'active'
            AND ($1 IS NULL OR u.id = $1 OR ($2 AND u.specialty = (SELECT o.specialty FROM users o WHERE o.id = $1)))
            AND ($3 IS NULL OR lower(u.specialty) = lower($3))
        """;

    private const string Doctors = $"SELECT d.id, d.full_name, d.specialty FROM users d WHERE d.id IN ({Whose}) ORDER BY d.full_name, d.id";

    private const string Hours = $"""
        SELECT h.doctor_id, h.weekday, h.start_time, h.end_time, h.slot_minutes, h.room FROM working_hours h WHERE h.doctor_id IN ({Whose})
        """;

    private const string Leave = $"""
        SELECT l.doctor_id, l.from_time, l.to_time FROM doctor_leave l WHERE l.to_time > $4 AND l.from_time < $5 AND l.doctor_id IN ({Whose})
        """;

    private const string Holidays = "SELECT day, name FROM practice_holidays WHERE day BETWEEN $1 AND $2";

    private const string Booked = $"SELECT doctor_id, start_time, end_time FROM booked_periods(ARRAY({Whose}), $4, $5)";

    /// <summary>The calendars over these days, both included, by the doctor's name.</summary>
    public Task<List<ReadCalendar>> ReadAsync(WhoseCalendars whose, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var (from, to) = (clock.DayBounds(first).From, clock.DayBounds(last).To);
        return batch.ReadAsync(
            [Command(Doctors, whose), Command(Hours, whose), Command(Leave, whose, from, to), Days(first, last), Command(Booked, whose, from, to)],
            ReadAsync,
            cancellation);
    }

    private async Task<List<ReadCalendar>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var doctors = await reader.ListAsync(row => (Id: row.GetGuid(0), Name: row.GetString(1), Specialty: row.TextOrNull(2)), cancellation);
        var hours = (await reader.ListAsync(row => (Doctor: row.GetGuid(0), Stretch: StretchOf(row)), cancellation)).ToLookup(h => h.Doctor, h => h.Stretch);
        var leave = (await reader.ListAsync(DoctorAndPeriod, cancellation)).ToLookup(l => l.Doctor, l => l.Time);
        var holidays = (await reader.ListAsync(row => (Day: row.Day(0), Name: row.GetString(1)), cancellation)).ToDictionary(h => h.Day, h => h.Name);
        var booked = (await reader.ListAsync(DoctorAndPeriod, cancellation)).ToLookup(b => b.Doctor, b => b.Time);
        return doctors.ConvertAll(d => new ReadCalendar(
            d.Id, d.Name, d.Specialty, new DoctorCalendar(clock, [.. hours[d.Id]], [.. leave[d.Id]], holidays), [.. booked[d.Id]]));
    }

    private static WeekStretch StretchOf(NpgsqlDataReader row) => new(
        (DayOfWeek)row.GetInt16(1), row.GetFieldValue<TimeOnly>(2), row.GetFieldValue<TimeOnly>(3), row.GetInt16(4), row.TextOrNull(5));

    private static (Guid Doctor, Period Time) DoctorAndPeriod(NpgsqlDataReader row)
        => (row.GetGuid(0), new Period(row.Instant(1), row.Instant(2)));

    private static NpgsqlBatchCommand Days(DateOnly first, DateOnly last)
        => new(Holidays) { Parameters = { new() { Value = first }, new() { Value = last } } };

    private static NpgsqlBatchCommand Command(string sql, WhoseCalendars whose, params DateTimeOffset[] times)
    {
        var command = new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new() { Value = (object?)whose.DoctorId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = whose.Colleagues },
                new() { Value = (object?)whose.Specialty ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        };
        foreach (var time in times)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = time });
        }

        return command;
    }
}
