using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>Somebody on the telephone asks for a patient whose name one can hardly spell; a doctor looks for a word that stands in some note.</summary>
public sealed class SearchingFromEverywhere(PublishedPortal portal, Chromium chromium) : Browsing(portal, chromium)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task opens_the_chart_of_a_misspelt_name_and_finds_words_of_notes_by_the_keys_alone()
    {
        await SignInAndWaitAsync(Page, "dr.meera.iyer", Password);
        await Page.GotoAsync("/tasks");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Tasks" })).ToBeVisibleAsync();
        await AskAsync("gita bat");
        var first = Page.Locator(".palette-line").First;
        await Expect(first).ToContainTextAsync("BHAT, Geetha");
        var found = await Page.RunAxe();
        Assert.Empty(found.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("/patients/[0-9a-f-]{36}", default, Moment));
        await Expect(Page.Locator(".banner-name")).ToContainTextAsync("Bhat", new() { IgnoreCase = true });
        await Expect(Page.Locator(".palette")).ToHaveCountAsync(0);

        await AskAsync("metformin");
        var notes = Page.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^Notes", default, Moment) });
        await Expect(notes.Locator("mark").First).ToHaveTextAsync("Metformin", new() { IgnoreCase = true });
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.Locator(".palette")).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task gives_the_desk_patients_and_screens_and_no_word_of_a_note()
    {
        await SignInAndWaitAsync(Page, "anil.deshmukh", Password);
        await AskAsync("gita bat");
        await Expect(Page.Locator(".palette-line").First).ToContainTextAsync("BHAT, Geetha");

        await Page.Locator("#palette-text").FillAsync("metformin");

        await Expect(Page.Locator(".palette-line").First).ToContainTextAsync("metformin");
        await Expect(Page.GetByRole(AriaRole.Group, new() { NameRegex = new Regex("^(?:Notes|Prescriptions|Orders|Results)", default, Moment) })).ToHaveCountAsync(0);
        Assert.Empty(Complaints);
    }

    private async Task AskAsync(string question)
    {
        await Page.Keyboard.PressAsync("Control+k");
        await Expect(Page.Locator("#palette-text")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync(question);
    }
}
