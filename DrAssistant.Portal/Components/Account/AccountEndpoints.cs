using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Antiforgery;

namespace DrAssistant.Portal.Components.Account;

/// <summary>What a circuit cannot do, because it has no response to write a cookie to.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(PortalPaths.SignOut, SignOutAsync);
        routes.MapPost(PortalPaths.SignInAgain, SignInAgain.TryAsync).AllowAnonymous();
    }

    /// <summary>
    /// A sign-in form that was opened before somebody signed in in another tab, or long ago, carries a token that no longer
    /// fits. Its sender gets a fresh form instead of an error.
    /// </summary>
    public static void UseFreshSignInForms(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (PortalPaths.IsSignIn(context.Request) && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false })
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = RedirectGuard.SignInAddress(context.Request.Query["ReturnUrl"], ended: false);
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, CircuitUser user, ISessions sessions)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        if (user.SessionId is { } session)
        {
            await sessions.RevokeAsync(session, "signed out", CancellationToken.None);
        }

        SessionCookie.Delete(context);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = PortalPaths.SignIn;
        return Results.Empty;
    }
}
