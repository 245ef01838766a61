namespace DrAssistant.Portal.Security;

/// <summary>What kind of request an address makes.</summary>
internal static class PortalPaths
{
    public const string Circuits = "/_blazor";
    public const string Health = "/health";
    public const string Display = "/display";
    public const string Verify = "/verify";

    /// <summary>Where a link to set a password leads; its secret follows.</summary>
    public const string Welcome = "/welcome";

    /// <summary>Where laboratories send results.</summary>
    public const string Results = "/api/results";
    public const string SignIn = "/account/sign-in";

    /// <summary>Where a page that slept off is woken; a sign-in like any other to whoever counts them.</summary>
    public const string SignInAgain = "/account/sign-in/again";
    public const string SignOut = "/account/sign-out";

    /// <summary>Whether somebody is looking at the answer: a page, not what a page's scripts ask for.</summary>
    public static bool IsPage(HttpRequest request)
        => (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase)
            && !request.Path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase);

    public static bool IsCircuit(HttpRequest request)
        => request.Path.StartsWithSegments(Circuits, StringComparison.OrdinalIgnoreCase);

    /// <summary>A display asking for tokens; its page alone is a file like others.</summary>
    public static bool IsDisplay(HttpRequest request)
        => request.Path.StartsWithSegments($"{Display}/events", StringComparison.OrdinalIgnoreCase);

    /// <summary>A stranger asking about a printed prescription.</summary>
    public static bool IsVerify(HttpRequest request) => request.Path.StartsWithSegments(Verify, StringComparison.OrdinalIgnoreCase);

    /// <summary>Somebody with a link to set a password, or who guesses at one.</summary>
    public static bool IsWelcome(HttpRequest request) => request.Path.StartsWithSegments(Welcome, StringComparison.OrdinalIgnoreCase);

    /// <summary>A laboratory sending results, or somebody who tries keys.</summary>
    public static bool IsResults(HttpRequest request) => request.Path.StartsWithSegments(Results, StringComparison.OrdinalIgnoreCase);

    public static bool IsSignIn(HttpRequest request)
        => HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments(SignIn, StringComparison.OrdinalIgnoreCase);
}
