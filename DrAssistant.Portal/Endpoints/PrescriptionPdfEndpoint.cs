using System.Net.Mime;
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
        if (PaperAnswers.SizeOf(size) is not { } paper)
        {
            return PaperAnswers.NoSize();
        }

        var print = await prints.PdfAsync(prescriptionId, paper, context.RequestAborted);
        if (print.Value is not { } made)
        {
            return PaperAnswers.Refused(print.Refusal!);
        }

        context.Response.Headers.ContentDisposition = $"inline; filename=\"{made.FileName}\"";
        return Results.Bytes(made.Pdf, MediaTypeNames.Application.Pdf);
    }
}
