using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Notes.Pages;

/// <summary>Ready-made texts of one's own, on their page and in the note.</summary>
public sealed class MyTexts : PageContext
{
    public MyTexts()
    {
        Texts.Shortcuts.Add(new(".mine", "As agreed", NoteSection.Plan, IsOwn: true));
        Texts.Shortcuts.Add(new(".nad", "No abnormality detected", NoteSection.Any, IsOwn: false));
        Texts.Templates.Add(new("general", "General medicine", new() { Plan = new() { FollowUp = "In *** days" } }, IsOwn: false));
    }

    [Fact]
    public void A_shortcut_is_tried_and_then_kept()
    {
        var page = Render<MyTextsPage>();
        Button(page, "New shortcut").Click();
        page.Find("#shortcut-key").Input(".ok");
        page.Find("#shortcut-text").Input("All well, *** asked");

        page.Find("#shortcut-try").Input("Today .ok and .nad");

        Assert.Equal("Today All well, *** asked and No abnormality detected", page.Find("#shortcut-tried").TextContent);
        page.Find("form").Submit();
        Assert.Equal(new TextShortcut(".ok", "All well, *** asked", NoteSection.Any, IsOwn: true), Texts.Shortcuts[0]);
        Assert.Empty(page.FindAll("form"));
        Assert.Equal(3, page.FindAll(".text-list li").Count);
    }

    [Fact]
    public void What_is_wrong_stands_beside_its_field_and_what_was_typed_stays()
    {
        var page = Render<MyTextsPage>();
        Button(page, "New shortcut").Click();
        page.Find("#shortcut-text").Input("All well");
        Texts.Refusal = Refusal.Invalid("A key is a point and 2 to 19 letters.", nameof(TextShortcutDraft.Key));

        page.Find("form").Submit();

        Assert.Equal(("true", "A key is a point and 2 to 19 letters."), (page.Find("#shortcut-key").GetAttribute("aria-invalid"), page.Find("#shortcut-key-error").TextContent.Trim()));
        Assert.Equal("All well", page.Find("#shortcut-text").GetAttribute("value"));
    }

    [Fact]
    public void Another_key_takes_the_place_of_the_one_before_and_never_of_another_of_ones_own()
    {
        Texts.Shortcuts.Add(new(".other", "Something", NoteSection.Any, IsOwn: true));
        var page = Render<MyTextsPage>();
        page.Find("[aria-label='Edit .mine']").Click();
        page.Find("#shortcut-key").Input(".other");
        page.Find("form").Submit();
        Assert.Contains("You have a shortcut .other already", page.Find("#shortcut-key-error").TextContent, StringComparison.Ordinal);

        page.Find("#shortcut-key").Input(".agreed");
        page.Find("form").Submit();

        Assert.Equal([".agreed", ".nad", ".other"], Texts.Shortcuts.Select(s => s.Key));
    }

    [Fact]
    public void The_practices_is_made_ones_own_and_ones_own_is_put_away_when_that_was_asked()
    {
        var page = Render<MyTextsPage>();
        page.Find("[aria-label='Make my own of .nad']").Click();
        Assert.Contains("takes the place of the practice's", page.Find("form").TextContent, StringComparison.Ordinal);

        page.Find("[aria-label='Put away .mine']").Click();
        Assert.Equal(2, Texts.Shortcuts.Count);
        Button(page, "Yes, put away").Click();

        Assert.Equal(".nad", Assert.Single(Texts.Shortcuts).Key);
        Assert.Contains(".mine is put away", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_is_written_field_by_field_and_read_as_a_note()
    {
        var page = Render<MyTextsPage>();
        Button(page, "Templates").Click();
        page.Find("[aria-label='Make my own of General medicine']").Click();
        Assert.Equal("My General medicine", page.Find("#template-name").GetAttribute("value"));
        Assert.Empty(page.FindAll("#template-assessment-diagnoses"));
        page.Find("#template-plan-treatments").Input("Warm fluids\nRest");

        Button(page, "Try it").Click();
        Assert.Contains("In *** days", page.Find(".text-tried").TextContent, StringComparison.Ordinal);
        page.Find("form").Submit();

        var kept = Texts.Templates[0];
        Assert.Equal(("My General medicine", true, "In *** days"), (kept.Name, kept.IsOwn, kept.Content.Plan!.FollowUp));
        Assert.Equal(["Warm fluids", "Rest"], kept.Content.Plan.Treatments);
        Assert.Equal("general", Texts.Templates[1].Id);
    }

    [Fact]
    public void The_text_of_a_note_becomes_a_template_under_a_name()
    {
        var (encounter, sunita) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        JSInterop.SetupModule(call => call.Identifier == "import").SetupModule("open", _ => true).Setup<bool>("saveNow").SetResult(true);
        Encounters.Open = id => VisitOf.Sunita(id, sunita, EncounterStatus.InProgress);
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));
        Notes.Note = FakeNotes.Draft(encounter, sunita, new SoapContent { Plan = new() { FollowUp = "In 5 days" } });
        var page = Render<VisitPage>(p => p.Add(x => x.EncounterId, encounter));

        page.Find(".note-pick select").Change("save");
        page.Find("#save-template-name").Input("Five days");
        page.Find("dialog form").Submit();

        Assert.Equal(("Five days", "In 5 days"), (Texts.Templates[0].Name, Texts.Templates[0].Content.Plan!.FollowUp));
        Assert.Contains(page.FindAll(".note-pick option"), option => option.TextContent == "Five days (mine)");
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MyTextsPage> page, string words) => page.FindAll("button").Single(b => b.TextContent.Trim() == words);
}
