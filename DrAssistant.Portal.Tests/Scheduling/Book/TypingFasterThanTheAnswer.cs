using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

/// <summary>Who types fast, or wrongly, must not book what stood there before.</summary>
public sealed class TypingFasterThanTheAnswer : PageContext
{
    private readonly List<AppointmentDraft> _booked = [];

    public TypingFasterThanTheAnswer()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, []));
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Lakshmi", "Chaudhuri"), Day.Hit("Lakshman", "Rao")]);
        Calendars.Free = _ => new List<FreeSlot> { TheBook.Free(11, 15) };
        Booking.Book = draft =>
        {
            _booked.Add(draft);
            return Refusal.Invalid("Not this one.", nameof(draft.Start));
        };
    }

    [Fact]
    public void Enter_waits_for_the_answer_to_all_letters_and_takes_it_when_there_is_one_alone()
    {
        var slow = new TaskCompletionSource<Result<IReadOnlyList<PatientHit>>>();
        var page = Open();
        TypeAndWait(page, "lak");

        Patients.Find = _ => slow.Task;
        TypeAndEnter(page, "lakshmi ch");
        Assert.Empty(page.FindAll(".picked"));

        Clock.Advance(TimeSpan.FromSeconds(1));
        slow.SetResult(new List<PatientHit> { Day.Hit("Lakshmi", "Choudhury") });
        page.WaitForAssertion(() => Assert.Contains("CHOUDHURY", page.Find(".picked").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Enter_chooses_nobody_of_several_that_were_not_seen_yet()
    {
        var page = Open();
        TypeAndWait(page, "lak");

        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([Day.Hit("Laila", "Khan"), Day.Hit("Leela", "Khan")]);
        TypeAndEnter(page, "lai");
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("KHAN", page.Find("[role=option]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".picked"));
    }

    [Theory]
    [InlineData("booking-start", "half past")]
    [InlineData("booking-day", "some day")]
    public void A_day_or_a_time_that_cannot_be_read_is_not_booked_as_the_one_before_it(string field, string typed)
    {
        var page = Open();
        TypeAndWait(page, "lak");
        page.Find("[role=option]").Click();

        page.Find($"#{field}").Change(typed);
        page.Find(".panel-foot .primary").Click();

        var draft = Assert.Single(_booked);
        Assert.True(field == "booking-day" ? draft.Day is null : draft.Start is null);
        Assert.Equal(typed, page.Find($"#{field}").GetAttribute("value"));
    }

    [Fact]
    public void A_free_time_takes_the_place_of_what_could_not_be_read()
    {
        var page = Open();
        page.Find("#booking-start").Change("half past");

        page.Find(".booking .slot").Click();

        Assert.Equal(("11:15", null), (page.Find("#booking-start").GetAttribute("value"), page.Find("#booking-start").GetAttribute("aria-invalid")));
    }

    private IRenderedComponent<BookPanel> Open()
    {
        var page = Render<BookPanel>();
        page.Find(".book-new").Click();
        return page;
    }

    private void TypeAndWait(IRenderedComponent<BookPanel> page, string text)
    {
        page.Find("#booking-patient").Input(text);
        Clock.Advance(TimeSpan.FromMilliseconds(150));
        page.WaitForElement("[role=option]");
    }

    private static void TypeAndEnter(IRenderedComponent<BookPanel> page, string text)
    {
        page.Find("#booking-patient").Input(text);
        page.Find(".picker").KeyDown(new KeyboardEventArgs { Key = "Enter" });
    }
}
