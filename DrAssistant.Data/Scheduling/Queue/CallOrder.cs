namespace DrAssistant.Data.Scheduling.Queue;

/// <summary>
/// Whom a doctor sees next: urgent first, then who has waited longest since check-in. Somebody who was called and did not come lets
/// one other pass and keeps the waiting time, so that a visit to the washroom costs one place and not the morning.
/// </summary>
internal static class CallOrder
{
    /// <summary>Those of one doctor who can be called, the next one first.</summary>
    public static IReadOnlyList<BookedVisit> Of(IReadOnlyList<BookedVisit> visits) => Of(
        visits.Where(v => v.Place is QueuePlace.Waiting),
        v => new Queued(v.Type is AppointmentType.Urgent, v.CheckedInAt ?? v.Start, v.Start, v.SkippedAt),
        LastCalled(visits));

    /// <summary>The same for any list of those who wait for one doctor.</summary>
    /// <param name="waiting">Those of one doctor.</param>
    /// <param name="place">What decides about one of them.</param>
    /// <param name="lastCalled">When somebody was last called or seen: who was skipped before that has let one pass.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> waiting, Func<T, Queued> place, DateTimeOffset? lastCalled)
    {
        List<T> inOrder = [.. waiting.OrderByDescending(w => place(w).Urgent).ThenBy(w => place(w).Since).ThenBy(w => place(w).Start)];
        var first = inOrder.FindIndex(w => place(w).SkippedAt is not { } skipped || skipped <= lastCalled);
        if (first > 0)
        {
            var passes = inOrder[first];
            inOrder.RemoveAt(first);
            inOrder.Insert(0, passes);
        }

        return inOrder;
    }

    private static DateTimeOffset? LastCalled(IReadOnlyList<BookedVisit> visits)
        => visits.Select(v => v.StartedAt > v.CalledAt || v.CalledAt is null ? v.StartedAt : v.CalledAt).Max();
}

/// <summary>What decides about somebody's turn.</summary>
internal readonly record struct Queued(bool Urgent, DateTimeOffset Since, DateTimeOffset Start, DateTimeOffset? SkippedAt);
