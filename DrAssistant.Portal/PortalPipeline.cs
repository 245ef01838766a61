using DrAssistant.Portal.Components;
using DrAssistant.Portal.Components.Account;
using DrAssistant.Portal.Endpoints;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.CookiePolicy;

namespace DrAssistant.Portal;

/// <summary>What a request passes through, in order.</summary>
internal static class PortalPipeline
{
    public static void UsePortal(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestLog>();
        app.UseProblemAnswers();
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            Secure = CookieSecurePolicy.Always,
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
        });
        app.UseWebSockets();
        app.UseMiddleware<OriginCheck>();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<RequestUserMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseFreshSignInForms();
        app.MapPortal();
    }

    private static void MapPortal(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().WithMetadata(AskedByAnybody.Instance);
        app.MapHealth();
        app.MapDisplay();
        app.MapAccount();
        app.MapPatientPhoto();
        app.MapStaffPhoto();
        app.MapPrescriptionPdf();
        app.MapOrderPdf();
        app.MapH1Register();
        app.MapAuditExport();
        app.MapResults();
        app.MapDocuments();
        app.MapUploads();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuits =>
        {
            // Patients' data and what somebody else wrote travel in one message; its length must not tell what is in it (BREACH).
            circuits.DisableWebSocketCompression = true;

            // The header of every answer says more than this one would.
            circuits.ContentSecurityFrameAncestorsPolicy = null;
        });
    }
}
