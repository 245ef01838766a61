using Bunit;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Scheduling.Book;

public sealed class TwoHitsOfOnePerson : PageContext
{
    [Fact]
    public void are_marked_and_can_be_compared_without_losing_the_booking()
    {
        SignIn(StaffRole.Receptionist);
        Scheduling.Day = day => Day.Answer(TheBook.Of(day, []));
        Calendars.Free = _ => new List<DrAssistant.Data.Scheduling.Booking.FreeSlot> { TheBook.Free(11, 15) };
        var (one, other) = (Day.Hit("Lakshmi", "Chaudhuri"), Day.Hit("Laxmi", "Chowdhury"));
        Patients.Find = _ => Day.Answer<IReadOnlyList<PatientHit>>([one, other, Day.Hit("Harish", "Shetty")]);
        var page = Render<BookPanel>();
        page.Find(".book-new").Click();

        page.Find("#booking-patient").Input("laxmi");
        Clock.Advance(TimeSpan.FromMilliseconds(150));

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".picker-hits .tag").Count));
        var compare = page.Find(".same-person a");
        Assert.Equal($"/patients/merge/{one.Id}/{other.Id}", compare.GetAttribute("href"));
        compare.Click();
        Assert.True(Services.GetRequiredService<KeptBooking>().Waits);
    }
}
