using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor orders a set and an X-ray with a few keys, signs them together, and stands in the chart with them.</summary>
public sealed class OrderingInAVisit(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    private static readonly Regex OrderNumber = new(@"OR-\d{2}-\d{6}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private int _keys;

    private ILocator Items => Page.Locator(".order-item");

    [Fact]
    public async Task a_fever_work_up_and_a_chest_x_ray_take_ten_keys_signature_and_all()
    {
        await StartVisitAsync("dr.imran.qureshi");
        await PressAsync("Alt+o");
        await Expect(Page.Locator("#order-search")).ToBeFocusedAsync();

        await TakeAsync("fev");
        await Expect(Items).Not.ToHaveCountAsync(0);
        var tests = await Items.CountAsync();
        await TakeAsync("cxr");
        await Expect(Items).ToHaveCountAsync(tests + 1);
        await PressAsync("Alt+g");

        var signed = Page.Locator(".order-signed");
        await Expect(signed).ToHaveCountAsync(2);
        Assert.True(tests > 3, $"The set has {tests} tests.");
        Assert.True(_keys <= 10, $"{_keys} keys");
        await Expect(signed.First).ToContainTextAsync(OrderNumber);
        await Expect(signed.Last).ToContainTextAsync("X-ray chest");

        var paper = await Page.Context.APIRequest.GetAsync(new Uri(own.Process.Address, (await signed.First.GetByRole(AriaRole.Link).First.GetAttributeAsync("href"))!).ToString());
        Assert.Equal("application/pdf", paper.Headers["content-type"]);
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString((await paper.BodyAsync())[..4]), StringComparison.Ordinal);

        await Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart" }).GetByRole(AriaRole.Link, new() { Name = "Orders", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".order-signed").Filter(new() { HasText = "X-ray chest" }).First).ToContainTextAsync(OrderNumber);
        Assert.Empty(Complaints);
    }

    private async Task TakeAsync(string letters)
    {
        await Page.Keyboard.TypeAsync(letters);
        await Expect(Page.Locator("#order-options li").First).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Enter");
        _keys += letters.Length + 1;
        await Expect(Page.Locator("#order-search")).ToHaveValueAsync("");
    }

    private async Task PressAsync(string key)
    {
        _keys++;
        await Page.Keyboard.PressAsync(key);
    }

    private async Task StartVisitAsync(string doctor)
    {
        await Page.GotoAsync(own.Process.Address.ToString());
        await Page.GetByLabel("User name or e-mail").FillAsync(doctor);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(own.Process.DemoPassword);
        await Page.Keyboard.PressAsync("Enter");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start visit" }).ClickAsync();
        await Expect(Page.Locator("[data-note-state]")).ToContainTextAsync("Saved");
    }
}
