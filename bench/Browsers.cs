using System.Globalization;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;

namespace DrAssistant.Bench;

/// <summary>A published portal and the machine's Chromium, for what is measured from click to document. All its pages share one clock.</summary>
internal sealed class Browsers : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browsers(PortalProcess portal, IPlaywright playwright, IBrowser browser) => (Portal, _playwright, _browser) = (portal, playwright, browser);

    public PortalProcess Portal { get; }

    /// <summary>Starts a portal of its own on new demo data, and a browser.</summary>
    /// <param name="bench">The measurement's own name, for who started it without a portal.</param>
    public static async Task<Browsers> StartAsync(string bench)
    {
        var folder = Environment.GetEnvironmentVariable("DRASSISTANT_PORTAL")
            ?? throw new InvalidOperationException($"DRASSISTANT_PORTAL names no published portal. Run this with `make bench ARGS={bench}`.");
        var portal = new PortalProcess();
        await portal.StartAsync(folder);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DRASSISTANT_CHROMIUM") ?? "/usr/bin/chromium",
            ChromiumSandbox = Environment.UserName != "root",
        });
        return new Browsers(portal, playwright, browser);
    }

    /// <summary>Another person at another computer, at home on their first page.</summary>
    public async Task<IPage> SignInAsync(string userName)
    {
        var profile = await _browser.NewContextAsync(new() { BaseURL = Portal.Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Portal.DemoPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).WaitForAsync();
        return page;
    }

    public static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);

    public static void Print(string name, List<double> milliseconds, List<double> floor)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} p50 {Percentile(milliseconds, .5),5:F0} ms ({Percentile(milliseconds, .5) / Percentile(floor, .5):F2}x)  p95 {Percentile(milliseconds, .95),5:F0} ms ({Percentile(milliseconds, .95) / Percentile(floor, .95):F2}x)  of {milliseconds.Count}"));

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
        await Portal.DisposeAsync();
    }
}
