using System.Net.Mime;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace DrAssistant.Portal.Endpoints;

/// <summary>Gives documents to the pages that show them, whole or in pieces. Whoever may not see one is told that there is none.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/documents/{documentId:guid}/content", ReadAsync).RequireAuthorization(Permissions.ReadDocuments).WithMetadata(ShownInAFrame.Instance);
        routes.MapGet("/documents/{documentId:guid}/thumbnail", ThumbnailAsync).RequireAuthorization(Permissions.ReadDocuments);
    }

    private static async Task<IResult> ReadAsync(Guid documentId, bool? download, IDocuments documents, HttpContext context)
    {
        // What is about a patient must not stay in a cache of a computer that many people use.
        context.Response.Headers.CacheControl = "no-store";
        var opened = await documents.OpenAsync(documentId, download is true, context.RequestAborted);
        if (opened.Value is not { } file)
        {
            return PaperAnswers.Refused(opened.Refusal!);
        }

        // The type is what the first bytes said, the name is made by the portal: neither is the uploader's word.
        var shown = new ContentDispositionHeaderValue(file.IsInline ? DispositionTypeNames.Inline : DispositionTypeNames.Attachment) { FileName = file.FileName };
        context.Response.Headers.ContentDisposition = shown.ToString();
        return Results.Stream(file.Content, file.ContentType, entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private static async Task<IResult> ThumbnailAsync(Guid documentId, IDocuments documents, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var picture = await documents.ThumbnailAsync(documentId, context.RequestAborted);
        return picture.Succeeded ? Results.Bytes(picture.Value, MediaTypeNames.Image.Jpeg) : PaperAnswers.Refused(picture.Refusal);
    }
}
