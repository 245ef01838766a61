using System.Net.Mime;
using DrAssistant.Data.Ordering.Printing;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives an order or a referral letter as PDF, to be looked at and printed in the browser. Whoever may not see it is told that there is none.</summary>
internal static class OrderPdfEndpoint
{
    public static void MapOrderPdf(this IEndpointRouteBuilder routes)
        => routes.MapGet("/orders/{orderId:guid}/pdf", ReadAsync).RequireAuthorization(Permissions.ReadOrders);

    private static async Task<IResult> ReadAsync(Guid orderId, string? size, IOrderPrints prints, HttpContext context)
    {
        // An order must not stay in a cache of a computer that many people use.
        context.Response.Headers.CacheControl = "no-store";
        if (PaperAnswers.SizeOf(size) is not { } paper)
        {
            return PaperAnswers.NoSize();
        }

        var print = await prints.PdfAsync(orderId, paper, context.RequestAborted);
        if (print.Value is not { } made)
        {
            return PaperAnswers.Refused(print.Refusal!);
        }

        context.Response.Headers.ContentDisposition = $"inline; filename=\"{made.FileName}\"";
        return Results.Bytes(made.Pdf, MediaTypeNames.Application.Pdf);
    }
}
