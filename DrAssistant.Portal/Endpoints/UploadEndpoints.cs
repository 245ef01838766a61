using System.Buffers;
using DrAssistant.Data.Common;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Antiforgery;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// Takes in documents part by part. A part that is lost is sent again, and what has arrived is asked for after a lost connection. Every request that
/// changes something carries the token of the page's own forms.
/// </summary>
internal static class UploadEndpoints
{
    /// <summary>Of a part, 64 hexadecimal digits.</summary>
    private const string Checksum = "X-Part-Sha256";

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/documents/uploads").RequireAuthorization(Permissions.WriteDocuments).AddEndpointFilter(OwnFormsAloneAsync);
        uploads.MapPost("/", BeginAsync);
        uploads.MapGet("/{uploadId:guid}", StateAsync);
        uploads.MapPut("/{uploadId:guid}/parts/{number:int}", PartAsync);
        uploads.MapPost("/{uploadId:guid}/finish", FinishAsync);
        uploads.MapDelete("/{uploadId:guid}", CancelAsync);
    }

    private static async ValueTask<object?> OwnFormsAloneAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        context.Response.Headers.CacheControl = "no-store";
        var forms = context.RequestServices.GetRequiredService<IAntiforgery>();
        return HttpMethods.IsGet(context.Request.Method) || await forms.IsRequestValidAsync(context)
            ? await next(invocation)
            : Answer(new Refusal(RefusalKind.Forbidden, "This page is too old. Reload it and choose the file again."), StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> BeginAsync(BeginUpload begin, IDocumentUploads uploads, HttpContext context)
    {
        if (begin is not { Title: not null, Sha256: not null } || CategoryOf(begin.Category) is not { } category)
        {
            return Answer(Refusal.Invalid("This upload could not be understood. Reload the page and choose the file again."), StatusCodes.Status400BadRequest);
        }

        var facts = new DocumentFacts(category, begin.Title, begin.Date, begin.Description);
        var draft = new UploadDraft(begin.PatientId, facts, new DocumentAttachment(begin.EncounterId, begin.NoteId, begin.OrderId, begin.ResultId), begin.Length, begin.Sha256);
        return Answer(await uploads.BeginAsync(draft, context.RequestAborted));
    }

    private static DocumentCategory? CategoryOf(string? word)
        => Enum.GetValues<DocumentCategory>().Where(c => EnumText.Of(c) == word).Select(c => (DocumentCategory?)c).FirstOrDefault();

    private static async Task<IResult> StateAsync(Guid uploadId, IDocumentUploads uploads, HttpContext context)
        => Answer(await uploads.StateAsync(uploadId, context.RequestAborted));

    private static async Task<IResult> PartAsync(Guid uploadId, int number, IDocumentUploads uploads, HttpContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DocumentLimits.PartLength + 1);
        try
        {
            // One byte more than a part may have is enough to know that it is none.
            var read = context.Request.ContentLength > DocumentLimits.PartLength ? DocumentLimits.PartLength + 1
                : await context.Request.Body.ReadAtLeastAsync(buffer.AsMemory(0, DocumentLimits.PartLength + 1), DocumentLimits.PartLength + 1, throwOnEndOfStream: false, context.RequestAborted);
            return read > DocumentLimits.PartLength
                ? Answer(Refusal.Invalid("A part of a file has at most one megabyte."), StatusCodes.Status413PayloadTooLarge)
                : Answer(await uploads.PartAsync(uploadId, number, buffer.AsMemory(0, read), context.Request.Headers[Checksum].ToString(), context.RequestAborted));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static async Task<IResult> FinishAsync(Guid uploadId, IDocumentUploads uploads, HttpContext context)
    {
        var finished = await uploads.FinishAsync(uploadId, context.RequestAborted);
        return finished.Succeeded ? Results.Ok(new FinishedUpload(finished.Value)) : Answer(finished.Refusal);
    }

    private static async Task<IResult> CancelAsync(Guid uploadId, IDocumentUploads uploads, HttpContext context)
    {
        var cancelled = await uploads.CancelAsync(uploadId, context.RequestAborted);
        return cancelled.Succeeded ? Results.NoContent() : Answer(cancelled.Refusal);
    }

    private static IResult Answer(Result<UploadState> state) => state.Value is { } there ? Results.Ok(there) : Answer(state.Refusal!);

    private static IResult Answer(Refusal refusal) => Answer(refusal, refusal.Kind switch
    {
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    });

    private static IResult Answer(Refusal refusal, int status) => Results.Json(new RefusedUpload(refusal.Message), statusCode: status);

    /// <summary>What a page says of a file before its first part.</summary>
    internal sealed record BeginUpload(Guid PatientId, string Category, string Title, DateOnly Date, long Length, string Sha256)
    {
        public string? Description { get; init; }

        public Guid? EncounterId { get; init; }

        public Guid? NoteId { get; init; }

        public Guid? OrderId { get; init; }

        public Guid? ResultId { get; init; }

        public override string ToString() => nameof(BeginUpload);
    }

    internal sealed record FinishedUpload(Guid Id);

    internal sealed record RefusedUpload(string Message);
}
