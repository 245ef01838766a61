using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Reference;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Basket;

/// <summary>
/// Finds what was asked for or measured lately, or stands in the same basket: the same test, a panel that contains it, or a panel all of whose tests are there.
/// A single test never makes a whole panel one too many.
/// </summary>
internal static class OrderDuplicates
{
    /// <summary>How long a finding counts as the last one.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>An order that nobody answered for so long is not on its way any more.</summary>
    private static readonly TimeSpan StillOpen = TimeSpan.FromDays(180);

    private const int Most = 500;

    /// <summary>By the id of the item.</summary>
    public static async Task<Dictionary<Guid, OrderedBefore>> OfAsync(
        ClinicDb db, Guid patient, IReadOnlyList<Order> basket, OrderCatalogue known, DateTimeOffset now, CancellationToken cancellation)
    {
        List<Earlier> earlier = [.. await OrderedAsync(db, patient, known, now, cancellation), .. await MeasuredAsync(db, patient, known, now, cancellation)];
        var items = basket.SelectMany(o => o.Items.OrderBy(i => i.Position).ThenBy(i => i.Id)).ToList();
        var asked = items.ConvertAll(i => TestsOf(i, known));
        var found = new Dictionary<Guid, OrderedBefore>();
        for (var n = 0; n < items.Count; n++)
        {
            var tests = asked[n];
            var beside = Enumerable.Range(0, items.Count).FirstOrDefault(m => m != n && tests.IsSubsetOf(asked[m]) && (asked[m].Count > tests.Count || m < n), -1);
            if (beside >= 0)
            {
                found[items[n].Id] = new OrderedBefore(items[beside].ItemName, OrderedHow.InTheBasket, now, null);
            }
            else if (earlier.Where(e => tests.IsSubsetOf(e.Tests)).MaxBy(e => e.Is.At) is { } last)
            {
                found[items[n].Id] = last.Is;
            }
        }

        return found;
    }

    private static async Task<IEnumerable<Earlier>> OrderedAsync(ClinicDb db, Guid patient, OrderCatalogue known, DateTimeOffset now, CancellationToken cancellation)
    {
        var (since, open) = (now - Lately, now - StillOpen);
        var rows = await (
            from item in db.OrderItems.AsNoTracking()
            join order in db.Orders.AsNoTracking() on item.OrderId equals order.Id
            where order.PatientId == patient
                && (((order.Status == OrderStatus.Ordered || order.Status == OrderStatus.InProgress) && (order.OrderedAt ?? order.CreatedAt) >= open)
                    || (order.Status == OrderStatus.Completed && (order.CompletedAt ?? order.OrderedAt ?? order.CreatedAt) >= since))
            orderby order.OrderedAt ?? order.CreatedAt descending, item.Id
            select new { Item = item, order.Status, At = order.OrderedAt ?? order.CreatedAt, order.SignerName, order.DoctorId }).Take(Most).ToListAsync(cancellation);
        Guid[] doctors = [.. rows.Select(r => r.DoctorId).Distinct()];
        var names = await db.Users.AsNoTracking().Where(u => doctors.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.FullName, cancellation);
        return rows.Select(r => new Earlier(TestsOf(r.Item, known), new OrderedBefore(
            r.Item.ItemName, r.Status is OrderStatus.Completed ? OrderedHow.Done : OrderedHow.Open, r.At, r.SignerName ?? names.GetValueOrDefault(r.DoctorId))));
    }

    /// <summary>Values that came with another order than the test's own: of a panel that the catalogue does not know, or from elsewhere.</summary>
    private static async Task<IEnumerable<Earlier>> MeasuredAsync(ClinicDb db, Guid patient, OrderCatalogue known, DateTimeOffset now, CancellationToken cancellation)
    {
        var since = now - Lately;
        var rows = await db.Results.AsNoTracking()
            .Where(r => r.PatientId == patient && r.EffectiveAt >= since && r.SupersededBy == null && r.Status != ResultStatus.Cancelled)
            .OrderByDescending(r => r.EffectiveAt).ThenBy(r => r.Id).Take(Most).Select(r => new { r.Code, r.CodeSystem, r.Name, r.EffectiveAt }).ToListAsync(cancellation);
        return rows.Select(r => new Earlier(
            [EntryOf(r.CodeSystem, r.Code, known)?.Id ?? r.Code], new OrderedBefore(r.Name, OrderedHow.Done, r.EffectiveAt, null)));
    }

    private static HashSet<string> TestsOf(OrderItem item, OrderCatalogue known)
        => (known.Get(item.CatalogueId) ?? EntryOf(item.CodeSystem, item.ItemCode, known)) is { } entry
            ? [.. known.TestsOf(entry).Select(t => t.Id)]
            : [item.ItemCode];

    private static CatalogueEntry? EntryOf(string? system, string code, OrderCatalogue known)
        => system == CodeSystems.Catalogue ? known.Get(code) : known.ByCode(system, code);

    private sealed record Earlier(HashSet<string> Tests, OrderedBefore Is);
}
