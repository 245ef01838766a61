using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering;

/// <summary>One thing that was asked for.</summary>
internal sealed class OrderItem
{
    private DateTimeOffset? _completedAt;

    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Counted from 0.</summary>
    public short Position { get; set; }

    /// <summary>Of the catalogue; null for what was imported.</summary>
    public string? CatalogueId { get; init; }

    public required string ItemCode { get; init; }

    public required string ItemName { get; init; }

    public string? CodeSystem { get; init; }

    public string? Instructions { get; set; }

    public BodySide? Side { get; set; }

    public DateTimeOffset? CompletedAt { get => _completedAt; init => _completedAt = value; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>All that was asked for here is there.</summary>
    public Refusal? Complete(DateTimeOffset now)
    {
        if (CompletedAt is not null)
        {
            return Refusal.Conflict("This was completed already.");
        }

        _completedAt = now;
        return null;
    }
}
