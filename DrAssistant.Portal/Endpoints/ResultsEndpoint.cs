using System.Net.Mime;
using System.Text;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// Where laboratories send results: HL7 v2 or FHIR R4 over HTTPS, with a key in the Authorization header. No cookie counts here, so no other site can
/// send in somebody's name, and nothing of a request is read before its key is known.
/// </summary>
internal static class ResultsEndpoint
{
    public const int Largest = 8 * 1024 * 1024;
    private const string Hl7 = "application/hl7-v2";
    private const string Fhir = "application/fhir+json";
    private const string Scheme = "Bearer ";

    public static void MapResults(this IEndpointRouteBuilder routes)
        => routes.MapPost(PortalPaths.Results, ReceiveAsync).AllowAnonymous().WithMetadata(AskedByAnybody.Instance).DisableAntiforgery();

    private static async Task ReceiveAsync(HttpContext context, IResultMessages messages)
    {
        context.Response.Headers.CacheControl = "no-store";
        var authorization = context.Request.Headers.Authorization.ToString();
        var sender = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await messages.KnowAsync(authorization[Scheme.Length..].Trim(), context.RequestAborted)
            : null;
        if (sender is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return;
        }

        if (FormatOf(context.Request.ContentType) is not { } format)
        {
            await AnswerAsync(context, StatusCodes.Status415UnsupportedMediaType, MediaTypeNames.Text.Plain, $"Send {Hl7} or {Fhir}.");
            return;
        }

        if (await BodyAsync(context) is not { } content)
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, MediaTypeNames.Text.Plain, "At most 8 megabytes at once. Send larger files by the folder for results.");
            return;
        }

        var place = new SenderPlace(SessionIdentity.AddressOf(context), SessionIdentity.AgentOf(context));
        var answer = await messages.ReceiveAsync(sender, format, content, place, context.RequestAborted);

        // HL7 says in its acknowledgement what became of a message; a FHIR client looks at the status first.
        await AnswerAsync(
            context, answer.Taken || format is MessageFormat.Hl7v2 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            format is MessageFormat.Fhir ? Fhir : Hl7, answer.Text);
    }

    private static MessageFormat? FormatOf(string? contentType)
        => !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null
            : type.MediaType.Equals(Hl7, StringComparison.OrdinalIgnoreCase) ? MessageFormat.Hl7v2
            : type.MediaType.Equals(Fhir, StringComparison.OrdinalIgnoreCase) ? MessageFormat.Fhir
            : null;

    /// <summary>Null when there is more than anybody should send at once.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Largest)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Largest + 1;
        }

        using var body = new MemoryStream();
        var piece = new byte[81_920];
        int read;
        while ((read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
        {
            if (body.Length + read > Largest)
            {
                return null;
            }

            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }

    private static Task AnswerAsync(HttpContext context, int status, string contentType, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = $"{contentType}; charset=utf-8";
        return context.Response.WriteAsync(text, Encoding.UTF8, CancellationToken.None);
    }
}
