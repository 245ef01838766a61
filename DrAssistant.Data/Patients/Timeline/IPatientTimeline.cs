using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>The one door to everything that happened to a patient.</summary>
public interface IPatientTimeline
{
    /// <summary>
    /// Visits newest first with all that belongs to them, a page at a time, and between them the days on which something came outside a visit: results
    /// that came later than the visit which ordered them (they stand there too), a measurement or a document without a visit. <paramref name="before"/> is the
    /// <see cref="TimelinePage.Next"/> of the page before; null starts at the newest.
    /// </summary>
    Task<Result<TimelinePage>> PageAsync(Guid patientId, TimelineFilter filter, TimelineCursor? before, CancellationToken cancellation);
}

/// <summary>What to show; an empty set of kinds shows all. What is set combines.</summary>
/// <param name="Text">Words that something of the visit mentions, its note and its documents included, or a document without a visit; at most 100 characters.</param>
public sealed record TimelineFilter(IReadOnlySet<TimelineKind> Kinds, Guid? DoctorId = null, string? Text = null)
{
    public static TimelineFilter All { get; } = new(new HashSet<TimelineKind>());

    /// <summary>The first day shown, and the last one; both of the practice's days, both included.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }
}

/// <summary>Where a page ended (keyset).</summary>
public sealed record TimelineCursor(DateTimeOffset At, Guid Id);

/// <summary>A page of visits and the way to the next one; null when that was everything.</summary>
/// <param name="TotalVisits">How many visits the filter left.</param>
/// <param name="Years">Those of the visits that the filter left.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineVisit> Visits, TimelineCursor? Next, int TotalVisits, IReadOnlyList<TimelineYear> Years)
{
    /// <summary>How many visits there are without any filter: "4 of 34 visits".</summary>
    public int AllVisits { get; init; }

    /// <summary>How many documents have the searched words, of those that the filter leaves.</summary>
    public int FoundDocuments { get; init; }

    /// <summary>Everybody who has seen the patient, to filter by; the most visits first.</summary>
    public IReadOnlyList<TimelineDoctor> Doctors { get; init; } = [];

    /// <summary>False while the notes cannot be read: then they are missing from what is shown, and from what a text was looked for in.</summary>
    public bool NotesReachable { get; init; } = true;
}

public sealed record TimelineYear(int Year, int Visits);

public sealed record TimelineDoctor(Guid Id, string Name, int Visits);

/// <summary>A visit, or a day without one, and what was noted, prescribed, ordered, found and done in it.</summary>
/// <param name="EncounterId">The visit's id; for a day without a visit the id of what came first, and of no visit.</param>
public sealed record TimelineVisit(
    Guid EncounterId, DateTimeOffset Start, string Kind, string Status, string DoctorName, string? ChiefComplaint, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>False for a day on which something came without a visit; then there is no doctor and no status.</summary>
    public bool IsVisit { get; init; } = true;

    /// <summary>How many entries are hidden because they were entered in error.</summary>
    public int HiddenInError { get; init; }

    public override string ToString() => $"{nameof(TimelineVisit)} {EncounterId}";
}

/// <summary>One row of a visit.</summary>
public sealed record TimelineEntry(TimelineKind Kind, DateTimeOffset At, string Title, string? Status, IReadOnlyList<TimelinePart> Parts)
{
    /// <summary>The note, prescription, order or document, to be opened; null where there is nothing to open.</summary>
    public Guid? SubjectId { get; init; }

    public override string ToString() => $"{nameof(TimelineEntry)} {Kind}";
}

/// <summary>A piece of a row: a medicine, a value with its flag, a line of a note.</summary>
public sealed record TimelinePart(string Text, string? Value = null, string? Unit = null, Ordering.Results.ResultFlag Flag = Ordering.Results.ResultFlag.Normal);

public enum TimelineKind
{
    Note,
    Diagnosis,
    Prescription,
    Order,
    Result,
    Vitals,
    Procedure,
    Immunization,
    Document,
}
