using System.Net.Mime;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Portal.Endpoints;

/// <summary>What the addresses of papers have in common.</summary>
internal static class PaperAnswers
{
    public static PaperSize? SizeOf(string? word) => word switch
    {
        null or "" => PaperSize.A5,
        _ when word.Equals("a5", StringComparison.OrdinalIgnoreCase) => PaperSize.A5,
        _ when word.Equals("a4", StringComparison.OrdinalIgnoreCase) => PaperSize.A4,
        _ => null,
    };

    public static IResult NoSize() => Results.Text("The size of the paper is a5 or a4.", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status400BadRequest);

    public static IResult Refused(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Forbidden => Results.StatusCode(StatusCodes.Status403Forbidden),
        RefusalKind.NotFound => Results.NotFound(),
        RefusalKind.Conflict => Results.Text(refusal.Message, MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status409Conflict),
        _ => Results.Text(refusal.Message, MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status503ServiceUnavailable),
    };
}
