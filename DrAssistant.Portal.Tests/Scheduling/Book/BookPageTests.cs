using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Portal.Components.Dashboard;
using DrAssistant.Portal.Components.Scheduling;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>What the desk sees when it opens the book, and how it goes from day to day.</summary>
public sealed class BookPageTests : PageContext
{
    private static readonly BookedVisit Lakshmi = TheBook.Visit("Lakshmi", "Chaudhuri", Day.At(11, 15), reason: "sugar check");
    private static readonly BookedVisit Geeta = TheBook.Visit("Geeta", "Nambiar", Day.At(12, 0), status: AppointmentStatus.Confirmed, reason: "thyroid");
    private static readonly BookedVisit Sunita = TheBook.Visit("Sunita", "Pawar", Day.At(10, 15), status: AppointmentStatus.CheckedIn, token: "A05") with { NurseSince = Day.Now };

    public BookPageTests()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day => Day.Answer(day == Day.Date ? TheBook.Of(day, [Sunita, Lakshmi, Geeta]) : TheBook.Of(day, []));
    }

    private NavigationManager Address => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_desk_sees_who_comes_when_and_nothing_clinical()
    {
        var page = Render<HomePage>();

        Assert.Equal(["A05Sunita PawarWith nurse, 10:15", "Lakshmi ChaudhuriBooked, 11:15", "Geeta NambiarConfirmed, 12:00"], page.FindAll(".ap").Select(Text));
        Assert.DoesNotContain("sugar", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("thyroid", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.FindAll("a[href^='/patients/']"));
    }

    [Fact]
    public void A_block_stands_where_its_time_is_and_the_now_line_at_now()
    {
        var page = Render<HomePage>();

        Assert.StartsWith("top:178.75px;height:17.75px", page.Find($"#visit-{Lakshmi.AppointmentId}").GetAttribute("style"), StringComparison.Ordinal);
        Assert.StartsWith("top:132.98px", page.Find(".now-line").GetAttribute("style"), StringComparison.Ordinal);
        Assert.Equal("10:41", page.Find(".now-tag").TextContent);

        Clock.Advance(TimeSpan.FromMinutes(1));

        page.WaitForAssertion(() => Assert.Equal("10:42", page.Find(".now-tag").TextContent));
    }

    [Fact]
    public void The_heads_say_how_many_are_free_and_who_is_late()
    {
        var heads = Render<HomePage>().FindAll(".book-head > span").Select(Text);

        Assert.Equal(["General medicine·12 free", "General medicine·20 min late"], heads);
    }

    [Fact]
    public void The_days_figures_stand_at_the_top()
        => Assert.Equal("3 booked · 1 in the clinic · 21 free", Text(Render<HomePage>().Find(".book-counts")));

    [Fact]
    public void Another_day_never_shows_this_days_people()
    {
        var slow = new TaskCompletionSource<Result<DayBook>>();
        var page = Render<HomePage>();
        Scheduling.Day = _ => slow.Task;

        page.Find("[aria-label='Day after']").Click();

        page.WaitForAssertion(() => Assert.Equal("Fri 06-Nov-2026", page.Find("h1").TextContent));
        Assert.EndsWith("?day=2026-11-06", Address.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Lakshmi", page.Markup, StringComparison.Ordinal);

        slow.SetResult(TheBook.Of(Day.Date.AddDays(1), [TheBook.Visit("Om", "Prakash", Day.At(9, 0).AddDays(1))]));

        page.WaitForAssertion(() => Assert.Equal("Om Prakash", page.Find(".ap b").TextContent));
        Assert.Empty(page.FindAll(".now-line"));
    }

    [Fact]
    public void The_week_that_is_chosen_shows_one_doctors_days_and_nobody_elses()
    {
        Scheduling.Days = (doctor, from, days) => Day.Answer(TheBook.Days(doctor, from, days, [Lakshmi]));
        var page = Render<HomePage>();

        page.FindAll(".seg button").Single(button => button.TextContent == "Week").Click();

        page.WaitForAssertion(() => Assert.Equal(7, page.FindAll("[data-column]").Count));
        Assert.Equal("02 to 08-Nov-2026", page.Find("h1").TextContent);
        Assert.Equal("Lakshmi Chaudhuri", Assert.Single(page.FindAll(".ap b")).TextContent);
        Assert.All(page.FindAll("[data-column]"), column => Assert.Equal(TheBook.Iyer.ToString(), column.GetAttribute("data-doctor")));

        page.FindAll(".seg button").Single(button => button.TextContent == "Day").Click();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-column]").Count));
    }

    [Fact]
    public void The_address_opens_the_day_it_names()
    {
        Address.NavigateTo("/?day=2026-12-01");

        Assert.Equal("Tue 01-Dec-2026", Render<HomePage>().Find("h1").TextContent);
    }

    [Fact]
    public void A_patient_in_the_address_is_booked_and_the_address_forgets_them_at_once()
    {
        var who = Guid.CreateVersion7();
        Address.NavigateTo($"/appointments?day=2026-12-01&patient={who}");

        var page = Render<BookPage>();

        Assert.Contains("CHAUDHURI, Lakshmi", page.WaitForElement(".booking .picked").TextContent, StringComparison.Ordinal);
        var hit = Day.Hit("Lakshmi", "Chaudhuri");
        Assert.Contains(hit.Mrn!, page.Find(".picked").TextContent, StringComparison.Ordinal);
        Assert.Contains(ClinicFormat.Date(hit.DateOfBirth), page.Find(".picked").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/appointments?day=2026-12-01", Address.Uri, StringComparison.Ordinal);
        Assert.Equal("Tue 01-Dec-2026", page.Find("h1").TextContent);
    }

    [Fact]
    public void What_was_typed_for_one_patient_does_not_go_to_another_from_the_address()
    {
        var kept = Services.GetRequiredService<KeptBooking>();
        kept.Form.Choose(Day.Hit("Ravi", "Teja"));
        kept.Form.Draft.Reason = "chest pain";
        Address.NavigateTo($"/appointments?patient={Guid.CreateVersion7()}");

        var page = Render<BookPage>();

        Assert.Contains("CHAUDHURI, Lakshmi", page.WaitForElement(".booking .picked").TextContent, StringComparison.Ordinal);
        Assert.Null(kept.Form.Draft.Reason);
    }

    [Fact]
    public void An_address_with_nonsense_in_place_of_a_patient_opens_the_book()
    {
        Address.NavigateTo("/appointments?patient=me");

        Assert.Empty(Render<BookPage>().FindAll(".book-side, [role=alert]"));
        Assert.EndsWith("/appointments", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Typing_a_name_pales_the_others_and_a_name_that_is_not_there_says_so()
    {
        var page = Render<HomePage>();

        page.Find("#book-filter").Input("nam gee");
        Assert.Equal("Geeta Nambiar", page.Find(".ap:not(.dim) b").TextContent);
        Assert.Equal(2, page.FindAll(".ap.dim").Count);

        page.Find("#book-filter").Input("xyz");
        Assert.Contains("Nobody on this day matches “xyz”.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_book_that_cannot_be_read_again_stays_with_its_time_and_books_nothing()
    {
        var page = Render<HomePage>();
        Scheduling.Day = _ => throw new TimeoutException();

        await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("What is shown is from 10:41", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(3, page.FindAll(".ap").Count);
        Assert.Empty(page.FindAll(".free-slot"));
        Assert.True(page.Find(".book-new").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_another_desk_moves_is_outlined_for_two_seconds()
    {
        var page = Render<HomePage>();
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, [Sunita, Lakshmi with { Start = Day.At(11, 30), End = Day.At(11, 45) }, Geeta]));

        await Feed.PublishAsync(new DayChange("appointment.changed", Lakshmi.AppointmentId, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("Lakshmi Chaudhuri", page.Find(".ap.moved b").TextContent));

        Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".ap.moved")));
    }

    [Fact]
    public void A_day_without_appointments_says_what_is_free()
    {
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, []));

        Assert.Contains("No appointments on this day. 21 slots are free with 2 doctors.", Render<HomePage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_on_which_nobody_works_leads_to_the_next_that_has_a_slot()
    {
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, [], works: day != Day.Date));
        Calendars.Free = _ => new List<Data.Scheduling.Booking.FreeSlot> { TheBook.Free(9, 0, days: 4) };
        var page = Render<HomePage>();

        Assert.Equal("Nobody works on this day. Next: Mon 09-Nov.", Text(page.Find("p.notice")));

        page.Find("p.notice button").Click();

        page.WaitForAssertion(() => Assert.Equal("Mon 09-Nov-2026", page.Find("h1").TextContent));
    }

    [Fact]
    public void The_week_of_a_doctor_is_remembered_as_the_way_to_begin()
    {
        Scheduling.Days = (doctor, from, days) => Day.Answer(new DoctorDays(doctor, "Dr. Arjun Nair", null, [.. Enumerable.Range(0, days).Select(d => new DoctorDayColumn(from.AddDays(d), [], TheBook.Hours(day: from.AddDays(d))))]));
        var page = Render<HomePage>();

        page.FindAll(".book-head .linkbtn")[1].Click();

        page.WaitForAssertion(() => Assert.Equal("02 to 08-Nov-2026", page.Find("h1").TextContent));
        Assert.Equal(7, page.FindAll(".book-col").Count);
        Assert.EndsWith($"?view=week&doctor={TheBook.Nair}", Address.Uri, StringComparison.Ordinal);

        page.FindAll(".seg button").Single(b => b.TextContent == "Month").Click();

        page.WaitForAssertion(() => Assert.Equal("November 2026", page.Find("h1").TextContent));
        Assert.Equal("month", Preferences.Mine.DefaultViews.Schedule);
        Assert.Equal(42, page.FindAll(".book-month td").Count);
    }

    [Fact]
    public void The_month_opens_a_day()
    {
        Preferences.Mine = new StaffPreferences { DefaultViews = new DefaultViews("month") };
        Scheduling.Days = (doctor, from, days) => Day.Answer(new DoctorDays(doctor, "Dr. Meera Iyer", null,
            [.. Enumerable.Range(0, days).Select(d => new DoctorDayColumn(from.AddDays(d), from.AddDays(d) == Day.Date ? [Lakshmi, Geeta] : [], TheBook.Hours(day: from.AddDays(d))))]));
        var page = Render<HomePage>();

        var day = page.Find(".book-month td.today button");
        Assert.Equal("5today 2 booked12 free", Text(day));
        day.Click();

        page.WaitForAssertion(() => Assert.Equal("Thu 05-Nov-2026", page.Find("h1").TextContent));
        Assert.Equal(3, page.FindAll(".ap").Count);
    }

    [Fact]
    public void Who_may_not_book_sees_the_book_and_no_way_to_book()
    {
        Person.Role = StaffRole.Admin;

        var page = Render<BookPanel>();

        Assert.Equal(3, page.FindAll(".ap").Count);
        Assert.Empty(page.FindAll(".free-slot, .book-new, [data-movable]"));
    }

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
