namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>What is different between two readings of the same columns.</summary>
internal static class BookChanges
{
    /// <summary>Appointments that are new or stand elsewhere, or whose state moved.</summary>
    public static HashSet<Guid> Between(IReadOnlyList<BookColumn> before, IReadOnlyList<BookColumn> after)
    {
        // Another day or another doctor is not a change: nothing in it moved.
        if (!before.Select(c => c.Key).SequenceEqual(after.Select(c => c.Key)))
        {
            return [];
        }

        var then = Seen(before).ToDictionary(s => s.Id, s => s.Stand);
        return [.. Seen(after).Where(s => !then.TryGetValue(s.Id, out var stood) || stood != s.Stand).Select(s => s.Id)];
    }

    private static IEnumerable<(Guid Id, (string Column, DateTimeOffset Start, DateTimeOffset End, string State) Stand)> Seen(IReadOnlyList<BookColumn> columns)
        => columns.SelectMany(c => c.Visits, (c, v) => (v.AppointmentId, (c.Key, v.Start, v.End, BookWords.State(v))));
}
