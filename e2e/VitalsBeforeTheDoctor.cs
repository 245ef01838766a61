using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>What a nurse measures, at the keyboard from top to bottom, and the doctor who has the chart open at another computer.</summary>
public sealed class VitalsBeforeTheDoctor(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    [Fact]
    public async Task are_typed_from_top_to_bottom_and_appear_in_the_doctors_chart()
    {
        await SignInAsync("mary.thomas");
        var chart = await AWaitingPatientAsync();
        await using var practice = await NewProfileAsync();
        var doctor = await OpenPageAsync(practice);
        await SignInAsync(doctor, "dr.meera.iyer", Password);
        await Expect(doctor.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await doctor.GotoAsync($"{chart}?tab=vitals");
        await Expect(doctor.GetByRole(AriaRole.Button, new() { Name = "Record vitals" })).ToBeVisibleAsync();

        await Page.GotoAsync($"{chart}?tab=vitals");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Record vitals" }).ClickAsync();
        await Expect(Page.Locator("#vital-systolic_pressure")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("117/73");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.Locator("#vital-diastolic_pressure")).ToHaveValueAsync("73");
        await Page.Keyboard.PressAsync("Enter");
        await Page.Keyboard.TypeAsync("999");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("cannot be right")).ToBeVisibleAsync();
        await Expect(Page.Locator("#vital-temperature")).ToBeFocusedAsync();
        await Page.Locator("#vital-heart_rate").FillAsync("91");
        await Page.Keyboard.PressAsync("Control+Enter");

        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(doctor.GetByText("117/73\u00A0mmHg").First).ToBeVisibleAsync();
        await Expect(doctor.GetByText("91\u00A0/min").First).ToBeVisibleAsync();
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task are_not_lost_to_a_slip_on_escape()
    {
        await SignInAsync("mary.thomas");
        await Page.GotoAsync($"{await AWaitingPatientAsync()}?tab=vitals");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Record vitals" }).ClickAsync();
        await Page.Locator("#vital-heart_rate").PressSequentiallyAsync("88");
        await Page.Keyboard.PressAsync("Tab");

        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();

        await Expect(Page.Locator("#vital-heart_rate")).ToHaveValueAsync("88");
    }

    /// <summary>The chart of somebody who waits for Dr. Iyer: in the care of both.</summary>
    private async Task<string> AWaitingPatientAsync()
    {
        await Expect(Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).ToBeVisibleAsync();
        await Page.GotoAsync("/queue");
        return (await Page.Locator(".ticket", new() { HasText = "Dr. Iyer" }).Locator("a[href^='/patients/']").First.GetAttributeAsync("href"))!;
    }
}
