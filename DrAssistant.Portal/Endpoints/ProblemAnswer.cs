using System.Net.Mime;
using System.Text.Encodings.Web;
using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Endpoints;

/// <summary>
/// The last resort: what somebody sees when a request failed. It stands on nothing that could have failed as well, and
/// says no more than what to do; the number is the log's.
/// </summary>
internal static class ProblemAnswer
{
    /// <summary>Answers every failed request, and one that threw, in words.</summary>
    public static void UseProblemAnswers(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(problem => WriteAsync(problem.HttpContext));
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = WriteAsync, SuppressDiagnosticsCallback = _ => false });
    }

    private static async Task WriteAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (!WantsPage(context.Request))
        {
            return;
        }

        context.Response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        var (title, advice) = Words(status);
        var number = status >= StatusCodes.Status500InternalServerError
            ? $"<p class=\"acct-when\">Number {HtmlEncoder.Default.Encode(context.TraceIdentifier)}</p>"
            : "";
        await context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1.0" />
                <meta name="color-scheme" content="light dark" />
                <title>{title} · Dr. Assistant</title>
                <link rel="stylesheet" href="/css/tokens.css" />
                <link rel="stylesheet" href="/css/base.css" />
                <link rel="stylesheet" href="/css/tokens.css" />
                <link rel="stylesheet" href="/css/base.css" />
                <link rel="stylesheet" href="/account.css" />
            </head>
            <body>
                <div class="acct"><main class="acct-card"><section class="acct-panel">
                    <h1>{title}</h1>
                    <p>{advice}</p>
                    {number}
                    <p><a class="acct-primary" href="/">To the first page</a></p>
                </section></main></div>
            </body>
            </html>
            """);
    }

    private static bool WantsPage(HttpRequest request)
        => !PortalPaths.IsCircuit(request)
            && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);

    private static (string Title, string Advice) Words(int status) => status switch
    {
        StatusCodes.Status403Forbidden => ("Your role does not include this page", "If your work needs it, ask an administrator of the practice."),
        StatusCodes.Status404NotFound => ("There is no page at this address", "Check the address, or start from the first page."),
        StatusCodes.Status429TooManyRequests => ("Too many tries", "Wait a minute and try again."),
        < StatusCodes.Status500InternalServerError => ("This request could not be understood", "Go back, reload the page and try again."),
        _ => ("Something went wrong here", "What you saved is kept. Try again; if it happens again, tell an administrator the number below."),
    };
}
