using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Components;

/// <summary>The page around the portal. What must stand before the first paint, theme and folded navigation, comes from cookies.</summary>
public partial class App
{
    /// <summary>One file a meaning; the later ones build on the earlier.</summary>
    private static readonly string[] Sheets = ["tokens", "base", "shell", "controls", "dashboard", "clinic", "chart", "visit", "note", "voice", "prescription", "orders", "medications", "queue", "book", "desk-panel", "register", "calendars", "merge", "formulary", "vitals", "flowsheet", "results", "laboratories", "paper", "documents", "settings", "tasks", "accounts", "alerts", "palette"];

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>Null follows the computer.</summary>
    private string? Theme => HttpContext.Request.Cookies["dr-theme"] is "light" or "dark" ? HttpContext.Request.Cookies["dr-theme"] : null;

    private string? Size => HttpContext.Request.Cookies["dr-size"] is "small" or "large" ? HttpContext.Request.Cookies["dr-size"] : null;

    /// <summary>Null leaves it to each page: the book and a visit fold it.</summary>
    private string? Nav => HttpContext.Request.Cookies["dr-nav"] is "rail" or "wide" ? HttpContext.Request.Cookies["dr-nav"] : null;

    // Without prerendering: a page that loads twice is audited twice, and a body with a patient in it may be kept by a proxy.
    // A static page has no script of the framework, so no circuit opens for a stranger.
    private InteractiveServerRenderMode? Mode
        => HttpContext.AcceptsInteractiveRouting() ? new InteractiveServerRenderMode(prerender: false) : null;

    private IEnumerable<KitSheet> Kits => [Kit("light", "standard"), Kit("dark", "standard-dark")];

    private KitSheet Kit(string theme, string sheet)
        => new(theme, sheet, Theme is null ? $"(prefers-color-scheme: {theme})" : "all", Theme is not null && Theme != theme);

    private sealed record KitSheet(string Theme, string Sheet, string Media, bool Disabled);
}
