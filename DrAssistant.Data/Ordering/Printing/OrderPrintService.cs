using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Printing;

internal sealed class OrderPrintService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, OrderSheetWriter writer, PrintFonts fonts, PrescriptionPdf pdf, AuditTrail audit, ClinicClock clock) : IOrderPrints
{
    public async Task<Result<OrderPrint>> PdfAsync(Guid orderId, PaperSize size, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadOrders))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.Orders.AsNoTracking().Include(o => o.Items).SingleOrDefaultAsync(o => o.Id == orderId && o.Status != OrderStatus.Draft, cancellation) is not { } order)
        {
            return OrderRefusals.NotFound;
        }

        if (order.SignerName is null)
        {
            return Refusal.Conflict("This order was signed elsewhere and taken over: there is no paper of it here.");
        }

        if (!fonts.CanPrint)
        {
            return Refusal.Unavailable("There is no font to print with on the server. Tell an administrator: the package fonts-noto-core is missing.");
        }

        var isLetter = order.OrderType is OrderType.Referral;
        var sheet = isLetter ? await writer.LetterAsync(db, order, cancellation) : await writer.SheetAsync(db, await TogetherAsync(db, order, cancellation), cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, isLetter ? "order.print-letter" : "order.print")
        {
            PatientId = order.PatientId,
            ResourceType = "order",
            ResourceId = order.Id,
            Changes = [new FieldChange("paper", null, EnumText.Of(size))],
        });
        await db.SaveChangesAsync(cancellation);
        return new OrderPrint($"{order.Number}.pdf", pdf.Render(sheet, size, MarkOf(order)));
    }

    /// <summary>What was signed with it and still stands; of a cancelled one that one alone.</summary>
    private static async Task<List<Order>> TogetherAsync(ClinicDb db, Order order, CancellationToken cancellation)
        => order.Status is OrderStatus.Cancelled
            ? [order]
            : [.. (await db.Orders.AsNoTracking().Include(o => o.Items)
                .Where(o => o.RequisitionId == order.RequisitionId && o.OrderType != OrderType.Referral && o.Status != OrderStatus.Cancelled && o.Status != OrderStatus.Draft)
                .ToListAsync(cancellation)).OrderBy(o => o.OrderType).ThenBy(o => o.Id)];

    private SheetMark MarkOf(Order order)
        => order is { Status: OrderStatus.Cancelled, CancelledAt: { } at } ? SheetMark.Cancelled($"On {ClinicFormat.DateAndTime(at, clock)}.") : SheetMark.None;
}
