using DrAssistant.Data.Ordering.Catalogue;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>An order goes along with its results: begun with the first, done with the last.</summary>
internal static class OrderProgress
{
    /// <summary>Moves the items that are answered and with them the order.</summary>
    public static void Move(
        Order order, IReadOnlyCollection<Guid> finished, IReadOnlyList<OrderResult> standing, OrderCatalogue catalogue, DateTimeOffset now)
    {
        if (order.Status is not (OrderStatus.Ordered or OrderStatus.InProgress))
        {
            return; // a correction comes to an order that was complete
        }

        foreach (var item in order.Items.Where(i => i.CompletedAt is null && (finished.Contains(i.Id) || IsAnswered(i, standing, catalogue))))
        {
            item.Complete(now);
        }

        _ = order.Items.TrueForAll(i => i.CompletedAt is not null) ? order.Complete(now) : order.Begin();
    }

    /// <summary>A single test by its value; a panel when each of its tests has one.</summary>
    private static bool IsAnswered(OrderItem item, IReadOnlyList<OrderResult> standing, OrderCatalogue catalogue)
    {
        var values = standing.Where(r => r.OrderItemId == item.Id && r.Status is not ResultStatus.Preliminary).ToList();
        return catalogue.TestOf(item) is { IsPanel: true } panel
            ? catalogue.TestsOf(panel).All(test => values.Exists(v => catalogue.TestOf(v.CodeSystem, v.Code) == test))
            : values.Count > 0;
    }
}
