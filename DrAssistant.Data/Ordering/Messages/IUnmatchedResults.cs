using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Messages.Matching;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Messages;

/// <summary>The door to the work-list of what laboratories sent and nobody could place. Whoever may type in results places it; every look is audited.</summary>
public interface IUnmatchedResults
{
    /// <summary>What waits, the oldest first. At most 100.</summary>
    Task<Result<IReadOnlyList<WaitingLine>>> ListAsync(CancellationToken cancellation);

    /// <summary>A patient in one's care by two identifiers, MRN and birth date, with what is ordered and open. Whoever fits only one of the two is not found.</summary>
    Task<Result<WaitingCandidate>> FindAsync(Guid waitingId, string mrn, DateOnly born, CancellationToken cancellation);

    /// <summary>Files what waits against an ordered test. A reason of 3 to 500 characters is needed where the report names somebody else.</summary>
    Task<Result<Guid>> AttachAsync(Guid waitingId, Guid orderItemId, string? reason, CancellationToken cancellation);

    /// <summary>It is filed nowhere. A reason of 3 to 500 characters.</summary>
    Task<Result<Guid>> DismissAsync(Guid waitingId, string reason, CancellationToken cancellation);
}

/// <summary>A report that waits: what came, why it fits nothing, and who it says it is.</summary>
/// <param name="Laboratory">Its name for itself, or the directory's for it.</param>
/// <param name="Words">What the filing said, where it refused.</param>
public sealed record WaitingLine(
    Guid Id, UnmatchedReason Why, string? Words, string Laboratory, DateTimeOffset ReceivedAt, string? PersonName, IReadOnlyList<string> PersonNumbers, DateOnly? Born, Gender? Sex,
    string Test, IReadOnlyList<string> OrderNumbers, IReadOnlyList<WaitingValue> Values)
{
    public override string ToString() => $"{nameof(WaitingLine)} {Id}";
}

public sealed record WaitingValue(string Name, string Value, string? Unit, string? Range, string? Flag, ResultStatus Status, DateTimeOffset EffectiveAt, string? Comment, string? Problem)
{
    public override string ToString() => nameof(WaitingValue);
}

/// <summary>A patient to whom it may belong.</summary>
/// <param name="Differs">The report says something else of the person: then attaching it needs a reason.</param>
public sealed record WaitingCandidate(Guid PatientId, string Name, string? Mrn, DateOnly Born, Gender Gender, bool Differs, IReadOnlyList<WaitingItem> Items)
{
    public override string ToString() => $"{nameof(WaitingCandidate)} {PatientId}";
}

public sealed record WaitingItem(Guid ItemId, string Name, string? OrderNumber, DateTimeOffset? OrderedAt);
