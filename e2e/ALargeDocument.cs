using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>25 MB go up in parts, over a line that breaks and a page that is reloaded, into a real S3 server, and come back byte for byte.</summary>
public sealed class ALargeDocument(PublishedPortal shared, Chromium chromium) : Browsing(shared, chromium)
{
    private const int Parts = 26;

    private readonly S3Server _s3 = new();
    private readonly PortalProcess _portal = new();
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"echo_report_{Guid.CreateVersion7():N}.pdf");
    private readonly List<string> _taken = [];

    public override async ValueTask InitializeAsync()
    {
        await _s3.StartAsync();
        await _portal.StartAsync(PublishedPortal.Folder, _s3.Settings);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _portal.DisposeAsync();
        await _s3.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task goes_up_with_progress_over_a_line_that_breaks_and_comes_back_as_it_was()
    {
        var content = LargePdf();
        await File.WriteAllBytesAsync(_file, content, TestContext.Current.CancellationToken);
        await OpenChartAsync();
        await CountPartsAsync(breakAt: 5, stopAt: 14);

        await Page.Locator("#document-files").SetInputFilesAsync(_file);
        var line = Page.Locator(".uploads[data-rows] .upload");
        await Expect(line.Locator(".upload-state")).ToHaveTextAsync(new Regex(@"^5[0-9] % of 25(?:\.\d)? MB$", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 120_000 });
        Assert.InRange(await line.Locator("progress").EvaluateAsync<double>("bar => bar.value"), 50, 59);

        // The part after that never arrives: the page is closed over it.
        await Page.UnrouteAllAsync();
        Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await Page.ReloadAsync();
        await CountPartsAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(Page.Locator(".uploads-left")).ToContainTextAsync(" MB of 25 MB arrived");
        await Page.Locator("#document-files").SetInputFilesAsync(_file);
        await Expect(line.Locator(".upload-state")).ToHaveTextAsync("Added", new() { Timeout = 120_000 });

        // No part was taken twice; what was on its way while the page was reloaded arrived without being counted here.
        Assert.InRange(_taken.Count, Parts - 4, Parts);
        Assert.Equal(_taken.Count, _taken.Distinct().Count());

        await Expect(Page.Locator(".document")).ToHaveCountAsync(1);
        await Page.Locator(".document-open").ClickAsync();
        await Expect(Page.Locator("iframe.document-pdf")).ToBeVisibleAsync();
        await Expect(Page.Locator(".document-list")).ToContainTextAsync("PDF, 1 page, 25");
        await Expect(Page.GetByText("object store")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        Assert.Contains(await _s3.LengthsAsync(), length => length > content.Length);

        var address = new Uri(_portal.Address, await Page.Locator("iframe.document-pdf").GetAttributeAsync("src"));
        var whole = await Page.Context.APIRequest.GetAsync(address.ToString());
        Assert.Equal(Convert.ToHexString(SHA256.HashData(content)), Convert.ToHexString(SHA256.HashData(await whole.BodyAsync())));
        var range = await Page.Context.APIRequest.GetAsync(address.ToString(), new() { Headers = new Dictionary<string, string> { ["Range"] = "bytes=20000000-20000999" } });
        Assert.Equal(content[20_000_000..20_001_000], await range.BodyAsync());
    }

    /// <summary>One page, and behind it 25 MB that no page shows.</summary>
    private static byte[] LargePdf()
    {
        const string Words = "BT /F1 18 Tf 72 720 Td (Echocardiography of 30 October) Tj ET";
        var head = $"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n"
            + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>\nendobj\n"
            + "4 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
            + $"5 0 obj\n<< /Length {Words.Length} >>\nstream\n{Words}\nendstream\nendobj\n6 0 obj\n<< /Length 26214400 >>\nstream\n";
        return [.. Encoding.ASCII.GetBytes(head), .. RandomNumberGenerator.GetBytes(26_214_400), .. "\nendstream\nendobj\ntrailer\n<< /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n"u8];
    }

    private async Task OpenChartAsync()
    {
        await SignInAsync(Page, _portal.Address.ToString(), "dr.meera.iyer", _portal.DemoPassword);
        // Somebody who is in care with this doctor: of anybody else only the name is shown.
        await Page.Locator("a[href*='/patients/'][href*='-']").First.ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart" }).GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await Expect(Page.GetByText("No documents yet.")).ToBeVisibleAsync();
        await Page.Locator(".documents-panel .end").ClickAsync();
        await Expect(Page.Locator("#document-files")).ToBeAttachedAsync();
    }

    /// <summary>Counts the parts that the portal takes. The line breaks once at one part, and from another on nothing gets through any more.</summary>
    private Task CountPartsAsync(int? breakAt = null, int? stopAt = null)
    {
        var broke = false;
        return Page.RouteAsync(new Regex("/documents/uploads/[^/]+/parts/", RegexOptions.None, TimeSpan.FromSeconds(1)), async route =>
        {
            var number = int.Parse(route.Request.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            if (number >= stopAt)
            {
                return;
            }

            if (number == breakAt && !broke)
            {
                broke = true;
                await route.AbortAsync("connectionreset");
                return;
            }

            var answer = await route.FetchAsync();
            if (answer.Ok)
            {
                _taken.Add(route.Request.Url);
            }

            await route.FulfillAsync(new() { Response = answer });
        });
    }

    private static async Task SignInAsync(IPage page, string address, string userName, string password)
    {
        await page.GotoAsync(address);
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
    }
}
