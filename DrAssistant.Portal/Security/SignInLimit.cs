using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace DrAssistant.Portal.Security;

/// <summary>
/// How often one address may try to sign in, or ask as a waiting-room display. Generous, because a practice shares one address; an account's
/// own lock is what stops guessing at it, this stops guessing at all of them.
/// </summary>
internal static class SignInLimit
{
    public const int TriesAMinute = 30;

    /// <summary>A display that cannot stream asks every five seconds; a practice may have several behind one address.</summary>
    public const int DisplayReadingsAMinute = 120;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request switch
        {
            var request when PortalPaths.IsSignIn(request) => AMinute("sign-in", context, TriesAMinute),
            var request when PortalPaths.IsDisplay(request) => AMinute("display", context, DisplayReadingsAMinute),
            _ => RateLimitPartition.GetNoLimiter(""),
        });
    });

    private static RateLimitPartition<string> AMinute(string door, HttpContext context, int tries) => RateLimitPartition.GetFixedWindowLimiter(
        $"{door} {Neighbourhood(context.Connection.RemoteIpAddress)}",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = Window, QueueLimit = 0 });

    /// <summary>One IPv4 address, or the /64 that one subscriber of IPv6 has to choose from.</summary>
    internal static string Neighbourhood(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : Convert.ToHexString(bytes, 0, 8);
    }
}
