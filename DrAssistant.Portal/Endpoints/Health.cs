using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DrAssistant.Portal.Endpoints;

/// <summary>For a load balancer or a container's health check: words only, because anybody may ask.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // The process answers: a restart would not help a database that is away.
        routes.MapHealthChecks($"{PortalPaths.Health}/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous().WithMetadata(AskedByAnybody.Instance);
        routes.MapHealthChecks($"{PortalPaths.Health}/ready", new HealthCheckOptions { ResponseWriter = WriteAsync })
            .AllowAnonymous().WithMetadata(AskedByAnybody.Instance);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(check => check.Key, check => check.Value.Status.ToString()),
    });
}
