using System.Net.Mime;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives a prescription as PDF, to be looked at and printed in the browser. Whoever may not see it is told that there is none.</summary>
internal static class PrescriptionPdfEndpoint
{
    public static void MapPrescriptionPdf(this IEndpointRouteBuilder routes)
        => routes.MapGet("/prescriptions/{prescriptionId:guid}/pdf", ReadAsync).RequireAuthorization(Permissions.ReadPrescriptions);

    private static async Task<IResult> ReadAsync(Guid prescriptionId, string? size, IPrescriptionPrints prints, HttpContext context)
    {
        // A prescription must not stay in a cache of a computer that many people use.
        context.Response.Headers.CacheControl = "no-store";
        if (SizeOf(size) is not { } paper)
        {
            return Results.Text("The size of the paper is a5 or a4.", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status400BadRequest);
        }

        var print = await prints.PdfAsync(prescriptionId, paper, context.RequestAborted);
        if (print.Value is not { } made)
        {
            return Refused(print.Refusal!);
        }

        context.Response.Headers.ContentDisposition = $"inline; filename=\"{made.FileName}\"";
        return Results.Bytes(made.Pdf, MediaTypeNames.Application.Pdf);
    }

    private static PaperSize? SizeOf(string? word) => word switch
    {
        null or "" => PaperSize.A5,
        _ when word.Equals("a5", StringComparison.OrdinalIgnoreCase) => PaperSize.A5,
        _ when word.Equals("a4", StringComparison.OrdinalIgnoreCase) => PaperSize.A4,
        _ => null,
    };

    private static IResult Refused(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        RefusalKind.NotFound => Results.NotFound(),
        RefusalKind.Conflict => Results.Text(refusal.Message, MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status409Conflict),
        _ => Results.Text(refusal.Message, MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status503ServiceUnavailable),
    };
}
