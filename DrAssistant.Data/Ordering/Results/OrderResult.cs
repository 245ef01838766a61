namespace DrAssistant.Data.Ordering.Results;

/// <summary>A value against an ordered item (table <c>results</c>). A correction is a new row; the old one stays.</summary>
internal sealed class OrderResult
{
    public required Guid Id { get; init; }

    public required Guid OrderItemId { get; init; }

    public required Guid PatientId { get; init; }

    public required string Code { get; init; }

    public required string CodeSystem { get; init; }

    public required string Name { get; init; }

    public decimal? ValueNumber { get; init; }

    public string? ValueText { get; init; }

    /// <summary>UCUM.</summary>
    public string? Unit { get; init; }

    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    public ResultFlag Flag { get; init; } = ResultFlag.Unknown;

    public ResultStatus Status { get; init; } = ResultStatus.Final;

    public required DateTimeOffset EffectiveAt { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public Guid? ReviewedBy { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public string? ReviewComment { get; set; }

    public Guid? SupersededBy { get; set; }
}

/// <summary>Where a value lies against its reference range; unknown where there is no range, never a guess.</summary>
public enum ResultFlag
{
    Normal,
    Low,
    High,
    CriticalLow,
    CriticalHigh,
    Abnormal,
    Unknown,
}

public enum ResultStatus
{
    Preliminary,
    Final,
    Corrected,
    Cancelled,
}
