using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DrAssistant.E2e.Support.Chromium))]

namespace DrAssistant.E2e.Support;

/// <summary>The machine's own Chromium, started once. DRASSISTANT_CHROMIUM names another one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser has not been started.");

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
    }

    /// <summary>Another one of the same, with switches of its own.</summary>
    public Task<IBrowser> LaunchAsync(params string[] switches)
        => _playwright!.Chromium.LaunchAsync(new()
        {
            Args = switches,
            ExecutablePath = Environment.GetEnvironmentVariable("DRASSISTANT_CHROMIUM") ?? "/usr/bin/chromium",

            // Chromium's sandbox refuses to run as root, and containers start as root.
            ChromiumSandbox = Environment.UserName != "root",
        });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>Base of the specifications: a new browser profile each, and what the page complained about meanwhile.</summary>
public abstract class Browsing(PublishedPortal portal, Chromium chromium) : IAsyncLifetime
{
    // What is expected comes, and on a busy machine later: only a broken page waits to the end.
    static Browsing() => Assertions.SetDefaultExpectTimeout(30_000);

    private const int LongestTold = 1_500;

    private readonly List<string> _complaints = [];
    private IBrowserContext? _profile;
    private IPage? _page;

    protected IPage Page => _page ?? throw new InvalidOperationException("The page has not been opened.");

    /// <summary>The machine's Chromium, for another one with switches of its own.</summary>
    protected Chromium Machine => chromium;

    /// <summary>Errors of the console and of scripts, in order.</summary>
    protected IReadOnlyList<string> Complaints => _complaints;

    /// <summary>The demo practice's accounts all have this one.</summary>
    protected string Password => portal.DemoPassword;

    public virtual async ValueTask InitializeAsync()
    {
        _profile = await NewProfileAsync();
        _page = await OpenPageAsync(_profile);
    }

    /// <summary>Another person at another computer.</summary>
    protected Task<IBrowserContext> NewProfileAsync(ColorScheme scheme = ColorScheme.Light)
        => chromium.Browser.NewContextAsync(new()
        {
            BaseURL = portal.Address.ToString(), Locale = "en-IN", ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 },
        });

    /// <summary>A page whose complaints are kept.</summary>
    protected async Task<IPage> OpenPageAsync(IBrowserContext profile)
    {
        var page = await profile.NewPageAsync();
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Add(message.Text);
            }
        };
        return page;
    }

    protected Task SignInAsync(string userName) => SignInAsync(Page, userName, Password);

    protected static async Task SignInAsync(IPage page, string userName, string password)
    {
        await page.GotoAsync("/");
        await FillSignInAsync(page, userName, password);
    }

    /// <summary>On a page that leads to the sign-in form by itself: another address would be overtaken by that.</summary>
    protected static async Task FillSignInAsync(IPage page, string userName, string password)
    {
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Signs in and waits until the first page stands: the next address would otherwise overtake the cookie.</summary>
    protected static async Task SignInAndWaitAsync(IPage page, string userName, string password)
    {
        await SignInAsync(page, userName, password);
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_profile is not null)
        {
            if (TestContext.Current.TestState?.Result is TestResult.Failed)
            {
                await TellAsync(_profile);
            }

            await _profile.CloseAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>What stood on the pages when a specification failed: whoever reads the log was not there.</summary>
    private async Task TellAsync(IBrowserContext profile)
    {
        foreach (var page in profile.Pages)
        {
            var text = await page.EvaluateAsync<string>("() => (document.querySelector('dialog[open]') ?? document.querySelector('main') ?? document.body).innerText");
            TestContext.Current.TestOutputHelper?.WriteLine($"{page.Url} [{string.Join(" | ", _complaints)}]\n{(text.Length <= LongestTold ? text : text[..LongestTold])}");
        }
    }
}
