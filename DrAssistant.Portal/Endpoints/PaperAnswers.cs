using System.Net.Mime;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Printing;

namespace DrAssistant.Portal.Endpoints;

/// <summary>What the addresses of papers have in common.</summary>
internal static class PaperAnswers
{
    /// <summary>The PDF to be looked at in the browser, or why there is none. What is about a patient must not stay in a cache of a computer that many people use.</summary>
    public static async Task<IResult> PdfAsync<T>(HttpContext context, string? size, Func<PaperSize, Task<Result<T>>> print, Func<T, (string FileName, ReadOnlyMemory<byte> Pdf)> made)
        where T : class
    {
        context.Response.Headers.CacheControl = "no-store";
        if (SizeOf(size) is not { } paper)
        {
            return NoSize();
        }

        var answer = await print(paper);
        if (answer.Value is not { } printed)
        {
            return Refused(answer.Refusal!);
        }

        var (fileName, pdf) = made(printed);
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{fileName}\"";
        return Results.Bytes(pdf, MediaTypeNames.Application.Pdf);
    }

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
