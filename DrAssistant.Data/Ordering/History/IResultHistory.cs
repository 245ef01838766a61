using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;

namespace DrAssistant.Data.Ordering.History;

/// <summary>The door to a patient's results over time: all tests beside one another, one test as a line, and one value with everything about it.</summary>
public interface IResultHistory
{
    /// <summary>Every test with its values, at most the latest 3,000 values; <see cref="ResultFlowsheet.More"/> says that there are older ones.</summary>
    Task<Result<ResultFlowsheet>> FlowsheetAsync(Guid patientId, CancellationToken cancellation);

    /// <summary>One test over time, oldest value first; null where the patient has no number of it.</summary>
    Task<Result<TestSeries?>> TrendAsync(Guid patientId, TestCode test, CancellationToken cancellation);

    /// <summary>One value with who reviewed it, what it corrects and what the laboratory wrote.</summary>
    Task<Result<ResultDetail>> DetailAsync(Guid resultId, CancellationToken cancellation);
}

/// <summary>Which test: a code means something in its system only.</summary>
public sealed record TestCode(string System, string Code);

/// <summary>All tests of a patient.</summary>
/// <param name="Groups">By kind of test, in the order in which a doctor looks.</param>
/// <param name="Days">Every day on which something was taken, the newest first.</param>
/// <param name="OpenOrders">Ordered and not back yet.</param>
/// <param name="More">There are older values than these.</param>
public sealed record ResultFlowsheet(Guid PatientId, IReadOnlyList<FlowsheetGroup> Groups, IReadOnlyList<DateOnly> Days, int OpenOrders, bool More)
{
    public override string ToString() => $"{nameof(ResultFlowsheet)} {PatientId}";
}

/// <summary>Tests of one kind, such as those of the blood.</summary>
public sealed record FlowsheetGroup(string Name, IReadOnlyList<TestSeries> Tests);

/// <summary>One test over time.</summary>
/// <param name="Unit">The latest value's, in words; values in another one have their own.</param>
/// <param name="Reference">Of the latest value in <paramref name="Unit"/> that has one.</param>
/// <param name="Values">Oldest first.</param>
public sealed record TestSeries(TestCode Test, string Name, string? Unit, ResultReference? Reference, IReadOnlyList<ResultPoint> Values)
{
    /// <summary>Those that can be drawn as one line: numbers in the same unit.</summary>
    public IEnumerable<ResultPoint> Line => Values.Where(v => v.Number is not null && v.Unit == Unit);

    public override string ToString() => $"{nameof(TestSeries)} {Test.Code}";
}

/// <summary>What is usual, and from where on it is critical, these included. A laboratory may say it in words only.</summary>
public sealed record ResultReference(decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh, string? Words)
{
    /// <summary>"3.5 to 5.1", "under 100", "over 60"; null where there is none.</summary>
    public string? Range => (Low, High) switch
    {
        ({ } low, { } high) => $"{ClinicFormat.Number(low)} to {ClinicFormat.Number(high)}",
        (null, { } high) => $"under {ClinicFormat.Number(high)}",
        ({ } low, null) => $"over {ClinicFormat.Number(low)}",
        _ => Words,
    };
}

/// <summary>A value as a list or a line shows it.</summary>
/// <param name="Value">As it is read: <c>6.8</c>, <c>&lt;0.01</c>, <c>positive</c>.</param>
/// <param name="Number">Null where it is none, and where it is only known to lie beyond one.</param>
public sealed record ResultPoint(Guid Id, DateTimeOffset At, DateOnly Day, string Value, decimal? Number, string? Unit, ResultFlag Flag, ResultStatus Status)
{
    /// <summary>Whether it took the place of another one.</summary>
    public bool Corrected { get; init; }

    /// <summary>The order that it answers.</summary>
    public Guid? OrderId { get; init; }

    public override string ToString() => $"{nameof(ResultPoint)} {Id}";
}

/// <summary>A value with everything about it.</summary>
/// <param name="Before">What it took the place of, the latest first.</param>
public sealed record ResultDetail(
    ResultPoint Point, Guid PatientId, Guid OrderId, Guid EncounterId, TestCode Test, string Name, string? Ordered, ResultReference? Reference, DateTimeOffset IssuedAt,
    IReadOnlyList<EarlierValue> Before)
{
    public string? LaboratoryFlag { get; init; }

    public string? Laboratory { get; init; }

    public string? Comment { get; init; }

    public ResultReview? Review { get; init; }

    public override string ToString() => $"{nameof(ResultDetail)} {Point.Id}";
}

/// <summary>A value that was corrected.</summary>
public sealed record EarlierValue(Guid Id, string Value, string? Unit, DateTimeOffset IssuedAt);

/// <summary>Which doctor looked at it, when, and what they wrote.</summary>
public sealed record ResultReview(string By, DateTimeOffset At, string? Comment);
