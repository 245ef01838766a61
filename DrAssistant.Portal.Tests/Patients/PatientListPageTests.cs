using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class PatientListPageTests : PageContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    [Fact]
    public void Typing_asks_once_when_the_fingers_rest()
    {
        var page = Render<PatientListPage>();

        Type(page, "l");
        Type(page, "la");
        Clock.Advance(Pause / 2);
        Type(page, "lax");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal(["", "lax"], Patients.Questions));
    }

    [Fact]
    public void An_older_answer_never_replaces_a_newer_one()
    {
        var answers = new Dictionary<string, TaskCompletionSource<Result<IReadOnlyList<PatientHit>>>>
        {
            ["la"] = new(TaskCreationOptions.RunContinuationsAsynchronously),
            ["lax"] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };
        var page = Render<PatientListPage>();
        Patients.Find = question => answers[question].Task;
        Type(page, "la");
        Clock.Advance(Pause);
        page.WaitForState(() => Patients.Questions.Contains("la"));
        Type(page, "lax");
        Clock.Advance(Pause);
        page.WaitForState(() => Patients.Questions.Contains("lax"));

        answers["lax"].SetResult(new List<PatientHit> { Day.Hit("Laxmi", "Chowdhury") });
        page.WaitForAssertion(() => Assert.Equal("CHOWDHURY, Laxmi", page.Find(".hit-name").TextContent));
        answers["la"].SetResult(new List<PatientHit> { Day.Hit("Lata", "Rao") });

        // The late answer has had its turn when a later render has happened.
        page.Render();
        Assert.Equal("CHOWDHURY, Laxmi", Assert.Single(page.FindAll(".hit-name")).TextContent);
    }

    [Fact]
    public void What_was_typed_does_not_go_into_the_address()
    {
        var page = Render<PatientListPage>();

        page.Find("#patient-search").Input("laxmi");
        Clock.Advance(Pause);

        page.WaitForState(() => Patients.Questions.Contains("laxmi"));
        Assert.DoesNotContain("laxmi", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_from_the_top_bar_is_asked_at_once()
    {
        Services.GetRequiredService<PatientQuestion>().Ask("laxmi");

        var page = Render<PatientListPage>();

        Assert.Equal(["laxmi"], Patients.Questions);
        Assert.Equal("laxmi", page.Find("#patient-search").GetAttribute("value"));
    }

    [Fact]
    public void It_begins_with_who_is_still_to_come_for_those_who_chose_that_and_finds_as_ever()
    {
        Preferences.Mine = Preferences.Mine with { DefaultViews = new(PatientList: "appointments") };
        Patients.Coming.Add(Day.Hit("Laxmi", "Chowdhury"));

        var page = Render<PatientListPage>();

        page.WaitForAssertion(() => Assert.Equal("Still to come today, 1", page.Find(".search-said").TextContent));
        Assert.Empty(Patients.Questions);
        Type(page, "lata");
        Clock.Advance(Pause);
        page.WaitForAssertion(() => Assert.Equal(["lata"], Patients.Questions));
    }

    [Fact]
    public void Nothing_found_says_what_was_asked_and_what_to_try()
    {
        var page = Render<PatientListPage>();

        page.Find("#patient-search").Input("xyz");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.StartsWith("Nothing found for “xyz”.", page.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_search_that_fails_says_so_and_what_was_typed_stays()
    {
        var page = Render<PatientListPage>();
        Patients.Find = _ => throw new TimeoutException();

        page.Find("#patient-search").Input("laxmi");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Contains("The search could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("laxmi", page.Find("#patient-search").GetAttribute("value"));
    }

    [Fact]
    public void The_desk_finds_a_person_with_what_it_does_and_gets_no_way_to_the_chart()
    {
        SignIn(StaffRole.Receptionist);
        var hit = Day.Hit("Laxmi", "Chowdhury") with
        {
            PhoneMasked = "98450 ••• 27", Matched = [new NameMark(11, 3)], FoundAs = new FormerIdentity(new PersonName("Lakshmi", "Chaudhuri"), "SC24-004812-4"),
        };
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([hit]);

        var page = Render<PatientListPage>();

        Assert.Equal("CHOWDHURY, Laxmialso known as CHAUDHURI, Lakshmi, SC24-004812-4", page.Find(".hit-name").TextContent);
        Assert.Equal("Lax", page.Find("mark").TextContent);
        Assert.Equal("Phone 98450 ••• 27", page.Find(".hit-phone").TextContent);
        Assert.Equal(
            [$"/patients/{hit.Id}/edit", $"/appointments?patient={hit.Id}", $"/queue?walkin={hit.Id}", $"/patients/{hit.Id}/edit"],
            page.FindAll(".hit-row a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Two_records_are_compared_by_choosing_one_and_finding_the_other()
    {
        SignIn(StaffRole.Receptionist);
        var (one, other) = (Day.Hit("Laxmi", "Chowdhury"), Day.Hit("Lakshmi", "Chaudhuri"));
        Patients.Find = question => Day.Answer<IReadOnlyList<PatientHit>>(question.Length == 0 ? [one] : [other, one]);
        var page = Render<PatientListPage>();

        page.FindAll(".hit-do button").Single(b => b.TextContent == "Same person?").Click();
        Assert.Contains("Laxmi Chowdhury", page.Find(".notice.info").TextContent, StringComparison.Ordinal);
        page.Find("#patient-search").Input("lakshmi");
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal($"/patients/merge/{one.Id}/{other.Id}", page.Find(".hit-do a.primary").GetAttribute("href")));
        page.FindAll(".hit-do button").Single(b => b.TextContent == "Not now").Click();
        Assert.Empty(page.FindAll(".notice.info"));
    }

    [Fact]
    public void Whether_two_are_the_same_person_is_asked_aloud_only_where_they_look_alike()
    {
        SignIn(StaffRole.Receptionist);
        var stranger = Day.Hit("Ravi", "Teja") with { DateOfBirth = new DateOnly(1970, 1, 1) };
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laxmi", "Chowdhury"), stranger, Day.Hit("Lakshmi", "Chaudhuri")]);

        var page = Render<PatientListPage>();

        Assert.Equal([true, false, true], page.FindAll(".hit-do .same").Select(b => b.ClassList.Contains("alike")));
    }

    [Fact]
    public void Inactive_patients_are_shown_when_asked_for_and_say_so()
    {
        SignIn(StaffRole.Receptionist);
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laxmi", "Chowdhury") with { Status = PatientStatus.Inactive }]);
        var page = Render<PatientListPage>();

        page.Find("input[type=checkbox]").Change(true);

        page.WaitForAssertion(() => Assert.Equal([false, true], Patients.AlsoInactive));
        Assert.Equal("Inactive", page.Find(".hit-care .chip").TextContent);
        Assert.DoesNotContain("Book", page.Find(".hit-do").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_not_found_or_not_among_them_is_registered_with_what_was_typed()
    {
        SignIn(StaffRole.Receptionist);
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laxmi", "Chowdhury")]);
        var page = Render<PatientListPage>();
        Assert.Empty(page.FindAll(".search-new"));

        page.Find("#patient-search").Input("lakshmi rao");
        Clock.Advance(Pause);

        page.WaitForState(() => page.FindAll(".search-new a").Count == 1);
        Assert.Equal("Register “lakshmi rao” as new", page.Find(".search-new a").TextContent);
        page.Find(".search-new a").Click();
        Assert.Equal("lakshmi rao", Services.GetRequiredService<PatientQuestion>().TakeCarried());
    }

    [Fact]
    public void A_nurse_finds_and_opens_and_does_nothing_of_the_desk()
    {
        SignIn(StaffRole.Nurse);
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laxmi", "Chowdhury")]);

        var page = Render<PatientListPage>();

        Assert.StartsWith("/patients/", page.Find("a.hit").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".hit-do"));
    }

    /// <summary>Types, and waits until the pause before this question runs and no earlier one does.</summary>
    private void Type(IRenderedComponent<PatientListPage> page, string text)
    {
        var made = Clock.Timers.Made;
        page.Find("#patient-search").Input(text);
        Assert.True(SpinWait.SpinUntil(() => Clock.Timers == (made + 1, 1), TimeSpan.FromSeconds(10)));
    }
}
