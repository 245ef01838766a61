using DrAssistant.Portal.Security;

namespace DrAssistant.Portal.Components.Account;

/// <summary>Lets a sign-in lead only to a page of this portal: an address that somebody else wrote must not lead anywhere else.</summary>
internal static class RedirectGuard
{
    public const string Home = "/";
    private const int Longest = 2000;

    /// <summary>The address itself if it is a path of the portal, otherwise home.</summary>
    public static string Local(string? address) => IsLocal(address) ? address! : Home;

    /// <summary>The sign-in page, with the way back to <paramref name="from"/>.</summary>
    public static string SignInAddress(string? from, bool ended)
    {
        var back = Local(from) is var local && local != Home ? $"ReturnUrl={Uri.EscapeDataString(local)}" : "";
        var parts = string.Join('&', new[] { ended ? "ended" : "", back }.Where(part => part.Length > 0));
        return parts.Length > 0 ? $"{PortalPaths.SignIn}?{parts}" : PortalPaths.SignIn;
    }

    private static bool IsLocal(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Length > Longest || address[0] != '/')
        {
            return false;
        }

        // Browsers drop tabs and line ends, and read a backslash as a slash: either turns a path into another host.
        if (address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            return false;
        }

        var path = Uri.UnescapeDataString(address.Split('?', '#')[0]);
        return !path.Contains("//", StringComparison.Ordinal)
            && !path.Any(c => char.IsControl(c) || c == '\\')
            && !LeadsBack(path)
            && Uri.TryCreate(address, UriKind.Relative, out _);
    }

    // To the sign-in page itself it would go round in circles, and a hub is no page.
    private static bool LeadsBack(string path)
        => new PathString(path).StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase)
            || new PathString(path).StartsWithSegments(PortalPaths.Circuits, StringComparison.OrdinalIgnoreCase);
}
