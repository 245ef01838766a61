using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Demo;

/// <summary>A doctor's day: two stretches around lunch, cut into slots.</summary>
internal sealed record DemoHours(string Room, int SlotMinutes, IReadOnlyList<(TimeOnly From, TimeOnly To)> Stretches)
{
    private static readonly DemoHours[] Usual =
    [
        new("Room 1", 15, [(new(9, 0), new(13, 0)), (new(14, 0), new(17, 30))]),
        new("Room 2", 15, [(new(9, 0), new(13, 0)), (new(14, 0), new(17, 15))]),
        new("Room 3", 15, [(new(9, 30), new(13, 30)), (new(14, 15), new(17, 30))]),
        new("Room 4", 20, [(new(9, 0), new(13, 0)), (new(14, 0), new(17, 40))]),
    ];

    public static TimeOnly FirstStart { get; } = Usual.Min(hours => hours.Stretches[0].From);

    public static TimeOnly LastEnd { get; } = Usual.Max(hours => hours.Stretches[^1].To);

    public static DemoHours Of(DemoPanel panel) => Usual[(int)panel];

    /// <summary>The same hours, earlier or later on the same day.</summary>
    public DemoHours Moved(TimeSpan by) => this with { Stretches = [.. Stretches.Select(s => (s.From.Add(by), s.To.Add(by)))] };

    public IReadOnlyList<DemoSlot> Slots(ClinicClock clock, DateOnly day)
        => [.. Stretches.SelectMany(Cut).Select(t => new DemoSlot(clock.At(day, t), TimeSpan.FromMinutes(SlotMinutes)))];

    private IEnumerable<TimeOnly> Cut((TimeOnly From, TimeOnly To) stretch)
    {
        var slots = (int)((stretch.To - stretch.From) / TimeSpan.FromMinutes(SlotMinutes));
        return Enumerable.Range(0, slots).Select(slot => stretch.From.AddMinutes(slot * SlotMinutes));
    }
}

internal sealed record DemoSlot(DateTimeOffset Start, TimeSpan Length)
{
    public DateTimeOffset End => Start + Length;
}
