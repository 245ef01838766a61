using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

public sealed class ReceptionAtTheDesk(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task has_the_book_for_its_home_and_no_chart()
    {
        await SignInAsync("anil.deshmukh");
        await Expect(Page.GetByRole(AriaRole.Region).Filter(new() { HasText = "Meera Iyer" })).ToBeVisibleAsync();

        await Page.GotoAsync("/patients");
        await Page.Locator("#patient-search").FillAsync("an");

        await Expect(Page.Locator("#patient-hits li").First).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task is_refused_a_chart_even_by_its_address()
    {
        await using var clinical = await NewProfileAsync();
        var doctor = await OpenPageAsync(clinical);
        await SignInAsync(doctor, "dr.meera.iyer", Password);
        var chart = await doctor.Locator("#todays-patients a").First.GetAttributeAsync("href");

        await SignInAsync("anil.deshmukh");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.GotoAsync(chart!);

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Your role does not include this page" })).ToBeVisibleAsync();
        Assert.Equal(0, await Page.Locator(".banner, .timeline").CountAsync());
    }
}
