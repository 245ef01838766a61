using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>A doctor's drafts of a visit in the middle of a change, with what was changed of each for the audit trail.</summary>
internal sealed class BasketAtWork(ClinicDb db, Encounter visit, List<Order> drafts, OrderCatalogue catalogue, DateTimeOffset now)
{
    private readonly Dictionary<Order, List<FieldChange>> _changes = [];

    public IReadOnlyList<Order> Drafts => drafts;

    public OrderCatalogue Catalogue => catalogue;

    public DateTimeOffset Now => now;

    public IReadOnlyDictionary<Order, List<FieldChange>> Changes => _changes;

    /// <summary>Says which drafts these are and how often each was changed.</summary>
    public static string MarkOf(IEnumerable<Order> drafts)
        => string.Join(';', drafts.OrderBy(o => o.Id).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Id:N}.{o.Version}")));

    public OrderItem? Find(Guid itemId) => drafts.SelectMany(o => o.Items).FirstOrDefault(i => i.Id == itemId);

    public Order OrderOf(OrderItem item) => drafts.Single(o => o.Id == item.OrderId);

    public bool Holds(CatalogueEntry entry) => drafts.Exists(o => o.Items.Exists(i => i.CatalogueId == entry.Id));

    public Refusal? Add(CatalogueEntry entry)
    {
        if (drafts.Sum(o => o.Items.Count) >= OrderRefusals.MostItems)
        {
            return OrderRefusals.TooMany;
        }

        var order = OrderFor(entry.Type);
        var item = new OrderItem
        {
            Id = Guid.CreateVersion7(),
            OrderId = order.Id,
            PatientId = order.PatientId,
            Position = (short)(order.Items.Count == 0 ? 0 : order.Items.Max(i => i.Position) + 1),
            CatalogueId = entry.Id,
            ItemCode = entry.Code ?? CodeOf(entry),
            CodeSystem = entry.Code is null ? CodeSystems.Catalogue : entry.CodeSystem,
            ItemName = entry.Name,
            CreatedAt = now,
        };
        db.OrderItems.Add(item); // with an id of its own: found in the list alone, it would be taken for one that is there
        if (!order.Items.Contains(item))
        {
            order.Items.Add(item);
        }

        Note(order, $"item.{item.Id:N}", null, entry.Name);
        return null;
    }

    public void Remove(OrderItem item)
    {
        var order = OrderOf(item);
        Note(order, $"item.{item.Id:N}", item.ItemName, null);
        db.OrderItems.Remove(item);
        order.Items.Remove(item);
    }

    public void Note(Order order, string field, string? before, string? after)
    {
        if (before != after)
        {
            (_changes.TryGetValue(order, out var noted) ? noted : _changes[order] = []).Add(new FieldChange(field, before, after));
        }
    }

    private static string CodeOf(CatalogueEntry entry) => entry.Id.Length <= OrderConfiguration.LongestCode ? entry.Id : entry.Id[..OrderConfiguration.LongestCode];

    /// <summary>The draft of a kind, begun with the first of it. What is said of the basket holds for it too; at first, what the patient comes for.</summary>
    private Order OrderFor(OrderType type)
    {
        if (drafts.Find(o => o.OrderType == type) is { } there)
        {
            return there;
        }

        var like = drafts.Find(o => o.Items.Count > 0);
        var made = new Order
        {
            Id = Guid.CreateVersion7(),
            EncounterId = visit.Id,
            PatientId = visit.PatientId,
            DoctorId = visit.DoctorId,
            OrderType = type,
            Status = OrderStatus.Draft,
            Urgency = like?.Urgency ?? OrderUrgency.Routine,
            Reason = like is null ? Complaint() : like.Reason,
            LetterParts = type is OrderType.Referral ? [.. Enum.GetValues<LetterPart>().Select(EnumText.Of)] : null,
            CreatedAt = now,
        };
        db.Orders.Add(made);
        drafts.Add(made);
        Note(made, "order_type", null, EnumText.Of(type));
        return made;
    }

    private string? Complaint() => PlainText.Of(visit.ChiefComplaint, OrderParticularsDraft.LongestReason) is { Length: > 0 } words ? words : null;
}
