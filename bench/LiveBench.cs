using System.Globalization;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;

namespace DrAssistant.Bench;

/// <summary>
/// How long a confirmation at one desk takes to stand in another desk's browser: from the click, which is before the commit, to the
/// change of the document, by the clock that both browsers share. The floor is the same change in the browser that was clicked.
/// DRASSISTANT_PORTAL names the published portal; `make bench ARGS=live` publishes one.
/// </summary>
internal static class LiveBench
{
    private const int MostConfirmed = 40;
    private const string Booked = ".ap.k-booked";

    private const string Watch = """
        id => {
          const block = document.getElementById(id);
          window.changed = new Promise(done => new MutationObserver(() => {
            if (document.getElementById(id)?.classList.contains("k-confirmed")) done(Date.now());
          }).observe(block.closest(".book-col"), { subtree: true, childList: true, attributes: true }));
        }
        """;

    private const string ClickConfirm = """
        () => {
          const button = [...document.querySelectorAll(".visit-acts button")].find(b => b.textContent.includes("Confirm"));
          button.click();
          return Date.now();
        }
        """;

    public static async Task RunAsync()
    {
        var folder = Environment.GetEnvironmentVariable("DRASSISTANT_PORTAL")
            ?? throw new InvalidOperationException("DRASSISTANT_PORTAL names no published portal. Run this with `make bench ARGS=live`.");
        await using var portal = new PortalProcess();
        await portal.StartAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DRASSISTANT_CHROMIUM") ?? "/usr/bin/chromium",
            ChromiumSandbox = Environment.UserName != "root",
        });
        var desk = await SignInAsync(browser, portal, "anil.deshmukh");
        var other = await SignInAsync(browser, portal, "fatima.sheikh");
        var (here, there) = (new List<double>(), new List<double>());
        var ids = await desk.EvalOnSelectorAllAsync<string[]>(Booked, "blocks => blocks.map(b => b.id)");
        foreach (var id in ids.Take(MostConfirmed))
        {
            await desk.EvalOnSelectorAsync($"#{id}", "block => block.click()");
            await desk.Locator(".visit-acts button", new() { HasText = "Confirm" }).WaitForAsync();
            await desk.EvaluateAsync(Watch, id);
            await other.EvaluateAsync(Watch, id);
            var clicked = await desk.EvaluateAsync<double>(ClickConfirm);
            here.Add(await desk.EvaluateAsync<double>("() => window.changed") - clicked);
            there.Add(await other.EvaluateAsync<double>("() => window.changed") - clicked);
            await Task.Delay(TimeSpan.FromMilliseconds(400));
        }

        Print("floor: the browser that was clicked", here, here);
        Print("another desk's browser", there, here);
    }

    private static async Task<IPage> SignInAsync(IBrowser browser, PortalProcess portal, string userName)
    {
        var profile = await browser.NewContextAsync(new() { BaseURL = portal.Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(portal.DemoPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator(Booked).First.WaitForAsync();
        return page;
    }

    private static void Print(string name, List<double> milliseconds, List<double> floor)
        => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-44} p50 {Percentile(milliseconds, .5),5:F0} ms ({Percentile(milliseconds, .5) / Percentile(floor, .5):F2}x)  p95 {Percentile(milliseconds, .95),5:F0} ms ({Percentile(milliseconds, .95) / Percentile(floor, .95):F2}x)  of {milliseconds.Count}"));

    private static double Percentile(List<double> values, double share)
        => values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);
}
