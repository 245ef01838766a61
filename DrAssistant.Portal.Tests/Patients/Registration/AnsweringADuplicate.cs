using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients.Registration;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients.Registration;

public sealed class AnsweringADuplicate : RegisterPageContext
{
    [Fact]
    public void Duplicates_are_looked_for_when_the_fingers_rest()
    {
        var page = Render<RegisterPage>();

        Typed(page, "#reg-full-name", "Lax");
        Typed(page, "#reg-full-name", "Laxmi");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal(["Laxmi"], Registration.Questions.Select(q => q.FullName)));
        page.WaitForAssertion(() => Assert.Contains("Nobody alike found.", page.Find("aside").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_hit_says_why_and_how_likely_it_is()
    {
        var page = WithHit(Drafts.Duplicate());

        var hit = page.Find(".reg-dup");
        Assert.Equal(["CHAUDHURI, Lakshmi", "very likely"], hit.QuerySelectorAll("strong, .chip").Select(e => e.TextContent));
        Assert.Contains("SC24-004812-4 · last here 12-Aug-2026", hit.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Same birth date, 14-Mar-1980", "Name sounds alike"], hit.QuerySelectorAll("li").Select(e => e.TextContent));
    }

    [Fact]
    public void Two_very_likely_ones_may_be_compared_with_each_other()
    {
        var (one, other) = (Drafts.Duplicate(), Drafts.Duplicate("Laxmi", "Chowdhury"));
        Registration.Duplicates = _ => Day.Answer(new DuplicateAnswer([one, other], 2));
        var page = Render<RegisterPage>();
        Typed(page, "#reg-full-name", "Laxmi");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal(
            $"/patients/merge/{one.Id}/{other.Id}", page.FindAll("aside a").Single(a => a.TextContent.Contains("Compare them", StringComparison.Ordinal)).GetAttribute("href")));
    }

    [Fact]
    public void A_search_for_duplicates_that_fails_does_not_stop_the_desk()
    {
        Registration.Duplicates = _ => throw new TimeoutException();
        var page = Render<RegisterPage>();
        Typed(page, "#reg-full-name", "Laxmi");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Contains("Could not look for duplicates just now. Saving looks again.", page.Find("aside").TextContent, StringComparison.Ordinal));
        Assert.False(Button(page, "Save").HasAttribute("disabled"));
    }

    [Fact]
    public void Telling_apart_asks_why_and_can_be_taken_back()
    {
        var duplicate = Drafts.Duplicate();
        var page = WithHit(duplicate);

        Button(page, "Not the same").Click();
        page.WaitForAssertion(() => page.Find("#reg-why"));
        page.Find("#reg-why").Input("Twin sister");
        Fill(page);
        Save(page);

        var draft = Assert.Single(Registration.Registered);
        Assert.Equal([duplicate.Id], draft.ToldApart);
        Assert.Equal("Twin sister", draft.ToldApartReason);
    }

    [Fact]
    public void Undoing_an_answer_brings_the_question_back()
    {
        var page = WithHit(Drafts.Duplicate());
        Button(page, "Not the same").Click();

        page.Find(".reg-dup .linkbtn").Click();

        Assert.Empty(page.FindAll("#reg-why"));
        Assert.NotNull(Button(page, "Not the same"));
    }

    [Fact]
    public void Using_a_record_leads_the_desk_to_its_form_and_the_doctor_to_its_chart()
    {
        var duplicate = Drafts.Duplicate();
        Button(WithHit(duplicate), "Use this record").Click();
        Assert.EndsWith($"/patients/{duplicate.Id}/edit", Address, StringComparison.Ordinal);

        SignIn(StaffRole.Doctor);
        Button(WithHit(duplicate), "Use this record").Click();
        Assert.EndsWith($"/patients/{duplicate.Id}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void What_saving_finds_is_shown_with_what_was_typed()
    {
        var duplicate = Drafts.Duplicate();
        Registration.Register = _ => Task.FromResult<Result<RegisteredPatient>>(new DuplicatesFound([duplicate]));
        var page = Render<RegisterPage>();
        Fill(page);

        Save(page);

        page.WaitForAssertion(() => Assert.StartsWith("This person may be here already.", page.Find(".reg-why").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal("CHAUDHURI, Lakshmi", page.Find(".reg-dup strong").TextContent);
        Assert.Equal("Laxmi Choudhary", Value(page, PatientField.FullName));
    }

    [Fact]
    public void It_is_said_once_beside_who_looks_alike_and_goes_with_the_answer()
    {
        Registration.Register = _ => Task.FromResult<Result<RegisteredPatient>>(new DuplicatesFound([Drafts.Duplicate()]));
        var page = Render<RegisterPage>();
        Assert.Empty(page.FindAll(".reg-note"));
        Fill(page);
        Save(page);
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".reg-note")));
        Assert.Empty(page.FindAll(".notice.bad"));

        Button(page, "Not the same").Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".reg-note")));
        Assert.DoesNotContain("may be here already", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_answer_leads_the_keyboard_to_what_is_asked_next()
    {
        var page = WithHit(Drafts.Duplicate());

        Button(page, "Not the same").Click();
        page.WaitForAssertion(() => Assert.Equal("reg-why", LastFocus()));

        page.Find(".reg-dup .linkbtn").Click();
        page.WaitForAssertion(() => Assert.Equal(page.Find(".reg-dup .btn.primary").Id, LastFocus()));

        string? LastFocus() => JSInterop.Invocations["clinicDialog.focus"] is [.., var last] ? last.Arguments[0]?.ToString() : null;
    }
}
