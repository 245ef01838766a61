using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives a prescription as PDF, to be looked at and printed in the browser. Whoever may not see it is told that there is none.</summary>
internal static class PrescriptionPdfEndpoint
{
    public static void MapPrescriptionPdf(this IEndpointRouteBuilder routes)
        => routes.MapGet("/prescriptions/{prescriptionId:guid}/pdf", ReadAsync).RequireAuthorization(Permissions.ReadPrescriptions);

    private static Task<IResult> ReadAsync(Guid prescriptionId, string? size, IPrescriptionPrints prints, HttpContext context)
        => PaperAnswers.PdfAsync(context, size, paper => prints.PdfAsync(prescriptionId, paper, context.RequestAborted), print => (print.FileName, print.Pdf));
}
