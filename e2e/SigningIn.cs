using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

public sealed class SigningIn(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    private const string NotRight = "The name or the password is not right, or the account is locked. Check both and try again.";

    private ILocator Message => Page.GetByRole(AriaRole.Alert);

    [Fact]
    public async Task leads_a_doctor_to_the_day()
    {
        await SignInAsync("dr.kavita.rao");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Dr. Rao");
        await Expect(Page).ToHaveTitleAsync(new Regex("Dr\\. Assistant", default, TimeSpan.FromSeconds(1)));
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task with_a_wrong_password_says_one_thing_and_keeps_the_name()
    {
        await SignInAsync(Page, "dr.kavita.rao", "not the password at all");

        await Expect(Message).ToContainTextAsync(NotRight);
        await Expect(Page.GetByLabel("User name or e-mail")).ToHaveValueAsync("dr.kavita.rao");
        await Expect(Page.GetByLabel("Password", new() { Exact = true })).ToHaveValueAsync("");
        await Expect(Page.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task as_somebody_who_does_not_exist_says_the_same()
    {
        await SignInAsync(Page, "nobody.here", "not the password at all");

        await Expect(Message).ToContainTextAsync(NotRight);
    }

    [Fact]
    public async Task is_locked_after_five_wrong_passwords_even_for_the_right_one()
    {
        for (var guess = 0; guess < 5; guess++)
        {
            await SignInAsync(Page, "sunita.pawar", $"a wrong guess number {guess}");
            await Expect(Message).ToContainTextAsync(NotRight);
        }

        await SignInAsync(Page, "sunita.pawar", Password);

        await Expect(Message).ToContainTextAsync(NotRight);
    }

    [Fact]
    public async Task ends_with_signing_out_and_the_back_button_shows_nothing()
    {
        await SignInAsync("dr.arjun.menon");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Dr. Menon");

        await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Dr\\. Arjun Menon", default, TimeSpan.FromSeconds(1)) }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Page.GoBackAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }
}
