using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Portal.Components.Encounters;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

public sealed class TheVisitPage : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private VisitHead _visit = VisitOf.Sunita(Encounter, Sunita);

    public TheVisitPage()
    {
        Encounters.Open = id => id == Encounter ? _visit : Refusal.NotFound("Visit");
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));

        // With the notes away a visit goes on: its complaint is read and written without them.
        Notes.Refusal = Refusal.Unavailable("The notes cannot be reached.");
    }

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public void The_banner_says_who_is_here_since_when_and_where()
    {
        var banner = Open().Find(".banner");

        Assert.Equal("PAWAR, Sunita", banner.QuerySelector("h1")?.TextContent);
        Assert.Contains("Token A14, Room 2", banner.TextContent, StringComparison.Ordinal);
        Assert.Equal("In progress 11\u00A0min", banner.QuerySelector(".chip")?.TextContent);
        Assert.Contains("PENICILLINS", banner.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_visit_shows_nothing_of_the_last_while_it_is_read_or_refused()
    {
        var page = Open();

        page.Render(p => p.Add(x => x.EncounterId, Guid.CreateVersion7()));

        Assert.Equal("Visit was not found.", page.Find("[role=alert]").TextContent.Trim());
        Assert.DoesNotContain("PAWAR", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Tiredness", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".visit-bar"));
    }

    [Fact]
    public async Task What_changes_in_the_visit_appears_by_itself()
    {
        var page = Open();
        _visit = VisitOf.Sunita(Encounter, Sunita, complaint: "Fever for 4 days");

        await Feed.PublishAsync(new DayChange("encounter.changed", Encounter, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromMilliseconds(100));

        page.WaitForAssertion(() => Assert.Equal("Fever for 4 days", page.Find("#complaint").GetAttribute("value")));
    }

    [Fact]
    public void The_complaint_is_kept_when_it_is_left()
    {
        var changes = new List<ComplaintChange>();
        Encounters.Revise = change =>
        {
            changes.Add(change);
            return _visit = _visit with { ChiefComplaint = change.ChiefComplaint };
        };
        var page = Open();

        page.Find("#complaint").Change("  Fever for 4 days ");
        page.Find("#complaint").Change("Fever for 4 days");

        var change = Assert.Single(changes);
        Assert.Equal(("Tiredness", "Fever for 4 days"), (change.Seen, change.ChiefComplaint));
        Assert.Equal("Complaint kept", page.Find("#complaint-said").TextContent);
    }

    [Fact]
    public void A_complaint_that_another_window_changed_is_shown_beside_ones_own_and_neither_is_lost()
    {
        Encounters.Revise = change =>
        {
            if (change.Seen == "Tiredness")
            {
                _visit = _visit with { ChiefComplaint = "Cough" };
                return Refusal.Conflict("The complaint was changed meanwhile.");
            }

            return _visit = _visit with { ChiefComplaint = change.ChiefComplaint };
        };
        var page = Open();
        page.Find("#complaint").Change("Fever");

        page.WaitForAssertion(() => Assert.Contains("Meanwhile it was changed to “Cough”.", page.Find(".complaint").TextContent, StringComparison.Ordinal));
        Assert.Equal("Fever", page.Find("#complaint").GetAttribute("value"));

        page.FindAll(".complaint .linkbtn")[1].Click();

        page.WaitForAssertion(() => Assert.Equal("Fever", _visit.ChiefComplaint));
        Assert.Empty(page.FindAll(".complaint [role=alert]"));
    }

    [Fact]
    public void A_colleagues_visit_and_one_that_is_over_are_read_and_not_changed()
    {
        _visit = VisitOf.Sunita(Encounter, Sunita, isMine: false);
        var colleagues = Open();
        _visit = VisitOf.Sunita(Encounter, Sunita, EncounterStatus.Completed);
        var over = Open();

        foreach (var page in new[] { colleagues, over })
        {
            Assert.Contains("Tiredness", page.Markup, StringComparison.Ordinal);
            Assert.Empty(page.FindAll("#complaint"));
            Assert.Empty(page.FindAll(".visit-bar"));
        }
    }

    [Fact]
    public void Ending_names_the_person_and_leads_to_the_next()
    {
        var endings = new List<VisitEnding>();
        Encounters.End = ending =>
        {
            endings.Add(ending);
            return new EndedVisit(Encounter, Sunita, Day.Now, null);
        };
        var page = Open();

        page.Find("[aria-keyshortcuts='Alt+X']").Click();
        Assert.Equal("PAWAR, Sunita38 y · Female · SC26-005120-6", page.Find("dialog .person-at-desk").TextContent);
        page.FindAll("dialog [name=come-again]")[1].Change(true);
        page.Find("#again-number").Change("3");
        page.Find("#again-unit").Change("Days");
        Assert.Equal("Sun 08-Nov-2026", page.Find(".come-again-day").TextContent);
        page.Find("#again-desk").Change(" Morning, fasting ");
        page.Find("dialog form").Submit();

        Assert.Equal(new VisitEnding(Encounter, new FollowUpWish(null, new FollowUpInterval(3, FollowUpUnit.Days), "Morning, fasting")), Assert.Single(endings));
        Assert.EndsWith("localhost/", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_open_is_named_before_the_visit_ends_all_the_same()
    {
        var endings = new List<VisitEnding>();
        Encounters.End = ending =>
        {
            endings.Add(ending);
            return ending.EndAnyway
                ? new EndedVisit(Encounter, Sunita, Day.Now, null)
                : new VisitUnfinished("This is still open.", VisitNote.Draft, ["The note is not signed and goes to your drafts."]);
        };
        var page = Open();
        page.Find("[aria-keyshortcuts='Alt+X']").Click();

        page.Find("dialog form").Submit();

        Assert.Contains("The note is not signed and goes to your drafts.", page.Find("dialog [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("End it all the same", page.Find("dialog [type=submit]").TextContent);

        page.Find("dialog form").Submit();

        Assert.Equal([false, true], endings.Select(e => e.EndAnyway));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("two")]
    public void A_follow_up_in_no_time_is_asked_about_in_its_field(string number)
    {
        Encounters.End = _ => throw new InvalidOperationException("It was sent.");
        var page = Open();
        page.Find("[aria-keyshortcuts='Alt+X']").Click();
        page.FindAll("dialog [name=come-again]")[1].Change(true);

        page.Find("#again-number").Change(number);
        page.Find("dialog form").Submit();

        Assert.Equal("true", page.Find("#again-number").GetAttribute("aria-invalid"));
        Assert.Contains("Write a number", page.Find("#again-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_asks_for_a_reason_and_whether_the_patient_waits_again()
    {
        var cancellings = new List<VisitCancelling>();
        Encounters.Cancel = cancelling =>
        {
            cancellings.Add(cancelling);
            return _visit with { Status = EncounterStatus.Cancelled };
        };
        var page = Open();
        page.Find(".visit-bar .text").Click();

        page.Find("dialog .btn.danger").Click();
        Assert.Empty(cancellings);

        page.FindAll("dialog [name=back-to]")[1].Change(true);
        page.FindAll("dialog [name=why]")[1].Change(true);
        page.Find("dialog .btn.danger").Click();

        Assert.Equal(new VisitCancelling(Encounter, "Started by mistake", BackToWaiting: false), Assert.Single(cancellings));
    }

    private IRenderedComponent<VisitPage> Open() => Render<VisitPage>(p => p.Add(x => x.EncounterId, Encounter));
}
