using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Dashboard;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Scheduling;

public sealed class DayBookPageTests : PageContext
{
    private static readonly DayVisit Lakshmi = Day.Visit("Lakshmi", "Chaudhuri", Day.At(11, 15), AppointmentStatus.Scheduled, reason: "sugar check");

    private static readonly DayVisit Geeta = Day.Visit("Geeta", "Nambiar", Day.At(12, 0), AppointmentStatus.Confirmed, reason: "thyroid");

    public DayBookPageTests()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day => Day.Answer(day == Day.Date ? Day.Book(day, Lakshmi, Geeta) : Day.Book(day));
    }

    [Fact]
    public void The_desk_sees_who_comes_when_and_nothing_clinical()
    {
        var page = Render<HomePage>();

        Assert.Equal(["Lakshmi Chaudhuri", "Geeta Nambiar"], page.FindAll(".booked-name").Select(n => n.TextContent));
        Assert.DoesNotContain("sugar", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("thyroid", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.FindAll("a[href^='/patients/']"));
    }

    [Fact]
    public void Checking_in_takes_two_identifiers_and_says_the_token_and_whose_it_is()
    {
        Queue.After = _ => Day.Booked(Lakshmi) with { Status = AppointmentStatus.CheckedIn, Token = "A11" };
        var page = Render<HomePage>();

        page.Find("[aria-label='Check in Lakshmi Chaudhuri']").Click();
        page.Find("#first-identifier").Change(true);
        page.Find("dialog form").Submit();

        Assert.Equal([Identifier.Name, Identifier.DateOfBirth], Queue.Confirmed);
        Assert.Equal("Token A11: Lakshmi Chaudhuri, Dr. Meera Iyer. Checked in 10:41.", page.Find(".checked-in").TextContent.Trim());
    }

    [Fact]
    public void A_refused_check_in_is_announced_and_the_book_stays()
    {
        Queue.Refusal = Refusal.Conflict("A05 was checked in by Asha at 10:31.");
        var page = Render<HomePage>();

        page.Find("[aria-label='Check in Lakshmi Chaudhuri']").Click();
        page.Find("#first-identifier").Change(true);
        page.Find("dialog form").Submit();

        Assert.Equal("A05 was checked in by Asha at 10:31.", page.Find("dialog [role=alert]").TextContent.Trim());
        Assert.Equal(2, page.FindAll(".booked").Count);
        Assert.True(page.Find(".checked-in").HasAttribute("hidden"));
    }

    [Fact]
    public void Another_day_never_shows_this_days_people_and_checks_nobody_in()
    {
        var slow = new TaskCompletionSource<Result<DayBook>>();
        var page = Render<HomePage>();
        Scheduling.Day = _ => slow.Task;

        page.Find("[aria-label='Day after']").Click();

        Assert.Equal("Fri 06-Nov-2026", page.Find("h1").TextContent);
        Assert.DoesNotContain("Lakshmi", page.Markup, StringComparison.Ordinal);

        slow.SetResult(Day.Book(Day.Date.AddDays(1), Geeta));

        page.WaitForAssertion(() => Assert.Equal("Geeta Nambiar", page.Find(".booked-name").TextContent));
        Assert.Empty(page.FindAll("[aria-label^='Check in']"));
    }

    [Fact]
    public void Typing_a_name_filters_and_a_name_that_is_not_there_says_so()
    {
        var page = Render<HomePage>();

        page.Find("#book-filter").Input("nam gee");
        Assert.Equal("Geeta Nambiar", Assert.Single(page.FindAll(".booked-name")).TextContent);

        page.Find("#book-filter").Input("xyz");
        Assert.Contains("Nobody on this day matches “xyz”.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_book_that_cannot_be_read_again_stays_with_its_time()
    {
        var page = Render<HomePage>();
        Scheduling.Day = _ => throw new TimeoutException();

        await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("it is from 10:41", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, page.FindAll(".booked").Count);
    }

    [Fact]
    public void A_day_without_appointments_says_so()
    {
        Scheduling.Day = day => Day.Answer(Day.Book(day));

        Assert.Contains("No appointments on this day.", Render<HomePage>().Markup, StringComparison.Ordinal);
    }
}
