using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>What a week, a leave or a holiday must be, each "no" beside the field that it is about.</summary>
internal static class CalendarRules
{
    public const int LongestName = 100;
    private const int LongestRoom = 30;
    private const int LongestLeaveInDays = 366;
    private const int ShortestSlot = 5;
    private const int LongestSlot = 120;

    /// <summary>The first thing in a week that cannot be; its field is the row's, as in <c>Week[2].To</c>.</summary>
    public static Refusal? Week(IReadOnlyList<HoursDraft> week)
    {
        for (var row = 0; row < week.Count; row++)
        {
            if ((Stretch(week[row]) ?? Overlap(week, row)) is { } refusal)
            {
                return refusal with { Field = $"Week[{row}].{refusal.Field}" };
            }
        }

        return null;
    }

    /// <summary>The time that a leave takes, on the practice's clock.</summary>
    public static Result<Period> Leave(LeaveDraft leave, ClinicClock clock)
    {
        if (leave.FromDay is not { } firstDay)
        {
            return Refusal.Invalid("Choose the first day.", nameof(leave.FromDay));
        }

        var lastDay = leave.ToDay ?? firstDay;
        if (lastDay < firstDay || lastDay > firstDay.AddDays(LongestLeaveInDays))
        {
            return Refusal.Invalid(
                lastDay < firstDay ? "The last day must not be before the first." : "Leave is entered for a year at most.", nameof(leave.ToDay));
        }

        if (leave.Reason?.Trim().Length > LongestName)
        {
            return Refusal.Invalid($"At most {LongestName} characters.", nameof(leave.Reason));
        }

        var from = leave.FromTime is { } at ? clock.At(firstDay, at) : clock.DayBounds(firstDay).From;
        var to = leave.ToTime is { } until ? clock.At(lastDay, until) : clock.DayBounds(lastDay).To;
        return to <= from ? Refusal.Invalid("The end must be after the start.", nameof(leave.ToTime))
            : to <= clock.Now ? Refusal.Invalid("That time is over.", leave.ToDay is null ? nameof(leave.FromDay) : nameof(leave.ToDay))
            : new Period(from, to);
    }

    public static Refusal? Holiday(DateOnly day, string name, ClinicClock clock)
        => day < clock.Today ? Refusal.Invalid("That day is over.", nameof(PracticeHoliday.Day))
            : PlainText.Of(name) is not { Length: > 0 } text ? Refusal.Invalid("Name the holiday.", nameof(PracticeHoliday.Name))
            : text.Length > LongestName ? Refusal.Invalid($"At most {LongestName} characters.", nameof(PracticeHoliday.Name))
            : null;

    private static Refusal? Stretch(HoursDraft hours) => hours switch
    {
        { From: null } => Refusal.Invalid("Give the time at which it begins.", nameof(hours.From)),
        { To: null } => Refusal.Invalid("Give the time at which it ends.", nameof(hours.To)),
        { From: var from, To: var to } when to <= from => Refusal.Invalid("The end must be after the start.", nameof(hours.To)),
        { SlotMinutes: < ShortestSlot or > LongestSlot } => Refusal.Invalid($"A slot takes {ShortestSlot} to {LongestSlot} minutes.", nameof(hours.SlotMinutes)),
        { From: { } from, To: { } to, SlotMinutes: var slot } when (to - from).TotalMinutes < slot
            => Refusal.Invalid($"No slot of {slot} minutes fits in.", nameof(hours.To)),
        { Room.Length: > LongestRoom } => Refusal.Invalid($"At most {LongestRoom} characters.", nameof(hours.Room)),
        _ => null,
    };

    private static Refusal? Overlap(IReadOnlyList<HoursDraft> week, int row)
    {
        var hours = week[row];
        var other = week.Take(row).FirstOrDefault(h => h.Weekday == hours.Weekday && h.From < hours.To && hours.From < h.To);
        return other is null
            ? null
            : Refusal.Invalid($"This overlaps with {ClinicFormat.Time(other.From!.Value)} to {ClinicFormat.Time(other.To!.Value)}.", nameof(hours.From));
    }
}
