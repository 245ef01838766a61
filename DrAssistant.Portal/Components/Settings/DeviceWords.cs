namespace DrAssistant.Portal.Components.Settings;

/// <summary>A browser's name for itself, in words that its person recognises. What is not known is a browser.</summary>
internal static class DeviceWords
{
    // Each pretends to be those after it, so the order matters.
    private static readonly (string Sign, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var browser = Named(Browsers, userAgent) ?? "A browser";
        return Named(Systems, userAgent) is { } system ? $"{browser} on {system}" : browser;
    }

    public static string Icon(string? userAgent) => Named(Systems, userAgent) switch
    {
        "iPhone" or "Android" => "smartphone",
        "iPad" => "tablet",
        _ => "computer",
    };

    private static string? Named((string Sign, string Name)[] known, string? userAgent)
        => known.FirstOrDefault(k => userAgent?.Contains(k.Sign, StringComparison.Ordinal) is true).Name;
}
