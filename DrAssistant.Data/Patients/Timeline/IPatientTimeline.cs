using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Timeline;

/// <summary>The one door to everything that happened to a patient.</summary>
public interface IPatientTimeline
{
    /// <summary>
    /// Visits newest first with all that belongs to them, a page at a time. <paramref name="before"/> is the
    /// <see cref="TimelinePage.Next"/> of the page before; null starts at the newest.
    /// </summary>
    Task<Result<TimelinePage>> PageAsync(Guid patientId, TimelineFilter filter, TimelineCursor? before, CancellationToken cancellation);
}

/// <summary>What to show; an empty set of kinds shows all.</summary>
public sealed record TimelineFilter(IReadOnlySet<TimelineKind> Kinds, Guid? DoctorId = null, string? Text = null)
{
    public static TimelineFilter All { get; } = new(new HashSet<TimelineKind>());
}

/// <summary>Where a page ended (keyset).</summary>
public sealed record TimelineCursor(DateTimeOffset At, Guid Id);

/// <summary>A page of visits and the way to the next one; null when that was everything.</summary>
public sealed record TimelinePage(IReadOnlyList<TimelineVisit> Visits, TimelineCursor? Next, int TotalVisits, IReadOnlyList<TimelineYear> Years);

public sealed record TimelineYear(int Year, int Visits);

/// <summary>A visit and what was noted, prescribed, ordered, found and done in it.</summary>
public sealed record TimelineVisit(
    Guid EncounterId, DateTimeOffset Start, string Kind, string Status, string DoctorName, string? ChiefComplaint, IReadOnlyList<TimelineEntry> Entries)
{
    public override string ToString() => $"{nameof(TimelineVisit)} {EncounterId}";
}

/// <summary>One row of a visit.</summary>
public sealed record TimelineEntry(TimelineKind Kind, DateTimeOffset At, string Title, string? Status, IReadOnlyList<TimelinePart> Parts)
{
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
}
