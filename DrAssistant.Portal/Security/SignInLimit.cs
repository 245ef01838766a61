using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace DrAssistant.Portal.Security;

/// <summary>
/// How often one address may try to sign in. Generous, because a practice shares one address; an account's own lock is
/// what stops guessing at it, this stops guessing at all of them.
/// </summary>
internal static class SignInLimit
{
    public const int TriesAMinute = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PortalPaths.IsSignIn(context.Request)
            ? RateLimitPartition.GetFixedWindowLimiter(
                Neighbourhood(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = Window, QueueLimit = 0 })
            : RateLimitPartition.GetNoLimiter(""));
    });

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
