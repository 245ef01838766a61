using System.Globalization;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;

namespace DrAssistant.Bench;

/// <summary>
/// How long a critical result takes to stand as an alert in the ordering doctor's open page: from the click that files it, which is before
/// the commit, to the change of the document. The browsers share a clock. The goal is 250 ms after the commit.
/// DRASSISTANT_PORTAL names the published portal; `make bench ARGS=result` publishes one.
/// </summary>
internal static class ResultBench
{
    private const int MostFiled = 20;
    private const double Goal = 250;

    private const string Watch = """
        () => {
          const before = document.querySelectorAll("li.critical").length;
          window.alerted = new Promise(done => new MutationObserver(() => {
            if (document.querySelectorAll("li.critical").length > before) done(Date.now());
          }).observe(document.querySelector("main"), { subtree: true, childList: true }));
        }
        """;

    private const string File = """
        () => {
          document.querySelector("dialog[open] button[type=submit]").click();
          return Date.now();
        }
        """;

    public static async Task RunAsync()
    {
        var folder = Environment.GetEnvironmentVariable("DRASSISTANT_PORTAL")
            ?? throw new InvalidOperationException("DRASSISTANT_PORTAL names no published portal. Run this with `make bench ARGS=result`.");
        await using var portal = new PortalProcess();
        await portal.StartAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DRASSISTANT_CHROMIUM") ?? "/usr/bin/chromium",
            ChromiumSandbox = Environment.UserName != "root",
        });
        var nurse = await SignInAsync(browser, portal, "mary.thomas");
        var doctor = await SignInAsync(browser, portal, "dr.meera.iyer");
        await doctor.GotoAsync("/alerts");
        await doctor.Locator(".alerts").WaitForAsync();
        await nurse.GotoAsync("/results");
        var waiting = nurse.Locator("section li", new() { HasText = "Dr. Iyer" });
        await waiting.First.WaitForAsync();
        var taken = new List<double>();
        while (taken.Count < MostFiled && await waiting.CountAsync() > 0)
        {
            await waiting.First.GetByRole(AriaRole.Button).ClickAsync();
            var form = nurse.Locator("dialog[open]");
            await form.Locator(".result-field").First.WaitForAsync();
            foreach (var field in await form.Locator(".result-field:has(select[aria-label^='What the paper'])").AllAsync())
            {
                await field.Locator("input").FillAsync("Critical, told on the phone");
                await field.Locator("select").SelectOptionAsync("Critical");
            }

            foreach (var field in await form.Locator(".result-field:has(input.num)").AllAsync())
            {
                await field.Locator("input").FillAsync("9999");
            }

            await doctor.EvaluateAsync(Watch);
            var clicked = await nurse.EvaluateAsync<double>(File);
            if (await Task.WhenAny(doctor.EvaluateAsync<double>("() => window.alerted"), Task.Delay(TimeSpan.FromSeconds(10))) is Task<double> alerted)
            {
                taken.Add(await alerted - clicked);
            }

            await form.WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        if (taken.Count == 0)
        {
            Console.WriteLine("No order of Dr. Iyer's waits for a result that can be critical.");
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"from filing to the alert in the doctor's open page   p50 {Percentile(taken, .5),5:F0} ms  p95 {Percentile(taken, .95),5:F0} ms  of {taken.Count}; goal {Goal:F0} ms"));
    }

    private static async Task<IPage> SignInAsync(IBrowser browser, PortalProcess portal, string userName)
    {
        var profile = await browser.NewContextAsync(new() { BaseURL = portal.Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await profile.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(portal.DemoPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).WaitForAsync();
        return page;
    }

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)Math.Ceiling(share * values.Count) - 1);
}
