using System.Net.Mime;
using System.Text.Json;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Http.Features;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// The waiting-room display: a page without a circuit that anybody may open and that shows nothing by itself, and a stream of tokens for
/// whoever sends the secret of a link. The secret stands in the address's fragment, which no browser sends and no log keeps, and comes in a header.
/// </summary>
internal static class Display
{
    public const string SecretHeader = "X-Display-Link";

    // Not a browser's event source, which can send no header: the script reads the answer as it comes.
    private const string EventStream = "text/event-stream";
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    private const string Page = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1.0" />
            <meta name="color-scheme" content="light dark" />
            <meta name="robots" content="noindex" />
            <title>Waiting room</title>
            <link rel="stylesheet" href="/css/tokens.css" />
            <link rel="stylesheet" href="/css/base.css" />
            <link rel="stylesheet" href="/css/display.css" />
            <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
            <script src="/js/display.js" type="module"></script>
        </head>
        <body class="display" data-state="starting">
            <header>
                <span class="mark"><i class="ic" data-i="vital_signs" aria-hidden="true"></i></span>
                <div><h1 id="practice">Waiting room</h1><p id="day"></p></div>
                <time id="clock"></time>
            </header>
            <main>
                <section id="call" class="call" aria-live="assertive" hidden></section>
                <p id="note" class="note" role="status">Starting</p>
                <section id="rooms" class="rooms" aria-label="Rooms"></section>
            </main>
            <footer>
                <p>Urgent patients may be called first. If your token was missed, please tell the desk.</p>
                <button type="button" id="sound" hidden>Tap for the sound of a call</button>
                <p class="state"><span class="dot"></span><span id="state">Connecting</span></p>
            </footer>
        </body>
        </html>
        """;

    public static void MapDisplay(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(PortalPaths.Display, () => Results.Text(Page, MediaTypeNames.Text.Html, System.Text.Encoding.UTF8))
            .AllowAnonymous().WithMetadata(AskedByAnybody.Instance);
        routes.MapGet($"{PortalPaths.Display}/events", EventsAsync).AllowAnonymous().WithMetadata(AskedByAnybody.Instance);
    }

    private static async Task EventsAsync(HttpContext context, IServiceScopeFactory scopes, IDayFeed feed, DisplayStreams streams, IHostApplicationLifetime portal)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, portal.ApplicationStopping);
        using var changed = new SemaphoreSlim(1, 1);
        using var listening = feed.Listen(userId: null, _ => Ring(changed));
        var secret = context.Request.Headers[SecretHeader].ToString();
        var board = await ReadAsync(scopes, secret, leaving.Token);
        if (board is null)
        {
            // One answer for what never was a link and for one that was revoked.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            await context.Response.WriteAsJsonAsync(board, leaving.Token);
            return;
        }

        if (!streams.TryEnter())
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        try
        {
            await StreamAsync(context, () => ReadAsync(scopes, secret, leaving.Token), changed, leaving.Token);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The screen was switched off, or the portal is stopping.
        }
        finally
        {
            streams.Leave();
        }
    }

    /// <summary>A board at every change, and every few seconds without one, so that the screen knows that it is connected. It ends with its link.</summary>
    private static async Task StreamAsync(HttpContext context, Func<Task<DisplayBoard?>> read, SemaphoreSlim changed, CancellationToken cancellation)
    {
        context.Response.ContentType = EventStream;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        while (!cancellation.IsCancellationRequested)
        {
            await changed.WaitAsync(Heartbeat, cancellation);
            if (await read() is not { } board)
            {
                return;
            }

            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(board, JsonSerializerOptions.Web)}\n\n", cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
    }

    /// <summary>In a scope of its own: the stream lasts all day, a person's rights do not come into it, and nothing of a reading may last.</summary>
    private static async Task<DisplayBoard?> ReadAsync(IServiceScopeFactory scopes, string secret, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IDisplays>().ReadAsync(secret, cancellation);
    }

    private static Task Ring(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It rings already, or the screen has just gone.
        }

        return Task.CompletedTask;
    }
}

/// <summary>How many displays are connected at once, so that one leaked link cannot take all of the portal's connections.</summary>
internal sealed class DisplayStreams(int most = DisplayStreams.Most)
{
    public const int Most = 40;

    private int _connected;

    public int Connected => Volatile.Read(ref _connected);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _connected) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _connected);
}
