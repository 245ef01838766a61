namespace DrAssistant.Data.Ordering;

/// <summary>Tests, imaging, procedures or a referral asked for in one visit.</summary>
internal sealed class Order
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required OrderType OrderType { get; init; }

    public OrderStatus Status { get; init; } = OrderStatus.Ordered;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? OrderedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Guid? ProviderId { get; init; }

    public string? Notes { get; init; }

    public OrderUrgency Urgency { get; init; } = OrderUrgency.Routine;

    public List<OrderItem> Items { get; init; } = [];
}

internal sealed class OrderItem
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required Guid PatientId { get; init; }

    public required string ItemCode { get; init; }

    public required string ItemName { get; init; }

    public string? CodeSystem { get; init; }

    public string? Instructions { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }
}

public enum OrderType
{
    Lab,
    Imaging,
    Procedure,
    Referral,
}

public enum OrderStatus
{
    Draft,
    Ordered,
    InProgress,
    Completed,
    Cancelled,
}

public enum OrderUrgency
{
    Routine,
    Urgent,
    Stat,
}
