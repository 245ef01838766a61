using System.Text.Json.Serialization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// Where a browser sends the parts of a recording, and plays it from. Whoever sends shows the token of the portal's own pages (header RequestVerificationToken). What can
/// never be taken is answered by 404, 409, 413 or 422; anything else may be sent again.
/// </summary>
internal static class RecordingEndpoints
{
    private const string Checksum = "X-Checksum";
    private const int LargestJson = 4096;

    public static void MapRecordings(this IEndpointRouteBuilder routes)
    {
        var recordings = routes.MapGroup("/recordings/{recordingId:guid}");
        recordings.MapPut("/parts/{number:int}", TakeAsync).RequireAuthorization(Permissions.WriteNotes);
        recordings.MapGet("/progress", ProgressAsync).RequireAuthorization(Permissions.WriteNotes);
        recordings.MapPost("/finish", FinishAsync).RequireAuthorization(Permissions.WriteNotes);
        recordings.MapGet("/sound", SoundAnswer.WriteAsync).RequireAuthorization(Permissions.ReadNotes);
    }

    private static async Task<IResult> TakeAsync(Guid recordingId, int number, HttpContext context, IRecordings recordings, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        if (await BodyAsync(context, RecordingPart.MostBytes) is not { } bytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var part = new RecordingPart(recordingId, number, context.Request.Headers[Checksum].ToString(), bytes);
        return Answer(context, await recordings.TakePartAsync(part, context.RequestAborted), ProgressBody.Of);
    }

    private static async Task<IResult> ProgressAsync(Guid recordingId, HttpContext context, IRecordings recordings)
        => Answer(context, await recordings.ProgressAsync(recordingId, context.RequestAborted), ProgressBody.Of);

    private static async Task<IResult> FinishAsync(Guid recordingId, HttpContext context, IRecordings recordings, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        if (await BodyAsync(context, LargestJson) is not { } bytes || FinishBody.Read(bytes.Span) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        }

        var end = new RecordingEnd(recordingId, body.Parts, body.Seconds);
        return Answer(context, await recordings.FinishAsync(end, context.RequestAborted), done => new { done.Id, Status = EnumText.Of(done.Status) });
    }

    private static IResult Answer<T>(HttpContext context, Result<T> result, Func<T, object> body)
    {
        context.Response.Headers.CacheControl = "no-store";
        return result.Succeeded ? Results.Json(body(result.Value)) : Results.Json(new { problem = result.Refusal.Message }, statusCode: StatusOf(result.Refusal));
    }

    /// <summary>A part that arrived damaged is the one thing that is wrong with what was sent and right when it is sent again.</summary>
    public static int StatusOf(Refusal refusal) => refusal switch
    {
        { Kind: RefusalKind.NotFound } => StatusCodes.Status404NotFound,
        { Kind: RefusalKind.Conflict } => StatusCodes.Status409Conflict,
        { Kind: RefusalKind.Forbidden } => StatusCodes.Status403Forbidden,
        { Kind: RefusalKind.Unavailable } => StatusCodes.Status503ServiceUnavailable,
        { Field: nameof(RecordingPart.Sha256) } => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Null when there is more than <paramref name="most"/>.</summary>
    private static async Task<Memory<byte>?> BodyAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength > most)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most + 1;
        }

        var bytes = new byte[(context.Request.ContentLength ?? most) + 1];
        var read = await context.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
        return read < bytes.Length ? bytes.AsMemory(0, read) : null;
    }

    /// <summary>What a browser needs to know of a recording on its way.</summary>
    private sealed record ProgressBody(Guid RecordingId, string Status, int Next, IReadOnlyList<int> Beyond, long Bytes)
    {
        public static ProgressBody Of(RecordingProgress progress)
            => new(progress.RecordingId, EnumText.Of(progress.Status), progress.Next, progress.Beyond, progress.Bytes);
    }
}

/// <summary>That no part comes any more.</summary>
/// <param name="Parts">In all.</param>
/// <param name="Seconds">Without the pauses; 0 where the browser cannot tell.</param>
internal sealed record FinishBody([property: JsonRequired] int Parts, [property: JsonRequired] double Seconds)
{
    /// <summary>Null where it is something else.</summary>
    public static FinishBody? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<FinishBody>(json, System.Text.Json.JsonSerializerOptions.Web);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
