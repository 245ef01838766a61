using DrAssistant.Data;
using DrAssistant.Portal.Components;
using DrAssistant.Portal.Endpoints;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Radzen;

namespace DrAssistant.Portal;

/// <summary>What the portal is made of.</summary>
internal static class PortalServices
{
    /// <summary>A bound text of some 120,000 characters; the framework's own limit ends a circuit at 16,000.</summary>
    private const int LargestMessage = 256 * 1024;

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        services.AddClinicData<CircuitUser>(builder.Configuration);
        services.AddSignedInPeople();
        services.AddForms();
        services.AddPages(builder.Environment);
    }

    private static void AddSignedInPeople(this IServiceCollection services)
    {
        services.AddAuthentication(SessionAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionAuthenticationHandler.SchemeName, null);
        services.AddPermissionPolicies();
        services.AddSignInLimit();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<HubGuard>();
        services.AddSingleton(_ => new DisplayStreams());
        services.AddHostedService<SessionWatch>();
        services.AddScoped<CircuitHandler, CircuitUserHandler>();
    }

    private static void AddForms(this IServiceCollection services)
    {
        services.AddKeyProtection();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "__Host-antiforgery";
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;

            // Behind a proxy the request itself is plain and the framework would refuse to write the cookie; the cookie
            // policy marks every cookie as secure.
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.None;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    private static void AddPages(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits => circuits.DetailedErrors = environment.IsDevelopment())
            .AddHubOptions(hub =>
            {
                hub.MaximumReceiveMessageSize = LargestMessage;
                hub.AddFilter<HubGuard>();
            });

        // After the components, whose own provider never asks again.
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddRadzenComponents();
        services.AddClinicComponents();
    }
}
