using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Search;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Search;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Search.Pages;

public sealed class SearchingFromEverywhere : PageContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly Guid Patient = Guid.CreateVersion7();
    private static readonly Guid Visit = Guid.CreateVersion7();
    private static readonly Guid Note = Guid.CreateVersion7();
    private static readonly Guid Prescription = Guid.CreateVersion7();

    private int _closed;

    private string Address => Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(Services.GetRequiredService<NavigationManager>().Uri);

    [Fact]
    public void begins_with_the_patients_seen_last_and_the_screens_of_the_role()
    {
        Searching.Find = _ => FakeSearch.Nothing with { Patients = [Day.Hit("Lakshmi", "Chaudhuri") with { Id = Patient, InCare = true }] };

        var palette = Open();

        Assert.Equal(["Seen last", "Screens"], Groups(palette));
        Assert.Equal("", Assert.Single(Searching.Questions).Text);
        Assert.Contains("CHAUDHURI, Lakshmi", palette.Find("#palette-line-0").TextContent, StringComparison.Ordinal);
        palette.Find("#palette-text").KeyDown("Enter");
        Assert.Equal(($"patients/{Patient}", 1), (Address, _closed));
    }

    [Fact]
    public void shows_what_was_found_in_groups_with_marks_and_leads_to_the_exact_place()
    {
        Searching.Find = question => question.Text.Length == 0 ? FakeSearch.Nothing : Found();
        var palette = Open();

        Type(palette, "palpitations");

        palette.WaitForAssertion(() => Assert.Equal(["Notes, 7", "Prescriptions, 1", "Screens"], Groups(palette)));
        Assert.Equal("palpitations", palette.Find(".palette-snippet mark").TextContent);
        Assert.Contains("History", palette.Find(".palette-snippet").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("palpitations", Address, StringComparison.Ordinal);
        palette.Find("#palette-line-0").Click();
        Assert.Equal($"patients/{Patient}?tab=notes&note={Note}", Address);
    }

    [Fact]
    public void is_used_by_the_keys_alone()
    {
        Searching.Find = question => question.Text.Length == 0 ? FakeSearch.Nothing : Found();
        var palette = Open();
        Type(palette, "palpitations");
        palette.WaitForAssertion(() => Assert.Equal(3, Groups(palette).Count));
        var field = palette.Find("#palette-text");

        field.KeyDown("ArrowDown");
        Assert.Equal("palette-line-1", palette.Find("#palette-text").GetAttribute("aria-activedescendant"));
        Assert.Equal("palette-line-1", palette.Find("[aria-selected=true]").Id);
        field.KeyDown("ArrowUp");
        field.KeyDown("PageDown");
        field.KeyDown("Enter");

        Assert.Equal($"patients/{Patient}?tab=medications&prescription={Prescription}", Address);
    }

    [Theory]
    [InlineData(SearchGroup.Orders, "orders")]
    [InlineData(SearchGroup.Results, "results")]
    public void an_order_and_its_results_lead_to_their_own_place_in_the_tab(SearchGroup group, string tab)
    {
        var order = Guid.CreateVersion7();
        Searching.Find = question => question.Text.Length == 0 ? FakeSearch.Nothing : Found() with
        {
            Hits = [Found().Hits[0] with { Group = group, Id = order }],
        };
        var palette = Open();

        Type(palette, "ferritin");
        palette.WaitForAssertion(() => Assert.Equal([PaletteLines.WordOf(group), "Screens"], Groups(palette).Select(name => name.Split(',')[0])));
        palette.Find("#palette-line-0").Click();

        Assert.Equal($"patients/{Patient}?tab={tab}&order={order}", Address);
    }

    [Fact]
    public void a_search_is_kept_by_a_name_asked_again_with_its_filters_and_removed()
    {
        Searching.Find = question => question.Text.Length == 0 ? FakeSearch.Nothing : Found();
        var palette = Open();
        Assert.Empty(palette.FindAll(".palette-saved"));
        Type(palette, "palpitations");
        palette.Find("select[aria-label=Group]").Change(nameof(SearchGroup.Notes));
        palette.FindAll("button").Single(button => button.TextContent == "Save this search").Click();
        // A key is faster than the answer that would enable the button, and Enter does nothing where that is disabled.
        Assert.False(palette.Find(".palette-name [type=submit]").HasAttribute("disabled"));
        palette.Find("#palette-name").Input("Hearts");
        palette.Find(".palette-name").Submit();

        Assert.Equal(("Hearts", "palpitations", SearchGroup.Notes), Assert.Single(SavedSearches.Kept) is var kept ? (kept.Name, kept.Question.Text, kept.Question.Only!.Value) : default);
        Assert.Contains("Saved as “Hearts”.", palette.Find(".palette-saved [role=status]").TextContent, StringComparison.Ordinal);

        var again = Open();
        again.Find(".palette-again").Click();
        again.WaitForAssertion(() => Assert.Equal(("palpitations", SearchGroup.Notes), (Searching.Questions[^1].Text, Searching.Questions[^1].Only)));
        Assert.Equal("palpitations", again.Find("#palette-text").GetAttribute("value"));

        var last = Open();
        last.Find("[aria-label='Remove the saved search Hearts']").Click();
        Assert.Empty(SavedSearches.Kept);
        Assert.Empty(last.FindAll(".palette-kept"));
    }

    [Fact]
    public void a_search_that_cannot_be_kept_says_why_and_keeps_what_was_typed()
    {
        SavedSearches.Refuse = Refusal.Conflict("You have 30 saved searches. Remove one first.");
        var palette = Open();
        Type(palette, "palpitations");
        palette.FindAll("button").Single(button => button.TextContent == "Save this search").Click();
        palette.Find("#palette-name").Input("Hearts");
        palette.Find(".palette-name").Submit();

        Assert.Equal("You have 30 saved searches. Remove one first.", palette.Find("[role=alert]").TextContent);
        Assert.Equal("Hearts", palette.Find("#palette-name").GetAttribute("value"));
    }

    [Fact]
    public void enter_waits_for_the_answer_to_all_that_was_typed()
    {
        Searching.Find = question => question.Text == "palp" ? Found() : FakeSearch.Nothing;
        var palette = Open();

        palette.Find("#palette-text").Input("palp");
        palette.Find("#palette-text").KeyDown("Enter");
        Assert.Equal(0, _closed);
        Clock.Advance(Pause);

        palette.WaitForAssertion(() => Assert.Equal(1, _closed));
        Assert.EndsWith($"note={Note}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void filters_go_with_the_question()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/patients/{Patient}?tab=notes");
        var doctor = new SearchDoctor(Guid.CreateVersion7(), "Dr. Asha Rao");
        Searching.Doctors.Add(doctor);
        var palette = Open();
        Type(palette, "fever");

        palette.WaitForElement($"option[value='{doctor.Id}']");
        palette.Find("select[aria-label=Group]").Change("Notes");
        palette.Find("select[aria-label=Doctor]").Change(doctor.Id.ToString());
        palette.Find("#palette-from").Change("01-Nov-2026");
        palette.Find("input[type=checkbox]").Change(true);

        palette.WaitForAssertion(() => Assert.Equal(
            ("fever", SearchGroup.Notes, doctor.Id, new DateOnly(2026, 11, 1), Patient),
            Searching.Questions[^1] is var q ? (q.Text, q.Only, q.DoctorId, q.From, q.PatientId) : default));
    }

    [Fact]
    public void a_receptionist_has_patients_what_the_desk_does_and_screens_and_no_word_of_anything_else()
    {
        SignIn(StaffRole.Receptionist);
        Searching.Find = _ => FakeSearch.Nothing with { Patients = [Day.Hit("Lakshmi", "Chaudhuri") with { Id = Patient }] };
        var palette = Open();

        Type(palette, "laxmi");

        palette.WaitForAssertion(() => Assert.Equal(["Patients", "Do for Lakshmi Chaudhuri", "Screens"], Groups(palette)));
        Assert.Empty(palette.FindAll(".palette-filters"));
        Assert.Equal("Patients and screens", palette.Find("#palette-text").GetAttribute("placeholder"));
        palette.Find("#palette-line-1").Click();
        Assert.Equal($"appointments?patient={Patient}", Address);
    }

    [Fact]
    public void a_doctor_goes_from_the_first_patient_to_what_they_take()
    {
        Searching.Find = question => question.Text.Length == 0 ? FakeSearch.Nothing : FakeSearch.Nothing with { Patients = [Day.Hit("Lakshmi", "Chaudhuri") with { Id = Patient }] };
        var palette = Open();

        Type(palette, "laxmi");

        palette.WaitForAssertion(() => Assert.Contains("Do for Lakshmi Chaudhuri", Groups(palette)));
        palette.FindAll("[role=option]").Single(line => line.TextContent.Trim() == "Medications").Click();
        Assert.Equal($"patients/{Patient}?tab=medications", Address);
    }

    [Fact]
    public void an_admin_has_screens_and_the_door_is_not_asked()
    {
        SignIn(StaffRole.Admin);
        var palette = Open();

        palette.Find("#palette-text").Input("audit");

        Assert.Empty(Searching.Questions);
        palette.Find("#palette-text").KeyDown("Enter");
        Assert.Equal("admin/audit", Address);
    }

    [Fact]
    public void says_what_cannot_be_searched_at_the_moment_and_what_was_not_found()
    {
        Searching.Find = _ => FakeSearch.Nothing with { IsWhole = false };
        var palette = Open();
        Assert.Contains("cannot be searched at the moment", palette.Find(".palette-notice").TextContent, StringComparison.Ordinal);

        palette.Find("select[aria-label=Group]").Change("Notes");
        Type(palette, "xyzzy");

        palette.WaitForAssertion(() => Assert.StartsWith("Nothing found for “xyzzy”.", palette.Find(".palette-none").TextContent, StringComparison.Ordinal));
    }

    private static SearchAnswer Found() => FakeSearch.Nothing with
    {
        Hits =
        [
            Hit(SearchGroup.Notes, Note) with { Snippets = [new SearchSnippet("History", "Has palpitations.", [new NameMark(4, 12)])] },
            Hit(SearchGroup.Prescriptions, Prescription),
        ],
        Totals = new Dictionary<SearchGroup, long> { [SearchGroup.Notes] = 7, [SearchGroup.Prescriptions] = 1 },
    };

    private static SearchHit Hit(SearchGroup group, Guid id)
        => new(group, id, Patient, Visit, new PersonName("Lakshmi", "Chaudhuri"), "SC24-004812-4", "Note", "signed", "Dr. Asha Rao", Day.Now);

    private static List<string> Groups(IRenderedComponent<SearchPalette> palette) => [.. palette.FindAll("[role=listbox] > [role=group]").Select(g => g.GetAttribute("aria-label")!)];

    private IRenderedComponent<SearchPalette> Open() => Render<SearchPalette>(p => p.Add(x => x.OnClose, () => _closed++));

    private void Type(IRenderedComponent<SearchPalette> palette, string text)
    {
        palette.Find("#palette-text").Input(text);
        Clock.Advance(Pause);
    }
}
