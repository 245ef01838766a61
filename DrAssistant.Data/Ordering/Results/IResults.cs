using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>The door to typing in what a laboratory sent on paper. Every method asks permission, audits, and honours row-level security.</summary>
public interface IResults
{
    /// <summary>Orders that wait for a result, of patients in one's care; the longest waiting first.</summary>
    Task<Result<IReadOnlyList<OrderWaiting>>> WaitingAsync(CancellationToken cancellation);

    /// <summary>What can be typed in for an order, with what is there already.</summary>
    Task<Result<OrderToAnswer>> FormAsync(Guid orderId, CancellationToken cancellation);

    /// <summary>Files what was typed, all of it or nothing: what cannot be is said beside its field and nothing is lost.</summary>
    Task<Result<EnteredResults>> EnterAsync(ResultDraft draft, CancellationToken cancellation);
}

/// <summary>An order that has no result yet, or not all.</summary>
public sealed record OrderWaiting(
    Guid OrderId, string? Number, Guid PatientId, PersonName Patient, Age Age, Gender Gender, string? Mrn, string Items, string Doctor, DateTimeOffset OrderedAt, bool Begun)
{
    public OrderUrgency Urgency { get; init; }

    public override string ToString() => $"{nameof(OrderWaiting)} {OrderId}";
}

/// <summary>An order with its fields.</summary>
public sealed record OrderToAnswer(
    Guid OrderId, string? Number, Guid PatientId, PersonName Patient, Age Age, Gender Gender, string? Mrn, DateTimeOffset OrderedAt, IReadOnlyList<ItemToAnswer> Items)
{
    public override string ToString() => $"{nameof(OrderToAnswer)} {OrderId}";
}

/// <summary>One ordered item: a test, or the tests of a panel.</summary>
public sealed record ItemToAnswer(Guid ItemId, string Name, IReadOnlyList<ValueToAnswer> Values);

/// <summary>One field.</summary>
/// <param name="Units">The first is the test's own; a value in another one is converted.</param>
/// <param name="Standing">What is there already; typing another value then corrects it.</param>
public sealed record ValueToAnswer(string Code, string CodeSystem, string Name, ResultValueType Type, IReadOnlyList<string> Units, string? Reference, StandingValue? Standing);

public sealed record StandingValue(string Value, ResultFlag Flag, ResultStatus Status)
{
    public override string ToString() => nameof(StandingValue);
}

/// <summary>What the paper says about a value, where it says something.</summary>
public enum PaperSays
{
    Nothing,
    Normal,
    Abnormal,
    Critical,
}

/// <summary>What was typed for one order.</summary>
public sealed record ResultDraft(Guid OrderId, DateTimeOffset TakenAt, IReadOnlyList<TypedResult> Values)
{
    public bool Preliminary { get; init; }

    public string? Comment { get; init; }

    public override string ToString() => $"{nameof(ResultDraft)} {OrderId}";
}

/// <summary>One value as it was typed.</summary>
public sealed record TypedResult(Guid ItemId, string Code, string CodeSystem, string Value)
{
    public string? Unit { get; init; }

    public PaperSays Says { get; init; }

    public override string ToString() => $"{nameof(TypedResult)} {Code}";
}

/// <summary>What is the matter with one field.</summary>
public sealed record ResultQuestion(Guid ItemId, string Code, string Words);

/// <summary>What was filed, or what is asked; then nothing was filed.</summary>
public sealed record EnteredResults(Guid? ReportId, IReadOnlyList<ResultQuestion> Questions)
{
    /// <summary>Critical values among them, to be said on the phone too.</summary>
    public IReadOnlyList<string> Critical { get; init; } = [];

    public override string ToString() => $"{nameof(EnteredResults)} {ReportId}";
}
