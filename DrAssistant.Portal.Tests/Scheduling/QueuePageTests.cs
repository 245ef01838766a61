using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Encounters.Vitals;
using DrAssistant.Portal.Components.Scheduling;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling;

public sealed class QueuePageTests : PageContext
{
    private static readonly BookedVisit Joseph = Booked("Joseph", "D’Souza", AppointmentStatus.CheckedIn, "A06", waited: 22, reason: "diabetes");

    private static readonly BookedVisit Ravi = Booked("Ravi", "Teja", AppointmentStatus.CheckedIn, "A10", waited: 4);

    private static readonly BookedVisit Imran = Booked("Imran", "Sheikh", AppointmentStatus.CheckedIn, "A08", waited: 6, type: AppointmentType.Urgent);

    private static readonly BookedVisit Lakshmi = Booked("Lakshmi", "Chaudhuri", AppointmentStatus.Scheduled);

    private static readonly BookedVisit Leela = Booked("Leela", "Thomas", AppointmentStatus.CheckedIn, "D03", waited: 34);

    private static readonly DoctorColumn Iyer = new(Guid.CreateVersion7(), "Dr. Meera Iyer", "General medicine", []);

    private static readonly DoctorColumn Rao = new(Guid.CreateVersion7(), "Dr. Kavita Rao", "Dermatology", []);

    public QueuePageTests()
    {
        SignIn(StaffRole.Receptionist);
        Shows([Ravi, Joseph, Imran, Lakshmi], [Leela]);
        Queue.After = id => new[] { Ravi, Joseph, Imran, Lakshmi, Leela }.Single(v => v.AppointmentId == id);
    }

    [Fact]
    public void Urgent_goes_first_then_who_has_waited_longest_and_the_first_of_each_doctor_is_marked()
    {
        var page = Render<QueuePage>();

        Assert.Equal(["A08", "D03", "A06", "A10"], Tokens(page, "waiting"));
        Assert.Equal(["next for Dr. Iyer", "next for Dr. Rao"], page.FindAll("[data-lane-id=waiting] .muted.end").Select(n => n.TextContent));
        Assert.Equal("Average wait 16 min · longest 34 min, D03", page.Find(".queue-waits").TextContent.Replace('\u00A0', ' '));
    }

    [Fact]
    public void A_walk_in_opens_with_the_address_which_forgets_it_at_once()
    {
        var address = Services.GetRequiredService<NavigationManager>();
        address.NavigateTo($"/queue?walkin={Guid.CreateVersion7()}");

        var page = Render<QueuePage>();

        Assert.Contains("CHAUDHURI, Lakshmi", page.Find("dialog .picked").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/queue", address.Uri, StringComparison.Ordinal);
        var history = ((Bunit.TestDoubles.BunitNavigationManager)address).History.Count;
        page.Find("dialog .dialog-foot .text").Click();
        Assert.Empty(page.FindAll("dialog .picked"));
        Assert.Equal(history, ((Bunit.TestDoubles.BunitNavigationManager)address).History.Count);
    }

    [Fact]
    public void The_next_walk_in_begins_with_nobody_chosen()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/queue?walkin={Guid.CreateVersion7()}");
        var page = Render<QueuePage>();

        page.Find("dialog .dialog-foot .text").Click();
        page.Find("[aria-keyshortcuts=W]").Click();

        Assert.NotNull(page.Find("#walk-in-patient"));
        Assert.Empty(page.FindAll("dialog .picked"));
    }

    [Fact]
    public void A_band_says_the_minutes_and_its_colour_follows_what_the_practice_has_set()
    {
        var page = Render<QueuePage>();

        Assert.Equal(["band ", "band bad", "band warn", "band "], page.FindAll("[data-lane-id=waiting] .band").Select(b => b.ClassName));
        Assert.Equal("22 min", page.FindAll("[data-lane-id=waiting] .band")[2].TextContent.Replace('\u00A0', ' '));
    }

    [Fact]
    public void A_nurse_gets_the_way_to_the_chart_and_the_desk_neither_that_nor_the_complaint()
    {
        var desk = Render<QueuePage>();
        Assert.Empty(desk.FindAll("a[href^='/patients/']"));
        Assert.DoesNotContain("diabetes", desk.Markup, StringComparison.Ordinal);

        SignIn(StaffRole.Nurse);
        Assert.NotEmpty(Render<QueuePage>().FindAll("a[href^='/patients/']"));
    }

    [Fact]
    public void Before_anybody_has_come_it_names_the_first()
    {
        Shows([Lakshmi], []);

        Assert.Equal("Nobody has arrived yet. First booked 11:15, Lakshmi Chaudhuri.", Render<QueuePage>().Find(".notice").TextContent);
        Assert.Contains("Nobody here.", Render<QueuePage>().Find("[data-lane-id=waiting]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_next_says_whom_it_calls_and_can_be_undone_for_ten_seconds()
    {
        Queue.After = _ => Imran with { CalledAt = Day.Now, Room = "Room 1" };
        var page = Render<QueuePage>();
        var call = page.Find(".call-next.primary");
        Assert.Equal(("Call next: A08 urgent", "N"), (call.TextContent, call.GetAttribute("aria-keyshortcuts")));

        call.Click();
        Assert.Contains("A08 was called to Room 1", page.WaitForElement(".toast").TextContent, StringComparison.Ordinal);
        page.WaitForElement(".toast button").Click();

        Assert.Equal(["call", "put back"], Queue.Acts);
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public void The_undo_goes_after_ten_seconds_and_the_call_stays()
    {
        var page = Render<QueuePage>();
        page.Find(".call-next.primary").Click();

        Clock.Advance(TimeSpan.FromSeconds(11));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".toast")));
        Assert.Equal(["call"], Queue.Acts);
    }

    [Fact]
    public void Of_a_chosen_doctor_the_key_calls_that_doctors_next()
    {
        var page = Render<QueuePage>();

        page.FindAll(".seg[aria-label=Doctor] button").Single(b => b.TextContent.StartsWith("Rao", StringComparison.Ordinal)).Click();

        Assert.Equal(["D03"], Tokens(page, "waiting"));
        Assert.Equal("Call next: D03", page.Find("[aria-keyshortcuts=N]").TextContent);
    }

    [Fact]
    public void A_call_that_somebody_else_made_first_is_told_and_the_board_is_read_again()
    {
        var page = Render<QueuePage>();
        Queue.Refusal = Refusal.Conflict("A08 was called to Room 1 by Sr. Mary at 10:41. Next is A06.");
        Shows([Ravi, Joseph, Imran with { CalledAt = Day.Now, Room = "Room 1" }, Lakshmi], [Leela]);

        page.Find(".call-next.primary").Click();

        Assert.Equal("A08 was called to Room 1 by Sr. Mary at 10:41. Next is A06.", page.Find("[role=alert]").TextContent.Trim());
        Assert.Equal(["D03", "A06", "A10"], Tokens(page, "waiting"));
        Assert.Empty(page.FindAll(".toast"));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_call_that_is_not_answered_offers_to_call_again_or_to_skip_after_three_minutes(int minutes, bool offered)
    {
        Shows([Ravi, Imran with { CalledAt = Day.Now.AddMinutes(-minutes), Room = "Room 1" }], []);
        var page = Render<QueuePage>();

        Assert.Equal(offered, page.FindAll("[aria-label='Skip A08']").Count == 1);
        Assert.Empty(page.FindAll(".call-next"));
        if (offered)
        {
            page.Find("[aria-label='Call A08 again']").Click();
            page.Find("[aria-label='Skip A08']").Click();
            Assert.Equal(["call again", "skip"], Queue.Acts);
        }
    }

    [Fact]
    public void A_nurse_takes_somebody_and_brings_them_back()
    {
        SignIn(StaffRole.Nurse);
        Shows([Ravi, Joseph with { NurseSince = Day.Now.AddMinutes(-5), NurseName = "Sr. Mary Thomas" }], []);
        var page = Render<QueuePage>();
        Assert.Contains("Sr. Mary", page.Find("[data-lane-id=nurse]").TextContent, StringComparison.Ordinal);

        page.Find("[aria-label='Take A10, Ravi Teja']").Click();
        page.Find("[aria-label='A06 to waiting, vitals done']").Click();
        page.Find("[aria-label='A06 back to waiting, not measured']").Click();

        Assert.Equal(["to nurse", "vitals done", "put back"], Queue.Acts);
    }

    [Fact]
    public async Task Once_vitals_are_recorded_what_is_left_is_to_say_so()
    {
        SignIn(StaffRole.Nurse);
        Shows([Ravi, Joseph with { NurseSince = Day.Now.AddMinutes(-5), NurseName = "Sr. Mary Thomas" }], []);
        var page = Render<QueuePage>();
        Assert.Equal("Record vitals", page.Find("[data-lane-id=nurse] [data-act]").TextContent);
        page.Find("[aria-label='Record vitals of A06']").Click();

        var recorded = new VitalSet(Guid.CreateVersion7(), Joseph.PatientId, null, Day.Now, null, "Sr. Mary", []);
        await page.InvokeAsync(() => page.FindComponent<VitalsDialog>().Instance.OnRecorded.InvokeAsync(recorded));

        Assert.Empty(page.FindAll("dialog"));
        Assert.Equal("Vitals done", page.Find("[data-lane-id=nurse] [data-act]").TextContent);
        Assert.Contains("primary", page.Find("[aria-label='A06 to waiting, vitals done']").ClassList);
        Assert.Empty(page.FindAll("[aria-label='A06 back to waiting, not measured']"));
    }

    [Fact]
    public void A_doctor_calls_and_hands_nobody_over()
    {
        SignIn(StaffRole.Doctor);
        Shows([Ravi, Joseph], [Leela], Iyer with { DoctorId = Person.Id!.Value });

        var page = Render<QueuePage>();

        Assert.Single(page.FindAll(".call-next"));
        Assert.Empty(page.FindAll(".to-nurse"));
    }

    [Fact]
    public void Somebody_who_was_expected_is_marked_as_arrived_or_checked_in_by_two_identifiers()
    {
        var page = Render<QueuePage>();
        Queue.After = _ => Lakshmi with { Status = AppointmentStatus.CheckedIn, Token = "A11" };

        page.Find("[aria-label^='Lakshmi Chaudhuri is here']").Click();
        page.Find("[data-lane-id=arrived] [aria-label='Check in Lakshmi Chaudhuri']").Click();
        page.Find("dialog form").Submit();
        Assert.Contains("Tick one more", page.Find("#identifiers-note").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("#first-identifier").HasAttribute("autofocus"));
        page.Find("#first-identifier").Change(true);
        page.Find("dialog form").Submit();

        Assert.Equal(["arrive", "check in"], Queue.Acts);
        Assert.Equal("Token A11", page.Find(".given-token").TextContent);
        page.Find("dialog .btn.primary").Click();
        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public void Who_did_not_come_may_have_arrived_after_all()
    {
        Shows([Lakshmi with { Status = AppointmentStatus.NoShow }], []);
        Booking.Act = (_, _) => Lakshmi;

        Render<QueuePage>().Find("[aria-label='Lakshmi Chaudhuri arrived after all']").Click();

        Assert.Equal(["revive"], Booking.Acts);
    }

    [Fact]
    public async Task What_another_desk_does_is_seen_without_a_reload_and_waits_grow_by_themselves()
    {
        var page = Render<QueuePage>();
        Shows([Ravi, Imran with { NurseSince = Day.Now }, Lakshmi], [Leela]);

        await Feed.PublishAsync(new DayChange("appointment.changed", Imran.AppointmentId, null));
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(["A08"], Tokens(page, "nurse")));

        Clock.Advance(TimeSpan.FromMinutes(12));
        page.WaitForAssertion(() => Assert.Equal("16 min", page.FindAll("[data-lane-id=waiting] .band")[1].TextContent.Replace('\u00A0', ' ')));
    }

    [Fact]
    public void The_desk_finds_the_displays_and_a_nurse_does_not()
    {
        Assert.Single(Render<QueuePage>().FindAll("a[href='/queue/display']"));

        SignIn(StaffRole.Nurse);
        Assert.Empty(Render<QueuePage>().FindAll("a[href='/queue/display']"));
    }

    private static IEnumerable<string> Tokens(IRenderedComponent<QueuePage> page, string lane)
        => page.FindAll($"[data-lane-id={lane}] .token").Select(t => t.TextContent);

    private static BookedVisit Booked(
        string first, string last, AppointmentStatus status, string? token = null, int? waited = null, string? reason = null, AppointmentType type = AppointmentType.FollowUp)
        => Day.Booked(Day.Visit(first, last, Day.At(11, 15), status, waited, type, reason, token)) with { Room = null };

    private void Shows(BookedVisit[] iyer, BookedVisit[] rao, DoctorColumn? of = null)
        => Scheduling.Day = day => Day.Answer(new DayBook(day, Day.Now, [(of ?? Iyer) with { Visits = iyer }, Rao with { Visits = rao }]));
}
