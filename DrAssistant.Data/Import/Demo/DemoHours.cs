using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Demo;

/// <summary>A doctor's day: two stretches around lunch, cut into slots.</summary>
internal sealed record DemoHours(string Room, int SlotMinutes, (TimeOnly From, TimeOnly To) Morning, (TimeOnly From, TimeOnly To) Afternoon)
{
    public static DemoHours Of(DemoPanel panel) => panel switch
    {
        DemoPanel.Paediatrics => new("Room 2", 15, (new(9, 0), new(13, 0)), (new(14, 0), new(17, 15))),
        DemoPanel.Dermatology => new("Room 3", 15, (new(9, 30), new(13, 30)), (new(14, 15), new(17, 30))),
        DemoPanel.Cardiology => new("Room 4", 20, (new(9, 0), new(13, 0)), (new(14, 0), new(17, 40))),
        _ => new("Room 1", 15, (new(9, 0), new(13, 0)), (new(14, 0), new(17, 30))),
    };

    public IReadOnlyList<DemoSlot> Slots(ClinicClock clock, DateOnly day)
        => [.. Cut(Morning).Concat(Cut(Afternoon)).Select(t => new DemoSlot(clock.At(day, t), TimeSpan.FromMinutes(SlotMinutes)))];

    private IEnumerable<TimeOnly> Cut((TimeOnly From, TimeOnly To) stretch)
    {
        for (var at = stretch.From; at.AddMinutes(SlotMinutes) <= stretch.To; at = at.AddMinutes(SlotMinutes))
        {
            yield return at;
        }
    }
}

internal readonly record struct DemoSlot(DateTimeOffset Start, TimeSpan Length)
{
    public DateTimeOffset End => Start + Length;
}
