using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>Booking from the panel beside the book: three clicks and a few letters.</summary>
public sealed class BookingPanelTests : PageContext
{
    private static readonly BookedVisit Geeta = TheBook.Visit("Geeta", "Nambiar", Day.At(12, 0), status: AppointmentStatus.Confirmed);
    private static readonly PatientHit Lakshmi = Day.Hit("Lakshmi", "Chaudhuri");

    private readonly List<AppointmentDraft> _booked = [];

    public BookingPanelTests()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, [Geeta]));
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Lakshmi, Day.Hit("Lakshmi", "Chouhan")]);
        Calendars.Free = q => q.DoctorId is null
            ? new List<FreeSlot> { TheBook.Free(11, 0, TheBook.Nair), TheBook.Free(11, 15) }
            : new List<FreeSlot> { TheBook.Free(11, 15), TheBook.Free(11, 30), TheBook.Free(11, 45) };
        Booking.Book = draft =>
        {
            _booked.Add(draft);
            return TheBook.Visit("Lakshmi", "Chaudhuri", Day.At(draft.Start!.Value.Hour, draft.Start.Value.Minute));
        };
    }

    [Fact]
    public void Three_clicks_and_a_few_letters_book_a_follow_up()
    {
        var page = Render<BookPanel>();

        Slot(page, "11:15").Click();
        Type(page, "lax");
        page.WaitForElement("[role=option]").Click();
        page.Find(".panel-foot .primary").Click();

        var draft = Assert.Single(_booked);
        Assert.Equal((Lakshmi.Id, TheBook.Iyer, Day.Date, new TimeOnly(11, 15), AppointmentType.FollowUp), (draft.PatientId, draft.DoctorId, draft.Day, draft.Start, draft.Type));
        Assert.Contains("Booked Lakshmi Chaudhuri, 11:15 with Dr. Iyer.", page.WaitForElement(".toast").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".book-side"));
    }

    [Fact]
    public void A_booking_is_undone_by_the_line_that_says_it()
    {
        var page = Open();
        Choose(page);
        page.Find(".panel-foot .primary").Click();
        Booking.Act = (_, _) => Geeta;

        page.WaitForElement(".toast button").Click();

        Assert.Equal("cancel: Booked by mistake", Booking.Acts[^1]);
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public void Without_a_choice_the_next_free_time_of_the_doctor_is_ready_and_a_colleagues_is_offered()
    {
        var page = Open();

        Assert.Equal(["11:15", "11:30", "11:45", "Dr. Nair 11:00"], page.FindAll(".slot").Select(Text));
        Assert.Equal("Book 11:15 with Dr. Iyer", page.Find(".panel-foot .primary").TextContent);
        Assert.Equal("11:15", Text(page.Find(".slot[aria-pressed=true]")));
        Assert.Equal("New11:15", Text(page.Find(".book-pick")));
    }

    [Fact]
    public void A_taken_time_says_who_was_faster_chooses_the_next_and_keeps_everything_typed()
    {
        Booking.Book = _ => new SlotTaken("11:15 was taken by Asha at 10:31. Nothing was booked.", [TheBook.Free(11, 30), TheBook.Free(11, 45), TheBook.Free(12, 15), TheBook.Free(11, 0, TheBook.Nair)]);
        var page = Open();
        Choose(page);
        page.Find("#booking-reason").Input("Sugar check, brings reports");

        page.Find(".panel-foot .primary").Click();

        Assert.StartsWith("11:15 was taken by Asha at 10:31. Nothing was booked.", Text(page.Find(".taken")), StringComparison.Ordinal);
        Assert.Equal("11:30", Text(page.Find(".taken .slot[aria-pressed=true]")));
        Assert.Equal("Sugar check, brings reports", page.Find("#booking-reason").GetAttribute("value"));
        Assert.Contains("CHAUDHURI, Lakshmi", page.Find(".picked").TextContent, StringComparison.Ordinal);
        Assert.Equal("Book 11:30 with Dr. Iyer", page.Find(".panel-foot .primary").TextContent);
    }

    [Theory]
    [InlineData(nameof(AppointmentDraft.PatientId), "#booking-patient")]
    [InlineData(nameof(AppointmentDraft.Start), "#booking-start")]
    [InlineData(nameof(AppointmentDraft.Reason), "#booking-reason")]
    [InlineData(nameof(AppointmentDraft.OutsideHoursReason), "#booking-outside")]
    public void A_refusal_stands_beside_its_field(string field, string selector)
    {
        Booking.Book = _ => Refusal.Invalid("This is why not.", field);
        var page = Open();

        page.Find(".panel-foot .primary").Click();

        var input = page.Find(selector);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("This is why not.", page.Find($"#{input.GetAttribute("aria-describedby")}").TextContent.Trim());
    }

    [Fact]
    public void A_click_on_another_slot_keeps_what_was_typed_and_says_so()
    {
        var page = Open();
        page.Find("#booking-reason").Input("Sugar check");

        Slot(page, "14:30").Click();

        Assert.Equal("Sugar check", page.Find("#booking-reason").GetAttribute("value"));
        Assert.Contains("Kept what you typed.", page.Find(".booking .hint").TextContent, StringComparison.Ordinal);
        Assert.Equal("Book 14:30 with Dr. Iyer", page.Find(".panel-foot .primary").TextContent);
    }

    [Fact]
    public void Closing_and_looking_at_somebody_else_loses_nothing()
    {
        var page = Open();
        Choose(page);
        page.Find("#booking-reason").Input("Sugar check");
        page.Find(".book-side").KeyDown(new KeyboardEventArgs { Key = "Escape" });
        Assert.Empty(page.FindAll(".book-side"));

        page.Find($"#visit-{Geeta.AppointmentId}").Click();
        Assert.Contains("A new appointment for Lakshmi Chaudhuri is kept.", page.Find(".panel-kept").TextContent, StringComparison.Ordinal);
        page.Find(".panel-kept button").Click();

        Assert.Equal("Sugar check", page.Find("#booking-reason").GetAttribute("value"));
        Assert.Contains("CHAUDHURI, Lakshmi", page.Find(".picked").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_goes_while_one_looks_is_struck_and_read_out_and_the_typing_stays()
    {
        var page = Open();
        Type(page, "lax");
        Calendars.Free = q => q.DoctorId is null ? new List<FreeSlot>() : new List<FreeSlot> { TheBook.Free(11, 30), TheBook.Free(11, 45), TheBook.Free(12, 15) };

        await Feed.PublishAsync(new DayChange("appointment.changed", null, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.StartsWith("11:15", Text(page.Find(".slot.gone")), StringComparison.Ordinal));
        Assert.Contains("11:15 has just been taken.", page.Find(".book-side").TextContent, StringComparison.Ordinal);
        Assert.Equal("lax", page.Find("#booking-patient").GetAttribute("value"));
    }

    [Fact]
    public void The_length_follows_the_type_until_it_is_chosen_by_hand()
    {
        Calendars.VisitMinutes[AppointmentType.FollowUp] = 10;
        Calendars.VisitMinutes[AppointmentType.InPerson] = 30;
        var page = Open();
        Assert.Equal("10", page.Find("#booking-minutes").GetAttribute("value"));

        page.FindAll(".booking .seg button").Single(b => b.TextContent == "New").Click();
        Assert.Equal("30", page.Find("#booking-minutes").GetAttribute("value"));
        Assert.Equal(30, Calendars.Questions[^1].Minutes);

        page.Find("#booking-minutes").Change("45");
        page.FindAll(".booking .seg button").Single(b => b.TextContent == "Follow-up").Click();
        Assert.Equal("45", page.Find("#booking-minutes").GetAttribute("value"));
    }

    [Fact]
    public void Anybody_of_a_specialty_finds_who_is_free_first()
    {
        var page = Open();

        page.Find("#booking-doctor").Change("any:General medicine");

        Assert.Equal(("General medicine", null), (Calendars.Questions[^1].Specialty, Calendars.Questions[^1].DoctorId));
        Assert.Equal("Book 11:00 with Dr. Nair", page.Find(".panel-foot .primary").TextContent);
    }

    [Fact]
    public void A_series_says_which_did_not_fit_and_books_the_nearest_instead()
    {
        var left = new LeftOut(Day.Date.AddDays(28), new TimeOnly(11, 15), "Dr. Iyer is on leave.", [TheBook.Free(11, 15, days: 29)]);
        Booking.BookSeries = (_, _) => new BookedSeries(Guid.CreateVersion7(), [TheBook.Visit("Lakshmi", "Chaudhuri", Day.At(11, 15))], [left]);
        var page = Open();
        Choose(page);
        page.Find(".repeat .check").Change(true);
        page.Find("#booking-times").Change("2");

        page.Find(".panel-foot .primary").Click();

        Assert.Equal("series 4 2", Booking.Acts[^1]);
        Assert.Contains("Dr. Iyer is on leave.", page.Find(".series.left").TextContent, StringComparison.Ordinal);

        page.Find(".series.left .slot").Click();

        Assert.Equal((Day.Date.AddDays(29), Lakshmi.Id), (Assert.Single(_booked).Day!.Value, _booked[0].PatientId!.Value));
        Assert.Contains("Booked instead: Fri 04-Dec-2026, 11:15", page.Find(".series.left").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_outside_the_hours_asks_why_before_it_is_sent()
    {
        var page = Open();
        Assert.Empty(page.FindAll("#booking-outside"));

        page.Find("#booking-start").Change("18:00");

        Assert.NotEmpty(page.FindAll("#booking-outside"));
    }

    [Fact]
    public void Registering_somebody_new_takes_along_what_was_typed_and_not_in_the_address()
    {
        var page = Open();
        Type(page, "laxmi chou");
        page.WaitForElement("[role=option]");

        page.Find("#booking-patient").KeyDown(new KeyboardEventArgs { Key = "n", Code = "KeyN", AltKey = true });

        Assert.EndsWith("/patients/register", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("laxmi chou", Services.GetRequiredService<PatientQuestion>().TakeCarried());
    }

    [Fact]
    public void Coming_back_from_the_registration_goes_on_with_the_booking_and_the_new_patient()
    {
        var page = Open();
        page.Find("#booking-reason").Input("Sugar check");
        Type(page, "bhavani");
        page.WaitForElement("#booking-patient-hits .new").Click();
        var kept = Services.GetRequiredService<KeptBooking>();
        Assert.True(kept.Waits);

        kept.Bring(Day.Hit("Bhavani", "Prasad"));
        var again = Render<BookPanel>();

        again.WaitForAssertion(() => Assert.Contains("PRASAD, Bhavani", again.Find(".picked").TextContent, StringComparison.Ordinal));
        Assert.Equal("Sugar check", again.Find("#booking-reason").GetAttribute("value"));
        Assert.False(kept.Waits);
    }

    [Fact]
    public void What_was_left_for_half_an_hour_is_forgotten()
    {
        var page = Open();
        page.Find("#booking-reason").Input("Sugar check");
        page.Find(".book-side").KeyDown(new KeyboardEventArgs { Key = "Escape" });

        Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.False(Services.GetRequiredService<KeptBooking>().Form.Touched);
    }

    private IRenderedComponent<BookPanel> Open()
    {
        var page = Render<BookPanel>();
        page.Find(".book-new").Click();
        return page;
    }

    private void Choose(IRenderedComponent<BookPanel> page)
    {
        Type(page, "lax");
        page.WaitForElement("[role=option]").Click();
    }

    private void Type(IRenderedComponent<BookPanel> page, string text)
    {
        page.Find("#booking-patient").Input(text);
        Clock.Advance(TimeSpan.FromMilliseconds(150));
    }

    private static AngleSharp.Dom.IElement Slot(IRenderedComponent<BookPanel> page, string time)
        => page.FindAll(".free-slot").First(s => s.QuerySelector(".sr")!.TextContent == $"{time} free");

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
