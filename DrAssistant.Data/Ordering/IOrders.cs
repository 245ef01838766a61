using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering;

/// <summary>
/// The door to orders: the basket of a visit, its signature, and what becomes of an order. A basket has one draft of each kind and is its doctor's alone;
/// whose care the patient is in decides whether an order is there at all. Every change is told to open pages as <c>order.changed</c>.
/// A change that was made on an older basket is refused by an <see cref="OrdersOvertaken"/>, which brings it as it is now.
/// </summary>
public interface IOrders
{
    /// <summary>The reader's basket in a visit, which may be empty, and what was ordered in it; the newest first, at most 50.</summary>
    Task<Result<VisitOrders>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>A patient's orders, open ones first, then the newest. Drafts are not among them.</summary>
    Task<Result<OrderList>> ListAsync(OrderListQuery query, CancellationToken cancellation);

    /// <summary>
    /// Puts something of the catalogue into the basket; into an older one too, for it takes nothing away. Refused where it is in it already, for an inactive
    /// patient, for another doctor's visit, and for one that was cancelled or ended more than three days ago.
    /// </summary>
    Task<Result<VisitOrders>> AddAsync(BasketAct act, string entryId, CancellationToken cancellation);

    /// <summary>Adds the members of an order set that are not there yet; what it only offers is added one by one.</summary>
    Task<Result<VisitOrders>> AddSetAsync(BasketAct act, string setId, CancellationToken cancellation);

    /// <summary>Instructions and side of one item.</summary>
    Task<Result<VisitOrders>> ChangeItemAsync(BasketAct act, OrderItemDraft item, CancellationToken cancellation);

    Task<Result<VisitOrders>> RemoveItemAsync(BasketAct act, Guid itemId, CancellationToken cancellation);

    /// <summary>Urgency, reason, notes and where it goes: of one kind, or of all in the basket.</summary>
    Task<Result<VisitOrders>> ReviseAsync(BasketAct act, OrderParticularsDraft particulars, CancellationToken cancellation);

    /// <summary>
    /// Signs everything in the basket together: numbers are given, and nothing changes it from then on. Refused while a side is open, a referral has no reason,
    /// something was withdrawn, or the basket is not the one that was read.
    /// </summary>
    Task<Result<VisitOrders>> SignAsync(BasketAct act, CancellationToken cancellation);

    /// <summary>Cancels what was signed and is not completed, for a reason of 3 to 255 characters. A colleague in the same care may.</summary>
    Task<Result<OrderView>> CancelAsync(Guid orderId, Guid patientId, string reason, CancellationToken cancellation);
}

/// <summary>An act on the basket as the page shows it.</summary>
/// <param name="PatientId">Whose chart the page shows: a mismatch is refused.</param>
/// <param name="Mark">Of <see cref="VisitOrders.Mark"/>.</param>
public sealed record BasketAct(Guid EncounterId, Guid PatientId, string Mark);

/// <summary>What is said about one item. The form edits this directly.</summary>
public sealed class OrderItemDraft
{
    public const int LongestInstructions = 500;

    public Guid Id { get; set; }

    public string? Instructions { get; set; }

    public BodySide? Side { get; set; }

    public override string ToString() => nameof(OrderItemDraft);
}

/// <summary>What is said about an order beside its items; what is null stays as it is, and an empty text takes it away.</summary>
public sealed class OrderParticularsDraft
{
    public const int LongestReason = 500;
    public const int LongestNotes = 1_000;
    public const int LongestReferredTo = 200;

    /// <summary>Null for the whole basket.</summary>
    public OrderType? Type { get; set; }

    public OrderUrgency? Urgency { get; set; }

    public string? Reason { get; set; }

    public string? Notes { get; set; }

    /// <summary>Of the directory; an empty id where the patient chooses.</summary>
    public Guid? ProviderId { get; set; }

    public string? ReferredTo { get; set; }

    public IReadOnlyList<LetterPart>? LetterParts { get; set; }

    public override string ToString() => nameof(OrderParticularsDraft);
}

/// <summary>Which orders of a patient.</summary>
/// <param name="Type">One kind, or all.</param>
/// <param name="Skip">How many are shown already; 0 to 2000.</param>
/// <param name="Take">1 to 50.</param>
public sealed record OrderListQuery(Guid PatientId, OrderType? Type = null, int Skip = 0, int Take = 20)
{
    public override string ToString() => $"{nameof(OrderListQuery)} {PatientId}";
}

/// <summary>Somebody, or the same person in another window, changed the basket meanwhile.</summary>
public sealed record OrdersOvertaken(string Message, VisitOrders Current) : Refusal(RefusalKind.Conflict, Message)
{
    public override string ToString() => nameof(OrdersOvertaken);
}
