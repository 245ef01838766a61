using Bunit;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Components.Dashboard;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class DoctorTodayPageTests : PageContext
{
    private static readonly DayVisit Imran = Day.Visit(
        "Imran", "Sheikh", Day.At(10, 30), AppointmentStatus.CheckedIn, waited: 6, AppointmentType.Urgent, "chest tightness", "A08");

    private static readonly DayVisit Lakshmi = Day.Visit("Lakshmi", "Chaudhuri", Day.At(11, 15), AppointmentStatus.Scheduled);

    private static readonly DayVisit Anil = Day.Visit("Anil", "Deshmukh", Day.At(10, 0), AppointmentStatus.Completed);

    public DoctorTodayPageTests() => Dashboard.Today = () => Day.Answer(Day.Of(Anil, Imran, Lakshmi));

    [Fact]
    public void Shows_who_is_next_what_to_know_of_them_and_how_the_day_stands()
    {
        var page = Render<HomePage>();

        var next = page.Find(".next");
        Assert.Equal("Good morning, Dr. Iyer", page.Find("h1").TextContent);
        Assert.Contains("Thursday 05-Nov-2026 · 1 seen, 2 to see", page.Find(".page-head").TextContent, StringComparison.Ordinal);
        Assert.Equal("Imran Sheikh", next.QuerySelector("h2")?.TextContent);
        Assert.Contains("waiting 6\u00A0min", next.TextContent, StringComparison.Ordinal);
        Assert.Contains("PENICILLIN", next.TextContent, StringComparison.Ordinal);
        Assert.Contains("Vitals 10:38 by Sr. Mary: BP 168/102", Flat(next.TextContent), StringComparison.Ordinal);
        Assert.Equal(["1 of 3", "1", "0", "0"], page.FindAll(".figure-value").Select(f => f.TextContent));
    }

    [Fact]
    public void Lists_those_to_see_and_on_request_everybody()
    {
        var page = Render<HomePage>();
        Assert.Equal(["Imran Sheikh", "Lakshmi Chaudhuri"], page.FindAll(".visits a").Select(a => a.TextContent));

        page.FindAll(".seg button")[2].Click();

        Assert.Equal(["Anil Deshmukh", "Imran Sheikh", "Lakshmi Chaudhuri"], page.FindAll(".visits a").Select(a => a.TextContent));
    }

    [Fact]
    public void Whoever_is_with_the_doctor_and_a_draft_that_waits_are_a_click_from_their_visit()
    {
        var visit = Guid.CreateVersion7();
        var draft = Day.Draft("Meera", "Nair");
        Dashboard.Today = () => Day.Answer(Day.Of(Day.Visit("Ravi", "Teja", Day.At(10, 0), AppointmentStatus.InProgress) with { OpenEncounterId = visit }, Lakshmi));
        Dashboard.Drafts = () => Day.Answer<IReadOnlyList<DraftToSign>>([draft]);

        var page = Render<HomePage>();

        Assert.Equal([$"/visits/{visit}", $"/patients/{Lakshmi.PatientId}"], page.FindAll(".visits a").Select(a => a.GetAttribute("href")));
        Assert.Equal($"/visits/{draft.EncounterId}", page.WaitForElement("[aria-label='Open the draft of Meera Nair']").GetAttribute("href"));
    }

    [Fact]
    public void A_draft_of_more_than_a_day_and_an_open_amendment_say_so()
    {
        var (yesterday, amendment) = (Day.Draft("Meera", "Nair") with { Since = Day.Now.AddHours(-25) }, Day.Draft("Ravi", "Teja") with { IsAmendment = true, Since = Day.Now.AddHours(-23) });
        Dashboard.Drafts = () => Day.Answer<IReadOnlyList<DraftToSign>>([yesterday, amendment]);

        var page = Render<HomePage>();

        Assert.Equal($"/visits/{amendment.EncounterId}?amendment={amendment.NoteId}", page.WaitForElement("[aria-label='Open the amendment of Ravi Teja']").GetAttribute("href"));
        Assert.Equal("unsigned for 25 h", page.FindAll(".warnt").Single(e => e.TextContent.StartsWith("unsigned", StringComparison.Ordinal)).TextContent);
    }

    [Fact]
    public void A_waiting_time_goes_on_each_minute_without_another_read()
    {
        var page = Render<HomePage>();

        Clock.Advance(TimeSpan.FromMinutes(10));

        page.WaitForAssertion(() => Assert.Contains("waiting 16\u00A0min", page.Find(".next").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, Dashboard.Reads);
    }

    [Fact]
    public async Task What_changes_elsewhere_is_read_again_and_a_burst_of_it_once()
    {
        var page = Render<HomePage>();
        var waiting = Lakshmi with { Status = AppointmentStatus.CheckedIn, CheckedInAt = Day.Now };
        Dashboard.Today = () => Day.Answer(Day.Of(Anil, Imran, waiting));

        for (var change = 0; change < 5; change++)
        {
            await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        }

        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("2", page.FindAll(".figure-value")[1].TextContent));
        Assert.Equal(2, Dashboard.Reads);
    }

    [Fact]
    public async Task What_changes_while_the_page_reads_is_read_afterwards_and_does_not_cut_the_reading_short()
    {
        var page = Render<HomePage>();
        var answer = new TaskCompletionSource<Result<DoctorDay>>();
        Dashboard.Today = () => answer.Task;
        await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        Clock.Advance(TimeSpan.Zero);
        page.WaitForAssertion(() => Assert.Equal(2, Dashboard.Reads));

        await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Dashboard.Reads);

        answer.SetResult(await Day.Answer(Day.Of(Anil, Imran, Lakshmi with { Status = AppointmentStatus.CheckedIn, CheckedInAt = Day.Now })));
        page.WaitForAssertion(() => Assert.Equal("2", page.FindAll(".figure-value")[1].TextContent));
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(3, Dashboard.Reads));
    }

    [Fact]
    public void Starting_a_visit_leads_into_it()
    {
        Encounters.Start = id => new StartedEncounter(id, Imran.PatientId);
        var page = Render<HomePage>();

        page.Find(".next button").Click();

        Assert.EndsWith($"/visits/{Imran.AppointmentId}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_that_cannot_be_started_says_why_and_the_day_stays()
    {
        Encounters.Start = _ => Refusal.Conflict("Dr. Nair has started this visit.");
        var page = Render<HomePage>();

        page.Find(".next button").Click();

        Assert.Equal("Dr. Nair has started this visit.", page.Find(".next [role=alert]").TextContent.Trim());
        Assert.Equal("Imran Sheikh", page.Find(".next h2").TextContent);
    }

    [Fact]
    public void A_day_that_cannot_be_read_says_so_and_comes_with_the_next_try()
    {
        var today = Dashboard.Today;
        Dashboard.Today = () => throw new TimeoutException();
        Dashboard.Drafts = () => Day.Answer<IReadOnlyList<DraftToSign>>([Day.Draft("Anil", "Deshmukh")]);
        var page = Render<HomePage>();

        Assert.Contains("The day could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Anil Deshmukh", page.Markup, StringComparison.Ordinal);

        Dashboard.Today = today;
        page.Find("[role=alert] button").Click();

        page.WaitForAssertion(() => Assert.Equal("Imran Sheikh", page.Find(".next h2").TextContent));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    public void Drafts_fail_alone()
    {
        Dashboard.Drafts = () => throw new TimeoutException();

        var page = Render<HomePage>();

        Assert.Contains("Drafts could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Imran Sheikh", page.Find(".next h2").TextContent);
        Assert.Equal("–", page.FindAll(".figure-value")[3].TextContent);
    }

    [Fact]
    public void An_empty_day_names_the_next_one()
    {
        Dashboard.Today = () => Day.Answer(Day.Of() with { NextVisitAfterToday = Day.At(9, 0).AddDays(1) });

        var page = Render<HomePage>();

        Assert.Equal("No patients today. Next: Fri 06-Nov-2026 09:00.", page.Find(".next").TextContent.Trim());
    }

    [Fact]
    public void When_nobody_waits_it_names_who_is_booked_next()
    {
        Dashboard.Today = () => Day.Answer(Day.Of(Anil, Lakshmi));

        var page = Render<HomePage>();

        Assert.Equal("Nobody is waiting. Next at 11:15, Lakshmi Chaudhuri.", page.Find(".next").TextContent.Trim());
    }

    [Fact]
    public void A_hidden_card_is_kept_in_the_preferences_and_comes_back_by_undo()
    {
        var page = Render<HomePage>();
        page.Find(".page-head button").Click();

        page.Find("[aria-label='Hide Results to review']").Click();

        Assert.Equal(["results"], Preferences.Saved[^1].HiddenCards);
        Assert.Contains("Results to review hidden.", page.WaitForElement(".toast").TextContent, StringComparison.Ordinal);

        page.WaitForElement(".toast button").Click();

        Assert.Empty(Preferences.Saved[^1].HiddenCards);
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public void A_card_is_moved_by_keys_and_put_back_by_Esc()
    {
        var page = Render<HomePage>();
        page.Find(".page-head button").Click();
        page.Find("[aria-label^='Move Tasks with']").Click();

        page.Find("[aria-label^='Move Tasks with']").KeyDown("ArrowUp");
        page.Find("[aria-label^='Move Tasks with']").KeyDown(" ");
        page.Find("[aria-label^='Move Tasks with']").Click();
        page.Find("[aria-label^='Move Tasks with']").KeyDown("ArrowUp");
        page.Find("[aria-label^='Move Tasks with']").KeyDown("Escape");

        Assert.Equal(["main:patients", "side:alerts", "side:results", "side:tasks", "side:drafts"], Preferences.Mine.DashboardLayout);
        Assert.Equal(["Alerts", "Results to review", "Tasks", "Drafts to sign"], page.FindAll(".column:nth-child(2) h2").Select(h => h.TextContent));
    }

    [Fact]
    public void Critical_alerts_are_seen_whatever_was_hidden()
    {
        Preferences.Mine = Preferences.Mine with { HiddenCards = ["alerts", "tasks"] };
        Dashboard.Today = () => Day.Answer(Day.Of(Imran) with { Alerts = [Day.Alert("Potassium 6.8", AlertSeverity.Critical)] });

        var page = Render<HomePage>();

        Assert.False(page.Find("[aria-labelledby=card-alerts]").HasAttribute("hidden"));
        Assert.True(page.Find("[aria-labelledby=card-tasks]").HasAttribute("hidden"));
    }

    [Fact]
    public async Task Leaving_stops_listening()
    {
        Render<HomePage>();
        Assert.NotEqual(0, Feed.Listeners);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Listeners);
    }

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
