using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Scheduling;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Tests.Scheduling.Queue;

public sealed class WalkInPanelTests : PageContext
{
    private static readonly BookedVisit Waiting = Day.Booked(Day.Visit("Ravi", "Teja", Day.At(10, 30), AppointmentStatus.CheckedIn, waited: 4, token: "A10"));

    private static readonly Guid Lakshmi = Guid.CreateVersion7();

    private readonly List<BookedVisit> _done = [];

    public WalkInPanelTests()
    {
        SignIn(StaffRole.Receptionist);
        var now = new OpenPeriod(Day.At(9, 0), Day.At(13, 0), "Room 1");
        Scheduling.Day = day => Day.Answer(new DayBook(day, Day.Now,
        [
            new DoctorColumn(Guid.CreateVersion7(), "Dr. Meera Iyer", null, [Waiting]) { Hours = new DoctorHours(15, [now], [], 3, null) },
            new DoctorColumn(Guid.CreateVersion7(), "Dr. Kavita Rao", "Dermatology", []) { Hours = new DoctorHours(15, [now], [], 0, null) },
            new DoctorColumn(Guid.CreateVersion7(), "Dr. Arjun Menon", null, []) { Hours = new DoctorHours(15, [now with { From = Day.At(16, 0), To = Day.At(20, 0) }], [], 9, null) },
        ]));
    }

    [Fact]
    public void The_doctor_with_the_shortest_wait_of_those_who_work_now_is_chosen_already()
    {
        var panel = Open();

        Assert.Equal(
            ["Dr. Kavita RaoDermatology: nobody waits · no free time left", "Dr. Meera Iyer: 1 waits, about 15 min"],
            panel.FindAll(".walk-in-doctors label").Select(l => $"{l.QuerySelector("b")!.TextContent}: {l.QuerySelector("span")!.TextContent.Replace('\u00A0', ' ')}"));
        Assert.StartsWith("Dr. Kavita Rao", panel.Find(".walk-in-doctors label:has([checked]) b").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_in_shows_the_token_and_tells_whoever_opened_it()
    {
        Booking.Act = (_, id) => Waiting with { AppointmentId = id, Token = "B01" };
        var panel = Open(Lakshmi);

        panel.Find(".walk-in-urgent input").Change(true);
        panel.Find("form").Submit();

        Assert.Equal(["walk in"], Booking.Acts);
        Assert.Equal("Token B01", panel.Find(".given-token").TextContent);
        Assert.Equal("B01", Assert.Single(_done).Token);
    }

    [Fact]
    public void What_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost()
    {
        Booking.Act = (_, _) => Refusal.Invalid("Choose a patient.", nameof(WalkInDraft.PatientId));
        var panel = Open();
        panel.Find("#walk-in-reason").Change("Fever");

        panel.Find("form").Submit();

        Assert.Equal("Choose a patient.", panel.Find("#walk-in-patient-error").TextContent);
        Assert.Equal("Fever", panel.Find("#walk-in-reason").GetAttribute("value"));
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_full_day_is_told_and_another_doctor_can_be_chosen()
    {
        Booking.Act = (_, _) => new SlotTaken("Dr. Rao has no free time left today. Nothing was booked.", []);
        var panel = Open(Lakshmi);

        panel.Find("form").Submit();

        Assert.Equal("Dr. Rao has no free time left today. Nothing was booked.", panel.Find("[role=alert]").TextContent.Trim());
        Booking.Act = (_, _) => Waiting with { Token = "A11" };
        panel.FindAll(".walk-in-doctors input")[1].Change(true);
        panel.Find("form").Submit();
        Assert.Equal("Ravi Teja, Dr. Meera Iyer", panel.Find(".given p:nth-of-type(2)").TextContent);
    }

    [Theory]
    [InlineData(AppointmentStatus.Confirmed, null, "Ravi Teja is booked today at 10:30 with Dr. Meera Iyer.", true)]
    [InlineData(AppointmentStatus.CheckedIn, "A10", "Ravi Teja is checked in as A10, booked today at 10:30 with Dr. Meera Iyer.", false)]
    [InlineData(AppointmentStatus.Completed, "A10", null, false)]
    public void Whoever_is_booked_today_is_checked_in_for_that_and_not_booked_again(AppointmentStatus status, string? token, string? said, bool offered)
    {
        var visit = Day.Booked(Day.Visit("Ravi", "Teja", Day.At(10, 30), status, token: token));
        Scheduling.Day = day => Day.Answer(new DayBook(day, Day.Now, [new DoctorColumn(Guid.CreateVersion7(), "Dr. Meera Iyer", null, [visit])]));
        DoctorsVisit? booked = null;
        var panel = Render<WalkInPanel>(p => p
            .Add(w => w.PatientId, visit.PatientId)
            .Add(w => w.OnBooked, (DoctorsVisit theirs) => booked = theirs)
            .Add(w => w.OnClose, EventCallback.Empty));

        Assert.Equal(said, panel.FindAll(".walk-in-fields .notice span").Select(n => n.TextContent.Trim()).SingleOrDefault());
        var buttons = panel.FindAll("#walk-in-booked");
        Assert.Equal(offered, buttons.Count == 1);
        if (offered)
        {
            buttons[0].Click();
            Assert.Equal(visit.AppointmentId, booked?.Visit.AppointmentId);
        }
    }

    [Fact]
    public void The_dialog_goes_over_to_the_check_in_of_that_visit()
    {
        var visit = Day.Booked(Day.Visit("Ravi", "Teja", Day.At(10, 30), AppointmentStatus.Scheduled));
        Scheduling.Day = day => Day.Answer(new DayBook(day, Day.Now, [new DoctorColumn(Guid.CreateVersion7(), "Dr. Meera Iyer", null, [visit])]));
        var dialog = Render<WalkInDialog>(p => p.Add(w => w.PatientId, visit.PatientId).Add(w => w.OnClose, EventCallback.Empty));

        dialog.Find("#walk-in-booked").Click();

        Assert.Equal(visit.AppointmentId, dialog.FindComponent<CheckInDialog>().Instance.Visit.AppointmentId);
        Assert.Empty(dialog.FindComponents<WalkInPanel>());
    }

    private IRenderedComponent<WalkInPanel> Open(Guid? patient = null) => Render<WalkInPanel>(p => p
        .Add(w => w.PatientId, patient)
        .Add(w => w.OnDone, EventCallback.Factory.Create<BookedVisit>(this, _done.Add))
        .Add(w => w.OnClose, EventCallback.Empty));
}
