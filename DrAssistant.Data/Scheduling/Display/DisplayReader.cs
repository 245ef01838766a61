using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Scheduling.Display;

/// <summary>
/// Asks the one function of the database that answers nobody in particular (<c>display_board</c>), and puts its rows into rooms.
/// No table is read here: what the function does not give cannot leave by this way.
/// </summary>
internal sealed class DisplayReader(ClinicDataSources clinic, ClinicClock clock, IOptions<ClinicOptions> practice)
{
    private const int MostNext = 3;
    private const int LateStep = 5;
    private const int LateFrom = 10;

    public async Task<DisplayBoard?> ReadAsync(string? secret, CancellationToken cancellation)
    {
        if (SessionSecret.KeyOf(secret) is not { } key)
        {
            return null;
        }

        var now = clock.Now;
        var rows = await RowsAsync(key, now, cancellation);
        if (rows.Count == 0)
        {
            return null;
        }

        var local = clock.Local(now);
        var rooms = rows.Where(r => r.DoctorId is not null).GroupBy(r => r.DoctorId)
            .Select(doctor => RoomOf([.. doctor], now)).OfType<DisplayRoom>()
            .OrderBy(room => room.Room ?? "~", StringComparer.OrdinalIgnoreCase).ThenBy(room => room.Doctor, StringComparer.OrdinalIgnoreCase);
        return new DisplayBoard(
            practice.Value.Name, practice.Value.DisplayLanguage, local.ToString("dddd dd-MMM-yyyy", CultureInfo.InvariantCulture),
            local.ToString("HH:mm:ss", CultureInfo.InvariantCulture), [.. rooms]);
    }

    private static DisplayRoom? RoomOf(IReadOnlyList<Row> rows, DateTimeOffset now)
    {
        var people = rows.Where(r => r.Token is not null).ToList();
        if (people.Count == 0 && !rows[0].Works)
        {
            return null;
        }

        var called = people.Where(p => p.CalledAt is not null).MaxBy(p => p.CalledAt);
        var inside = people.Where(p => p.StartedAt is not null).MaxBy(p => p.StartedAt);
        var waiting = people.Where(p => p.CalledAt is null && p.StartedAt is null).ToList();
        var last = people.SelectMany(p => new[] { p.CalledAt, p.StartedAt }).Max();
        var line = CallOrder.Of(waiting, p => new Queued(p.Urgent, p.Since ?? p.Due, p.Due, p.SkippedAt), last);
        return new DisplayRoom(
            StaffWords.Short(rows[0].Doctor ?? ""), called?.Room ?? inside?.Room ?? rows[0].Room, (called ?? inside)?.Token,
            called is null ? null : string.Create(CultureInfo.InvariantCulture, $"{called.Token}-{called.CalledAt:HHmmss}"),
            called?.CalledAt is { } at ? (int)Math.Max(0, (now - at).TotalSeconds) : null,
            Late(waiting, now), [.. line.Take(MostNext).Select(p => p.Token!)]);
    }

    /// <summary>How long the first booked of those who wait has been due; nobody due, nobody late.</summary>
    private static int? Late(IReadOnlyList<Row> waiting, DateTimeOffset now)
    {
        var due = waiting.Where(p => !p.Urgent).Select(p => (DateTimeOffset?)p.Due).Min();
        var minutes = due is { } start ? (int)(now - start).TotalMinutes / LateStep * LateStep : 0;
        return minutes >= LateFrom ? minutes : null;
    }

    private async Task<List<Row>> RowsAsync(byte[] key, DateTimeOffset now, CancellationToken cancellation)
    {
        var (from, to) = clock.DayBounds(clock.DayOf(now));
        var local = clock.Local(now);
        await using var command = clinic.App.CreateCommand("""
            SELECT doctor_id, doctor, room, works, token, started_at, called_at, waiting_since, due, urgent, skipped_at
            FROM display_board($1, $2, $3, $4, $5)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        command.Parameters.Add(new NpgsqlParameter { Value = from });
        command.Parameters.Add(new NpgsqlParameter { Value = to });
        command.Parameters.Add(new NpgsqlParameter { Value = (short)local.DayOfWeek });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeOnly.FromDateTime(local.DateTime) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new Row(
                Value<Guid>(reader, 0), Text(reader, 1), Text(reader, 2), Value<bool>(reader, 3) is true, Text(reader, 4), Value<DateTimeOffset>(reader, 5),
                Value<DateTimeOffset>(reader, 6), Value<DateTimeOffset>(reader, 7), Value<DateTimeOffset>(reader, 8) ?? now, Value<bool>(reader, 9) is true,
                Value<DateTimeOffset>(reader, 10)));
        }

        return rows;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static T? Value<T>(NpgsqlDataReader reader, int column)
        where T : struct
        => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    private sealed record Row(
        Guid? DoctorId, string? Doctor, string? Room, bool Works, string? Token, DateTimeOffset? StartedAt, DateTimeOffset? CalledAt,
        DateTimeOffset? Since, DateTimeOffset Due, bool Urgent, DateTimeOffset? SkippedAt);
}
