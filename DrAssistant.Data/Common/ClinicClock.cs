using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Common;

/// <summary>The practice's clock: instants are kept in UTC, but a day, and what the clock on the wall shows, are the practice's own.</summary>
public sealed class ClinicClock(TimeProvider time, IOptions<ClinicOptions> options)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => DayOf(time.GetUtcNow());

    /// <summary>The instant with the practice's offset, for showing.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The practice's day on which an instant falls.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>What a clock on the practice's wall shows.</summary>
    public TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>First instant of the day and first instant after it, in UTC. A day has 23 or 25 hours where the clocks change.</summary>
    public (DateTimeOffset From, DateTimeOffset To) DayBounds(DateOnly day)
        => (At(day, TimeOnly.MinValue), At(day.AddDays(1), TimeOnly.MinValue));

    /// <summary>Whether the practice's clock shows this time on this day at all: a clock put forward skips some.</summary>
    public bool Shows(DateOnly day, TimeOnly time) => !Zone.IsInvalidTime(day.ToDateTime(time));

    /// <summary>The instant, in UTC, at which the practice's clock shows this time on this day.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var shown = day.ToDateTime(time);

        // A clock put forward skips an hour, in some zones the one after midnight: such a time begins when the clock goes on.
        while (Zone.IsInvalidTime(shown))
        {
            shown = shown.AddMinutes(1);
        }

        // A clock put back shows an hour twice; the first time counts.
        var offset = Zone.IsAmbiguousTime(shown) ? Zone.GetAmbiguousTimeOffsets(shown).Max() : Zone.GetUtcOffset(shown);
        return new DateTimeOffset(shown, offset).ToUniversalTime();
    }
}
