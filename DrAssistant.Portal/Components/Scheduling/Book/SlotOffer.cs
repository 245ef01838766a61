using DrAssistant.Data.Scheduling.Booking;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>One time on offer; <see cref="Gone"/> when somebody took it while one looked.</summary>
public sealed record OfferedSlot(FreeSlot Slot, bool Gone);

/// <summary>The free times under a booking. A time that goes while one looks stays, struck, until the next choice; it is not simply away.</summary>
public sealed class SlotOffer
{
    public IReadOnlyList<OfferedSlot> Slots { get; private set; } = [];

    /// <summary>What went with the last reading, for who cannot see it struck.</summary>
    public FreeSlot? JustGone { get; private set; }

    /// <summary>Another question: what was offered before has nothing to do with it.</summary>
    public void Begin() => (Slots, JustGone) = ([], null);

    /// <summary>The newest answer to the same question.</summary>
    public void Show(IReadOnlyList<FreeSlot> free, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(free);
        var gone = Slots.Where(s => s.Slot.Start > now && !free.Any(f => IsSame(f, s.Slot)) && !IsPushedOut(s.Slot, free)).ToList();
        JustGone = gone.Find(g => !g.Gone)?.Slot;
        var first = free is [var next, ..] ? next.DoctorId : Guid.Empty;
        Slots = [.. free.Select(f => new OfferedSlot(f, Gone: false)).Concat(gone.Select(g => g with { Gone = true })).OrderBy(s => s.Slot.DoctorId != first).ThenBy(s => s.Slot.Start)];
    }

    // An earlier time has become free: the last one is only further away.
    private static bool IsPushedOut(FreeSlot slot, IReadOnlyList<FreeSlot> free)
        => free.Where(f => f.DoctorId == slot.DoctorId).Select(f => f.Start).DefaultIfEmpty(slot.Start).Max() < slot.Start;

    private static bool IsSame(FreeSlot one, FreeSlot other) => one.DoctorId == other.DoctorId && one.Start == other.Start;
}
