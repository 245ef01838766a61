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
        await using var browsers = await Browsers.StartAsync("live");
        var desk = await AtTheBookAsync(browsers, "anil.deshmukh");
        var other = await AtTheBookAsync(browsers, "fatima.sheikh");
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

        Browsers.Print("floor: the browser that was clicked", here, here);
        Browsers.Print("another desk's browser", there, here);
    }

    private static async Task<IPage> AtTheBookAsync(Browsers browsers, string userName)
    {
        var page = await browsers.SignInAsync(userName);
        await page.Locator(Booked).First.WaitForAsync();
        return page;
    }
}
