using DrAssistant.Data.Ordering.Printing;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives an order or a referral letter as PDF, to be looked at and printed in the browser. Whoever may not see it is told that there is none.</summary>
internal static class OrderPdfEndpoint
{
    public static void MapOrderPdf(this IEndpointRouteBuilder routes)
        => routes.MapGet("/orders/{orderId:guid}/pdf", ReadAsync).RequireAuthorization(Permissions.ReadOrders);

    private static Task<IResult> ReadAsync(Guid orderId, string? size, IOrderPrints prints, HttpContext context)
        => PaperAnswers.PdfAsync(context, size, paper => prints.PdfAsync(orderId, paper, context.RequestAborted), print => (print.FileName, print.Pdf));
}
