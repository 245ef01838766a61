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
    public void The_desk_finds_a_person_and_gets_no_way_to_the_chart()
    {
        SignIn(StaffRole.Receptionist);
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laxmi", "Chowdhury")]);

        var page = Render<PatientListPage>();

        Assert.Equal("CHOWDHURY, Laxmi", page.Find(".hit-name").TextContent);
        Assert.Empty(page.FindAll("a.hit"));
    }

    /// <summary>Types, and waits until the pause before this question runs and no earlier one does.</summary>
    private void Type(IRenderedComponent<PatientListPage> page, string text)
    {
        var made = Clock.Timers.Made;
        page.Find("#patient-search").Input(text);
        Assert.True(SpinWait.SpinUntil(() => Clock.Timers == (made + 1, 1), TimeSpan.FromSeconds(10)));
    }
}
