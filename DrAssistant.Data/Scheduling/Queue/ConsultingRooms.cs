using DrAssistant.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>Where a doctor sees patients at this hour, by their working hours.</summary>
internal sealed class ConsultingRooms(ClinicClock clock)
{
    /// <summary>The room of the stretch that holds this hour; outside all of today's, that of the nearest one.</summary>
    public async Task<string?> NowAsync(ClinicDb db, Guid doctorId, CancellationToken cancellation)
    {
        var now = clock.Local(clock.Now);
        var hour = TimeOnly.FromDateTime(now.DateTime);
        var today = await db.WorkingHours.AsNoTracking()
            .Where(h => h.DoctorId == doctorId && h.Weekday == now.DayOfWeek && h.Room != null)
            .ToListAsync(cancellation);
        return today.MinBy(h => Away(hour, h.StartTime, h.EndTime))?.Room;
    }

    private static TimeSpan Away(TimeOnly hour, TimeOnly from, TimeOnly to)
        => hour < from ? from - hour : hour >= to ? hour - to : TimeSpan.MinValue;
}
