namespace DrAssistant.Data.Ordering;

/// <summary>The orders of a visit as a page shows them.</summary>
/// <param name="Mark">Another one after every change of the basket.</param>
/// <param name="MayWrite">The reader's own visit, which can still be ordered in.</param>
/// <param name="Basket">Drafts with something in them, in the order of kinds.</param>
/// <param name="Signed">What was ordered, the newest first.</param>
public sealed record VisitOrders(
    Guid EncounterId, Guid PatientId, string Mark, bool MayWrite, IReadOnlyList<OrderView> Basket, IReadOnlyList<OrderView> Signed)
{
    public override string ToString() => $"{nameof(VisitOrders)} {EncounterId}";
}

/// <summary>One order: everything of one kind that was signed together.</summary>
/// <param name="IsMine">Whether the reader ordered it.</param>
public sealed record OrderView(
    Guid Id, Guid EncounterId, Guid PatientId, Guid DoctorId, string DoctorName, OrderType Type, OrderStatus Status, OrderUrgency Urgency, bool IsMine,
    DateTimeOffset At, IReadOnlyList<OrderItemView> Items)
{
    /// <summary>Such as OR-26-000018; null for a draft and for what was imported.</summary>
    public string? Number { get; init; }

    public Guid? RequisitionId { get; init; }

    public string? Reason { get; init; }

    public string? Notes { get; init; }

    public Guid? ProviderId { get; init; }

    public string? Provider { get; init; }

    public string? ReferredTo { get; init; }

    public IReadOnlyList<LetterPart> LetterParts { get; init; } = [];

    public DateTimeOffset? CompletedAt { get; init; }

    public OrderStep? Cancelled { get; init; }

    public string? CancelReason { get; init; }

    public override string ToString() => $"{nameof(OrderView)} {Id}";
}

/// <summary>One thing of an order.</summary>
/// <param name="EntryId">Of the catalogue; null for what was imported.</param>
/// <param name="Missing">What has to be said before it is signed, by the names of <see cref="OrderItemDraft"/>'s fields.</param>
public sealed record OrderItemView(Guid Id, int Position, string? EntryId, string Name, IReadOnlyList<string> Missing)
{
    public string? Instructions { get; init; }

    public BodySide? Side { get; init; }

    public bool Sided { get; init; }

    public string? Specimen { get; init; }

    public string? Preparation { get; init; }

    /// <summary>The tests of a panel, by name.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>The same was ordered or measured lately; only in a draft.</summary>
    public OrderedBefore? Before { get; init; }

    public int Results { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public override string ToString() => $"{nameof(OrderItemView)} {Id}";
}

/// <summary>Why an item may be one too many. A warning, never more.</summary>
/// <param name="Name">What it was, such as the panel that the test is part of.</param>
/// <param name="How">In the same basket, ordered and still open, or measured.</param>
/// <param name="At">When it was ordered or measured.</param>
/// <param name="By">Who ordered it.</param>
public sealed record OrderedBefore(string Name, OrderedHow How, DateTimeOffset At, string? By)
{
    public override string ToString() => nameof(OrderedBefore);
}

public enum OrderedHow
{
    InTheBasket,
    Open,
    Done,
}

public sealed record OrderStep(DateTimeOffset At, string? By);

/// <summary>A part of a patient's orders.</summary>
/// <param name="Open">How many are open, of all kinds.</param>
/// <param name="More">There are more behind these.</param>
public sealed record OrderList(Guid PatientId, IReadOnlyList<OrderView> Orders, int Open, bool More)
{
    public override string ToString() => $"{nameof(OrderList)} {PatientId}";
}
