using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Security;

/// <summary>Tells the services of a request who is asking. A page or download that somebody asks for keeps their session going.</summary>
internal sealed class RequestUserMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, CircuitUser user)
    {
        user.ComeFrom(SessionIdentity.AddressOf(context), SessionIdentity.AgentOf(context));
        if (SessionIdentity.Of(context.User) is { } identity)
        {
            user.Become(identity);

            // Opening or reopening the hub is the script's doing, not the person's: it must not keep a session alive.
            if (!PortalPaths.IsCircuit(context.Request))
            {
                await context.RequestServices.GetRequiredService<ISessions>().TouchAsync(identity.SessionId, context.RequestAborted);
            }
        }

        await next(context);
    }
}
