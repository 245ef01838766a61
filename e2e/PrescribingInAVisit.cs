using System.Text.RegularExpressions;
using DrAssistant.E2e.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DrAssistant.E2e;

/// <summary>A doctor prescribes with a few keys, and is stopped where it would harm.</summary>
public sealed class PrescribingInAVisit(PublishedPortal shared, OwnPortal own, Chromium chromium) : Browsing(shared, chromium), IClassFixture<OwnPortal>
{
    /// <summary>Whether these can be touched where they stand: in the screen, with nothing over them.</summary>
    private const string CanBeTouched = """
        selectors => selectors.every(selector => {
          const element = document.querySelector(selector);
          if (!element) return false;
          const box = element.getBoundingClientRect();
          const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12));
          return top !== null && (element.contains(top) || top.contains(element));
        })
        """;

    private const string TilesThatAreTooNarrow = """
        () => [...document.querySelectorAll(".vital-tiles > div")].filter(tile => tile.scrollWidth > tile.clientWidth + 1).map(tile => tile.textContent)
        """;

    private int _keys;

    private ILocator Search => Page.Locator("#rx-search");

    private ILocator Lines => Page.Locator(".rx-line");

    [Fact]
    public async Task three_favourites_take_fewer_than_twenty_keys()
    {
        await StartVisitAsync("dr.kavita.rao");
        await PressAsync("Alt+r");
        foreach (var (typed, name, place) in new[] { ("paracetamol 500 1-0-1 pc 3d", "Paracetamol", 1), ("cetirizine 10 0-0-1 5d", "Cetirizine", 2), ("pantoprazole 40 1-0-0 ac 7d", "Pantoprazole", 3) })
        {
            await Search.PressSequentiallyAsync(typed);
            await Search.PressAsync("Enter");
            await Expect(Lines).ToHaveCountAsync(place);
            await Page.GetByRole(AriaRole.Button, new() { Name = $"Keep {name} as a favourite" }).ClickAsync();
        }

        await Expect(Lines.First.Locator(".rx-words")).ToContainTextAsync("1 tablet twice a day, for 3 days, after food");
        await Expect(Lines.First.Locator(".rx-total")).ToHaveTextAsync("6 tablets");
        for (var left = 2; left >= 0; left--)
        {
            await Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Remove", default, TimeSpan.FromSeconds(1)) }).First.ClickAsync();
            await Expect(Lines).ToHaveCountAsync(left);
        }

        await PressAsync("Alt+r");
        await Expect(Search).ToBeHiddenAsync();
        _keys = 0;
        await PressAsync("Alt+r");
        await Expect(Search).ToBeFocusedAsync();
        await TypeAsync("par", 1);
        await TypeAsync("ce", 2);
        await TypeAsync("pan", 3);

        await Expect(Page.Locator(".rx-safety header")).Not.ToContainTextAsync("Checking");
        Assert.True(_keys < 20, $"{_keys} keys");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task amoxicillin_for_somebody_allergic_to_penicillins_waits_for_a_written_reason()
    {
        await StartVisitAsync("dr.meera.iyer");
        await AddAllergyAsync("penicillin");

        await PressAsync("Alt+r");
        await Search.PressSequentiallyAsync("amoxicillin 500 1-1-1 5d");
        await Search.PressAsync("Enter");

        var hazard = Page.Locator(".rx-hazard").Filter(new() { HasText = "penicillin" });
        await Expect(hazard).ToHaveCountAsync(1);
        var sign = Page.Locator(".rx-foot").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Sign", default, TimeSpan.FromSeconds(1)) });
        await Expect(sign).ToBeDisabledAsync();
        await OverrideAllAsync();
        await Expect(sign).ToBeEnabledAsync();

        await sign.ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Your password")).ToBeVisibleAsync();
        var looked = dialog.GetByLabel("I have checked this myself");
        if (await looked.CountAsync() > 0)
        {
            await looked.CheckAsync();
        }

        await dialog.GetByLabel("Your password").FillAsync(own.Process.DemoPassword);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign 1 medicine" }).ClickAsync();
        await Expect(Page.Locator(".rx-signed")).ToContainTextAsync("AMOXICILLIN");
        await Expect(Page.Locator(".rx-signed .rx-by")).ToContainTextAsync("SHA-256");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Timeline" }).ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Chart" }).GetByRole(AriaRole.Link, new() { Name = "Medications" }).ClickAsync();
        var taken = Page.GetByRole(AriaRole.List, new() { Name = "Taken now" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "AMOXICILLIN" });
        await Expect(taken).ToContainTextAsync("Dr. Meera Iyer");
        var paper = Page.Locator(".chart-rx").First;
        await Expect(paper).ToContainTextAsync("Signed");
        var pdf = await Page.APIRequest.GetAsync(new Uri(new Uri(Page.Url), await paper.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Print", default, TimeSpan.FromSeconds(1)) }).GetAttributeAsync("href")).ToString());
        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"].Split(';')[0]));

        await taken.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await dialog.GetByLabel("Not needed any more").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop it" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.List, new() { Name = "Not taken any more" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "AMOXICILLIN" })).ToContainTextAsync("Not needed any more");
        Assert.Empty(Complaints);
    }

    [Fact]
    public async Task where_there_is_little_room_nothing_stands_on_or_behind_something_else()
    {
        await StartVisitAsync("dr.arjun.menon");
        await Page.Locator(".vitals-strip button").ClickAsync();
        await Page.Locator("#vital-systolic_pressure").FillAsync("132");
        await Page.Locator("#vital-diastolic_pressure").FillAsync("104");
        await Page.Locator("#vital-heart_rate").FillAsync("126");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.Locator(".vital-tiles")).ToContainTextAsync("132/104");
        Assert.Empty(await Page.EvaluateAsync<string[]>(TilesThatAreTooNarrow));
        await PressAsync("Alt+r");
        await Expect(Search).ToBeFocusedAsync();
        Assert.Empty(await Page.EvaluateAsync<string[]>(TilesThatAreTooNarrow));

        await Page.SetViewportSizeAsync(390, 844);
        await Search.FocusAsync();
        await Search.PressSequentiallyAsync("parac");
        await Expect(Page.Locator(".rx-options [role=option]").First).ToBeVisibleAsync();

        await Page.WaitForFunctionAsync(CanBeTouched, new[] { ".rx .note-head h2", ".rx .note-head .icon", "#rx-search", ".rx-options [role=option]" });
        Assert.Empty(Complaints);
    }

    private async Task OverrideAllAsync()
    {
        var open = Page.GetByRole(AriaRole.Button, new() { Name = "Override with a reason…" });
        for (var left = await open.CountAsync(); left > 0; left--)
        {
            await open.First.ClickAsync();
            var dialog = Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Radio).First.CheckAsync();
            await dialog.GetByLabel("What will you do about it?").FillAsync("First dose in the clinic, watched for an hour.");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Override and keep it" }).ClickAsync();
            await Expect(open).ToHaveCountAsync(left - 1);
        }
    }

    private async Task AddAllergyAsync(string substance)
    {
        await Page.Locator(".banner").GetByRole(AriaRole.Button, new() { Name = "Edit" }).Last.ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Allergic to").PressSequentiallyAsync(substance);
        await dialog.GetByRole(AriaRole.Option).Filter(new() { HasText = "group" }).First.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Change Penicillin", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        // The keys of the page are not heard while a dialog is open.
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private async Task TypeAsync(string letters, int lines)
    {
        await Search.PressSequentiallyAsync(letters);
        await Search.PressAsync("Enter");
        _keys += letters.Length + 1;
        await Expect(Lines).ToHaveCountAsync(lines);
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
