using System.Text.Json.Serialization;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>A value against an ordered item (table <c>results</c>). A correction is a new row; the old one stays.</summary>
internal sealed class OrderResult
{
    public required Guid Id { get; init; }

    public required Guid OrderItemId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Values that came together; none where they were taken over from elsewhere.</summary>
    public Guid? ReportId { get; init; }

    public short Position { get; init; }

    public required string Code { get; init; }

    public required string CodeSystem { get; init; }

    public required string Name { get; init; }

    public decimal? ValueNumber { get; init; }

    /// <summary>One of <c>&lt; &lt;= &gt; &gt;=</c>.</summary>
    public string? Comparator { get; init; }

    public string? ValueText { get; init; }

    public string? ValueCode { get; init; }

    public string? ValueCodeSystem { get; init; }

    /// <summary>UCUM.</summary>
    public string? Unit { get; init; }

    /// <summary>As it came, where that was in another unit.</summary>
    public string? Reported { get; init; }

    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    public string? ReferenceText { get; init; }

    public ResultFlag Flag { get; init; } = ResultFlag.Unknown;

    public string? LaboratoryFlag { get; init; }

    public ResultStatus Status { get; init; } = ResultStatus.Final;

    public required DateTimeOffset EffectiveAt { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? Comment { get; init; }

    public ResultSource Source { get; init; }

    public Guid? EnteredBy { get; init; }

    public Guid? ProviderId { get; init; }

    public Guid? DocumentId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? ReviewedBy { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public string? ReviewComment { get; set; }

    public Guid? SupersededBy { get; set; }

    public Guid? AcknowledgedBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public DateTimeOffset? EscalatedAt { get; private set; }

    [JsonIgnore] // no column: rows are written in bulk by their properties
    public bool IsCritical => Flag is ResultFlag.CriticalLow or ResultFlag.CriticalHigh;

    [JsonIgnore]
    public bool IsAbnormal => IsCritical || Flag is ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal;

    /// <summary>A critical value is known to somebody who acts; it is not reviewed by that.</summary>
    public void Acknowledge(Guid doctor, DateTimeOffset now)
    {
        if (IsCritical && AcknowledgedAt is null)
        {
            (AcknowledgedBy, AcknowledgedAt) = (doctor, now);
        }
    }

    /// <summary>Seen by a doctor, with what they wrote to the file.</summary>
    public void Review(Guid doctor, DateTimeOffset now, string? comment) => (ReviewedBy, ReviewedAt, ReviewComment) = (doctor, now, comment);

    /// <summary>A slip of the key is taken back.</summary>
    public void TakeReviewBack() => (ReviewedBy, ReviewedAt, ReviewComment) = (null, null, null);

    /// <summary>Nobody answered: the doctors on duty are told too, once.</summary>
    public void Escalate(DateTimeOffset now) => EscalatedAt ??= now;

    /// <summary>A newer value takes its place; it stays to be read.</summary>
    public void GiveWayTo(Guid newer) => SupersededBy = newer;
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

/// <summary>How a result came here.</summary>
public enum ResultSource
{
    Imported,
    Entered,
    Hl7,
    Fhir,
}
