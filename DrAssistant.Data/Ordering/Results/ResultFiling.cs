using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>
/// Files the values of one report against the items of one order: with flags, in place of what they correct, moving the order along, with the
/// alert that they deserve. For a person who types them in as for a laboratory's message. It saves within the caller's transaction, and a
/// refusal has changed nothing.
/// </summary>
internal sealed class ResultFiling(
    ResultJudging judging, OrderCatalogueStore tests, ResultAlerts alerts, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    public async Task<Result<FiledReport>> FileAsync(
        ClinicDb db, Guid orderId, ReportOrigin origin, IReadOnlyList<ItemValue> values, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A report is filed within a transaction.");
        }

        // One report after another: two that answer the same item would both find it open.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({orderId.ToString()}, 32))", cancellation);
        var order = await db.Orders.Include(o => o.Items).SingleOrDefaultAsync(o => o.Id == orderId, cancellation);
        if (order is null)
        {
            return Refusal.NotFound("Order");
        }

        if (await RefuseAsync(db, order, origin, values, cancellation) is { } refusal)
        {
            return refusal;
        }

        var person = await db.Patients.Where(p => p.Id == order.PatientId).Select(p => new ResultPerson(p.DateOfBirth, p.Gender)).SingleAsync(cancellation);
        var items = values.Select(v => v.OrderItemId).Distinct().ToList();
        var standing = await db.Results.Where(r => items.Contains(r.OrderItemId) && r.SupersededBy == null).ToListAsync(cancellation);
        var filing = new Filing(order, origin, await tests.CurrentAsync(cancellation), clock.Now);
        foreach (var value in values)
        {
            if (Place(filing, value, person, standing) is { } cannot)
            {
                return cannot;
            }
        }

        return await SaveAsync(db, filing, standing, cancellation);
    }

    private static async Task<Refusal?> RefuseAsync(
        ClinicDb db, Order order, ReportOrigin origin, IReadOnlyList<ItemValue> values, CancellationToken cancellation)
    {
        if (order.PatientId != origin.PatientId
            && !await db.PatientNames.AnyAsync(n => n.PatientId == origin.PatientId && n.SurvivorId == order.PatientId, cancellation))
        {
            return Refusal.Conflict("The result is another patient's than the order.");
        }

        if (order.Status is OrderStatus.Cancelled or OrderStatus.Draft)
        {
            return Refusal.Conflict(order.Status is OrderStatus.Draft ? "The order is not signed yet." : "The order was cancelled.");
        }

        if (values.Count == 0)
        {
            return Refusal.Invalid("Enter at least one value.", nameof(values));
        }

        return values.Any(v => order.Items.TrueForAll(i => i.Id != v.OrderItemId)) ? Refusal.NotFound("Ordered test") : null;
    }

    private Refusal? Place(Filing filing, ItemValue item, ResultPerson person, List<OrderResult> standing)
    {
        var (value, itemId) = (item.Value, item.OrderItemId);
        if (filing.Rows.Exists(r => r.OrderItemId == itemId && r.Code == value.Code && r.CodeSystem == value.CodeSystem))
        {
            return Refusal.Invalid($"{value.Name} stands here twice.", value.Code);
        }

        var earlier = standing.Find(r => r.OrderItemId == itemId && r.Code == value.Code && r.CodeSystem == value.CodeSystem);
        if (earlier is not null && earlier.Status is not ResultStatus.Preliminary && value.Status is ResultStatus.Preliminary or ResultStatus.Final)
        {
            return Refusal.Conflict($"{value.Name} has its result already. Enter a correction if it was wrong.");
        }

        var judged = judging.Judge(value, person, filing.Catalogue);
        if (!judged.Succeeded)
        {
            return judged.Refusal;
        }

        var row = Row(filing, item, judged.Value);
        filing.Rows.Add(row);
        if (earlier is not null)
        {
            filing.Replaced.Add(row, earlier);
        }

        return null;
    }

    private static OrderResult Row(Filing filing, ItemValue item, JudgedValue judged)
    {
        var (value, origin) = (item.Value, filing.Origin);
        var printed = value.ReferenceLow is not null || value.ReferenceHigh is not null || value.ReferenceText is not null;
        return new OrderResult
        {
            Id = Guid.CreateVersion7(),
            OrderItemId = item.OrderItemId,
            PatientId = filing.Order.PatientId,
            ReportId = filing.ReportId,
            Position = (short)filing.Rows.Count,
            Code = value.Code,
            CodeSystem = value.CodeSystem,
            Name = Cut(value.Name, 255)!,
            ValueNumber = judged.Number,
            Comparator = judged.Number is null ? null : value.Comparator,
            ValueText = value.Text,
            ValueCode = value.ValueCode,
            ValueCodeSystem = value.ValueCodeSystem,
            Unit = judged.Unit,
            Reported = Cut(judged.Reported, 80),
            ReferenceLow = judged.Low,
            ReferenceHigh = judged.High,
            ReferenceText = printed ? Cut(value.ReferenceText, 255) : null,
            Flag = value.Status is ResultStatus.Cancelled ? ResultFlag.Unknown : judged.Flag,
            LaboratoryFlag = Cut(value.LaboratoryFlag, 20),
            Status = value.Status,
            EffectiveAt = value.EffectiveAt.ToUniversalTime(),
            IssuedAt = (value.IssuedAt ?? filing.Now).ToUniversalTime(),
            CreatedAt = filing.Now,
            Comment = value.Comment,
            Source = origin.Source,
            EnteredBy = origin.EnteredBy,
            ProviderId = origin.ProviderId ?? filing.Order.ProviderId,
            DocumentId = origin.DocumentId,
            MessageId = origin.MessageId,
        };
    }

    private async Task<Result<FiledReport>> SaveAsync(ClinicDb db, Filing filing, List<OrderResult> standing, CancellationToken cancellation)
    {
        db.Results.AddRange(filing.Rows);
        foreach (var (row, earlier) in filing.Replaced)
        {
            earlier.GiveWayTo(row.Id);
        }

        var order = filing.Order;
        await alerts.RaiseAsync(db, order.DoctorId, filing.ReportId, filing.Rows, filing.Replaced, cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Create, filing.Replaced.Count > 0 ? "result.correct" : "result.file")
        {
            PatientId = order.PatientId,
            ResourceType = "order",
            ResourceId = order.Id,
            Changes =
            [
                .. filing.Rows.Select(r => new FieldChange(
                    r.Name, filing.Replaced.GetValueOrDefault(r) is { } was ? ResultText.Value(was) : null, ResultText.Value(r)))
                    .DistinctBy(c => c.Field),
            ],
        });
        outbox.Add(db, "result.changed", filing.ReportId, order.PatientId);
        OrderProgress.Move(order, filing.Origin.Finished, [.. standing.Where(r => r.SupersededBy is null), .. filing.Rows], filing.Catalogue, filing.Now);
        await db.SaveChangesAsync(cancellation);
        return new FiledReport(filing.ReportId, order.Id, order.Status, filing.Rows);
    }

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];

    /// <summary>One report on its way.</summary>
    private sealed record Filing(Order Order, ReportOrigin Origin, OrderCatalogue Catalogue, DateTimeOffset Now)
    {
        public Guid ReportId { get; } = Guid.CreateVersion7();

        public List<OrderResult> Rows { get; } = [];

        /// <summary>What a row takes the place of.</summary>
        public Dictionary<OrderResult, OrderResult> Replaced { get; } = [];
    }
}
