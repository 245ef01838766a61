using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering;

/// <summary>Tests, imaging, procedures or a referral asked for in one visit: draft, ordered, in progress, completed; or cancelled, from any but completed.</summary>
internal sealed class Order
{
    private OrderStatus _status = OrderStatus.Ordered;
    private DateTimeOffset? _orderedAt;
    private DateTimeOffset? _completedAt;

    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    public required Guid DoctorId { get; init; }

    public required OrderType OrderType { get; init; }

    public OrderStatus Status { get => _status; init => _status = value; }

    /// <summary>Goes with every change of the draft.</summary>
    public int Version { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? OrderedAt { get => _orderedAt; init => _orderedAt = value; }

    public DateTimeOffset? CompletedAt { get => _completedAt; init => _completedAt = value; }

    public Guid? ProviderId { get; set; }

    public string? Notes { get; set; }

    public OrderUrgency Urgency { get; set; } = OrderUrgency.Routine;

    /// <summary>Orders that were signed together.</summary>
    public Guid? RequisitionId { get; private set; }

    /// <summary>Such as OR-26-000018, what a laboratory sends back; the database gives it with the signature.</summary>
    public string? Number { get; private set; }

    /// <summary>Why it is asked for, as the laboratory reads it.</summary>
    public string? Reason { get; set; }

    /// <summary>Whom a referral goes to, where it is a person or a place.</summary>
    public string? ReferredTo { get; set; }

    /// <summary>Which parts of the chart go with a referral: words of <see cref="LetterPart"/>.</summary>
    public string[]? LetterParts { get; set; }

    public string? SignerName { get; private set; }

    public string? SignerQualification { get; private set; }

    public string? SignerRegistrationNumber { get; private set; }

    public string? SignerRegistrationCouncil { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public Guid? CancelledBy { get; private set; }

    public string? CancelReason { get; private set; }

    public List<OrderItem> Items { get; init; } = [];

    /// <summary>The draft is another one from now on.</summary>
    public void Touch() => Version++;

    /// <summary>What was ordered stays; from here on it is only moved along.</summary>
    public Refusal? Sign(OrderSigner signer, Guid requisition)
    {
        if (Status is not OrderStatus.Draft)
        {
            return Already();
        }

        if (Items.Count == 0)
        {
            return Refusal.Invalid("There is nothing in this order yet. Add something first.");
        }

        (SignerName, SignerQualification, SignerRegistrationNumber, SignerRegistrationCouncil)
            = (signer.Name, signer.Qualification, signer.RegistrationNumber, signer.RegistrationCouncil);
        (_status, _orderedAt, RequisitionId) = (OrderStatus.Ordered, signer.At, requisition);
        Version++;
        return null;
    }

    /// <summary>A first result came, or it was begun.</summary>
    public Refusal? Begin()
    {
        if (Status is OrderStatus.InProgress)
        {
            return null;
        }

        if (Status is not OrderStatus.Ordered)
        {
            return Status is OrderStatus.Draft ? NotSigned() : Already();
        }

        (_status, Version) = (OrderStatus.InProgress, Version + 1);
        return null;
    }

    /// <summary>Everything that was asked for is there.</summary>
    public Refusal? Complete(DateTimeOffset now)
    {
        if (Status is not (OrderStatus.Ordered or OrderStatus.InProgress))
        {
            return Status is OrderStatus.Draft ? NotSigned() : Already();
        }

        (_status, _completedAt, Version) = (OrderStatus.Completed, now, Version + 1);
        return null;
    }

    public Refusal? Cancel(Guid by, DateTimeOffset now, string reason)
    {
        if (Status is OrderStatus.Completed or OrderStatus.Cancelled)
        {
            return Status is OrderStatus.Cancelled ? Already() : Refusal.Conflict("Everything that was ordered is done already. There is nothing to cancel.");
        }

        (_status, CancelledAt, CancelledBy, CancelReason, Version) = (OrderStatus.Cancelled, now, by, reason, Version + 1);
        return null;
    }

    public Refusal Already() => Refusal.Conflict($"This order is {EnumText.Of(Status).Replace('_', ' ')} already.");

    private static Refusal NotSigned() => Refusal.Conflict("This order is not signed yet. Sign it first.");
}

/// <summary>Who signed and when, as it stands on the paper ever after.</summary>
internal sealed record OrderSigner(string Name, string? Qualification, string? RegistrationNumber, string? RegistrationCouncil, DateTimeOffset At);

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

/// <summary>Which side of the body.</summary>
public enum BodySide
{
    Left,
    Right,
    Both,
}

/// <summary>A part of the chart that goes with a referral.</summary>
public enum LetterPart
{
    Problems,
    Medicines,
    Allergies,
    Vitals,
    Results,
    Note,
}
