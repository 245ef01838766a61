using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;

namespace DrAssistant.Portal.Security;

/// <summary>
/// How often one address may try to sign in, ask as a waiting-room display or about a printed prescription, or send results. Generous, because a practice shares one address; an account's
/// own lock is what stops guessing at it, this stops guessing at all of them.
/// </summary>
internal static class SignInLimit
{
    public const int TriesAMinute = 30;

    /// <summary>A display that cannot stream asks every five seconds; a practice may have several behind one address.</summary>
    public const int DisplayReadingsAMinute = 120;

    /// <summary>A laboratory sends a message a result; a busy one every second or two.</summary>
    public const int ResultsAMinute = 120;

    /// <summary>There are few years to guess: of one paper, whoever asks, so many are tried.</summary>
    public const int YearsAnHour = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    public static void AddSignInLimit(this IServiceCollection services) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => context.Request switch
            {
                var request when PortalPaths.IsSignIn(request) => AMinute("sign-in", context, TriesAMinute),
                var request when PortalPaths.IsDisplay(request) => AMinute("display", context, DisplayReadingsAMinute),
                var request when PortalPaths.IsResults(request) => AMinute("results", context, ResultsAMinute),
                var request when PortalPaths.IsWelcome(request) => AMinute("welcome", context, TriesAMinute),
                var request when PortalPaths.IsVerify(request) => AMinute("verify", context, TriesAMinute),
                _ => RateLimitPartition.GetNoLimiter(""),
            }),
            PartitionedRateLimiter.Create<HttpContext, string>(context => PortalPaths.IsVerify(context.Request) && HttpMethods.IsPost(context.Request.Method)
                ? Within($"year {context.Request.Path.Value?.ToUpperInvariant()}", YearsAnHour, AnHour)
                : RateLimitPartition.GetNoLimiter("")));
    });

    private static RateLimitPartition<string> AMinute(string door, HttpContext context, int tries)
        => Within($"{door} {Neighbourhood(context.Connection.RemoteIpAddress)}", tries, Window);

    private static RateLimitPartition<string> Within(string whom, int tries, TimeSpan window) => RateLimitPartition.GetFixedWindowLimiter(
        whom, _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = window, QueueLimit = 0 });

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
