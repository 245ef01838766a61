using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Scheduling;

public sealed class QueuePageTests : PageContext
{
    private static readonly DayVisit Joseph = Day.Visit("Joseph", "D’Souza", Day.At(10, 30), AppointmentStatus.CheckedIn, waited: 22, reason: "diabetes", token: "A06");

    private static readonly DayVisit Ravi = Day.Visit("Ravi", "Teja", Day.At(10, 37), AppointmentStatus.CheckedIn, waited: 4, token: "A10");

    private static readonly DayVisit Imran = Day.Visit("Imran", "Sheikh", Day.At(10, 30), AppointmentStatus.CheckedIn, waited: 6, AppointmentType.Urgent, token: "A08");

    private static readonly DayVisit Lakshmi = Day.Visit("Lakshmi", "Chaudhuri", Day.At(11, 15), AppointmentStatus.Scheduled);

    public QueuePageTests() => Scheduling.Day = day => Day.Answer(Day.Book(day, Ravi, Joseph, Imran, Lakshmi));

    [Fact]
    public void Urgent_goes_first_then_who_has_waited_longest()
    {
        var page = Render<QueuePage>();

        Assert.Equal(["A08", "A06", "A10"], page.FindAll("[aria-labelledby=lane-waiting] .token").Select(t => t.TextContent));
        Assert.Equal("next for Dr. Iyer", page.Find(".ticket .end.muted").TextContent);
    }

    [Fact]
    public void A_nurse_gets_the_way_to_the_chart_and_the_desk_does_not()
    {
        SignIn(StaffRole.Nurse);
        Assert.NotEmpty(Render<QueuePage>().FindAll("a[href^='/patients/']"));

        SignIn(StaffRole.Receptionist);
        var desk = Render<QueuePage>();
        Assert.Empty(desk.FindAll("a[href^='/patients/']"));
        Assert.DoesNotContain("diabetes", desk.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Before_anybody_has_come_it_names_the_first()
    {
        Scheduling.Day = day => Day.Answer(Day.Book(day, Lakshmi));

        Assert.Equal("Nobody has arrived yet. First booked 11:15, Lakshmi Chaudhuri.", Render<QueuePage>().Find(".notice").TextContent);
    }
}
