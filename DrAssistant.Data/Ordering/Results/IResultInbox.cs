using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>The door to what waits for a doctor's eye. Every method asks permission, audits, and shows only patients in one's care.</summary>
public interface IResultInbox
{
    /// <summary>What waits, the worst first and the oldest first within: what one ordered, or of all patients in one's care.</summary>
    Task<Result<ResultInbox>> ReadAsync(bool practice, CancellationToken cancellation);

    /// <summary>The number in the navigation.</summary>
    Task<Result<int>> CountAsync(CancellationToken cancellation);

    /// <summary>A report with all its values, by its own id or by that of one of its values.</summary>
    Task<Result<InboxReport>> OpenAsync(Guid reportId, CancellationToken cancellation);

    /// <summary>Says "I know" of the critical values, and stops what rings for them. They are not reviewed by that.</summary>
    Task<Result<InboxReport>> AcknowledgeAsync(Guid reportId, CancellationToken cancellation);

    /// <summary>Reviews reports. Several at once only where every value lies within its range.</summary>
    Task<Result<ReviewMark>> ReviewAsync(IReadOnlyList<Guid> reportIds, string? comment, CancellationToken cancellation);

    /// <summary>Takes one's own review back, shortly after it.</summary>
    Task<Result<ReviewMark>> TakeBackAsync(ReviewMark mark, CancellationToken cancellation);

    /// <summary>A task for oneself about a report.</summary>
    Task<Result<Guid>> FollowUpAsync(Guid reportId, string title, int inDays, CancellationToken cancellation);

    /// <summary>A task for reception, in words that name nothing clinical.</summary>
    Task<Result<Guid>> TellTheDeskAsync(Guid reportId, DeskMessage message, CancellationToken cancellation);
}

/// <summary>What reception is asked to do. It is chosen and not typed, so that no value slips out.</summary>
public enum DeskMessage
{
    AskToCome,
    AskToBook,
    AskToRing,
}

/// <summary>How bad the worst value of a report is, and whether somebody has answered for it.</summary>
public enum InboxState
{
    CriticalNotAcknowledged,
    Critical,
    Abnormal,
    Normal,
}

/// <summary>What waits for review.</summary>
/// <param name="ReviewedToday">Values that one reviewed oneself today.</param>
/// <param name="More">There are more than are listed.</param>
public sealed record ResultInbox(IReadOnlyList<InboxLine> Lines, int ReviewedToday, bool More)
{
    public override string ToString() => $"{nameof(ResultInbox)} of {Lines.Count}";
}

/// <summary>One report in the list.</summary>
/// <param name="ReportId">Its own id, or the order's where it was taken over without one.</param>
/// <param name="Shown">The worst value.</param>
/// <param name="Others">How many more values it has.</param>
/// <param name="AllInRange">Every value has a range and lies in it: such ones may be reviewed together.</param>
public sealed record InboxLine(
    Guid ReportId, Guid OrderId, Guid PatientId, PersonName Patient, Age Age, Gender Gender, InboxState State, InboxValue Shown, int Others, bool AllInRange)
{
    public string? Laboratory { get; init; }

    /// <summary>Whose order it is.</summary>
    public required string Doctor { get; init; }

    public DateTimeOffset ArrivedAt { get; init; }

    public bool Preliminary { get; init; }

    public IReadOnlyList<Guid> ResultIds { get; init; } = [];

    public override string ToString() => $"{nameof(InboxLine)} {ReportId}";
}

/// <summary>A value as the inbox shows it.</summary>
public sealed record InboxValue(Guid Id, string Code, string CodeSystem, string Name, string Value, string? Unit, ResultFlag Flag)
{
    public decimal? Number { get; init; }

    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    public string? ReferenceText { get; init; }

    /// <summary>Earlier numbers in the same unit and this one, oldest first.</summary>
    public IReadOnlyList<decimal> Trend { get; init; } = [];

    /// <summary>What it was before it was corrected.</summary>
    public string? Was { get; init; }

    public ResultStatus Status { get; init; }

    /// <summary>As it came, where that was in another unit.</summary>
    public string? Reported { get; init; }

    public string? Comment { get; init; }

    public string? LaboratoryFlag { get; init; }

    /// <summary>The value before it, in the same unit.</summary>
    public PreviousValue? Previous { get; init; }

    /// <summary><c>rose 1.4 in 5 weeks</c>.</summary>
    public string? Change { get; init; }

    /// <summary>A change that makes one ask whether the specimen is this patient's.</summary>
    public string? Leap { get; init; }

    public SeenBy? Reviewed { get; init; }

    public SeenBy? Acknowledged { get; init; }

    public override string ToString() => $"{nameof(InboxValue)} {Id}";
}

public sealed record PreviousValue(string Value, ResultFlag Flag, DateTimeOffset At)
{
    public override string ToString() => nameof(PreviousValue);
}

/// <summary>Who and when.</summary>
public sealed record SeenBy(string Who, DateTimeOffset At, string? Comment)
{
    public override string ToString() => nameof(SeenBy);
}

/// <summary>A report with all its values.</summary>
public sealed record InboxReport(
    Guid ReportId, Guid OrderId, Guid PatientId, PersonName Patient, Age Age, Gender Gender, DateOnly Born, string? Mrn, InboxState State, IReadOnlyList<InboxValue> Values)
{
    /// <summary>What was ordered.</summary>
    public required string Ordered { get; init; }

    public required string Doctor { get; init; }

    public string? Laboratory { get; init; }

    public DateTimeOffset TakenAt { get; init; }

    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When the doctors on duty are told, unless somebody acknowledges it.</summary>
    public DateTimeOffset? EscalatesAt { get; init; }

    public bool Escalated { get; init; }

    /// <summary>Something of it still waits.</summary>
    public bool ToReview { get; init; }

    public override string ToString() => $"{nameof(InboxReport)} {ReportId}";
}

/// <summary>What was reviewed and when, to take it back by.</summary>
public sealed record ReviewMark(IReadOnlyList<Guid> ReportIds, DateTimeOffset At);
