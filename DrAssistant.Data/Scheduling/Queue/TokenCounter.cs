using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>Hands out the tokens of a day: a letter a doctor, in the order of their first check-in, and a number that counts up.</summary>
internal sealed class TokenCounter(ClinicClock clock)
{
    // Any number, the same in every portal: with the day it names the turn that check-ins take.
    private const int TokenTurn = 0x746F_6B65;

    /// <summary>
    /// The next token of this doctor on the day of <paramref name="start"/>, within the caller's transaction. Check-ins of one day
    /// take turns until they commit, so that no two get one number and no two doctors one letter.
    /// </summary>
    public async Task<string> NextAsync(ClinicDb db, Guid doctorId, DateTimeOffset start, CancellationToken cancellation)
    {
        var day = clock.DayOf(start);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({TokenTurn}, {day.DayNumber})", cancellation);

        // The letters come round after twenty-six doctors; those who get one again begin a hundred further.
        var taken = await db.Database.SqlQuery<TokenRow>($"""
            INSERT INTO queue_tokens AS t (doctor_id, day, letter, last_number)
            SELECT {doctorId}, {day}, chr(65 + count(*)::int % 26), 1 + count(*)::int / 26 * 100 FROM queue_tokens o WHERE o.day = {day}
            ON CONFLICT (doctor_id, day) DO UPDATE SET last_number = t.last_number + 1
            RETURNING letter AS "Letter", last_number AS "LastNumber"
            """).ToListAsync(cancellation);
        var next = taken.Single();
        return $"{next.Letter}{next.LastNumber:00}";
    }

    private sealed record TokenRow(string Letter, short LastNumber);
}
