using Bunit;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

public sealed class StartingFromTheChart : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private const string StartAVisit = ".tabs-act button[aria-keyshortcuts=S]";

    public StartingFromTheChart() => Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar"));

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public void A_doctor_starts_a_visit_with_its_kind_and_complaint()
    {
        var drafts = new List<VisitDraft>();
        var started = Guid.CreateVersion7();
        Encounters.StartAdHoc = draft =>
        {
            drafts.Add(draft);
            return new StartedEncounter(started, Sunita);
        };
        var page = Open();

        page.Find(StartAVisit).Click();
        Assert.StartsWith("PAWAR, Sunita", page.Find("dialog .person-at-desk").TextContent, StringComparison.Ordinal);
        page.FindAll("dialog [name=visit-kind]")[3].Change(true);
        page.Find("#new-complaint").Change("Wound care");
        page.Find("dialog form").Submit();

        var draft = Assert.Single(drafts);
        Assert.Equal((Sunita, EncounterType.HomeVisit, "Wound care"), (draft.PatientId!.Value, draft.Type, draft.ChiefComplaint));
        Assert.EndsWith($"/visits/{started}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_waiting_with_a_booking_is_started_from_it()
    {
        var (booking, started) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Encounters.StartAdHoc = _ => new AppointmentIsWaiting("This patient is waiting for the appointment at 10:15.", booking);
        Encounters.Start = id => id == booking ? new StartedEncounter(started, Sunita) : throw new InvalidOperationException("Another booking.");
        var page = Open();
        page.Find(StartAVisit).Click();

        page.Find("dialog form").Submit();
        page.Find("dialog .dialog-body .btn.outline").Click();

        Assert.EndsWith($"/visits/{started}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visit_that_stands_in_the_way_is_one_click_away()
    {
        var open = Guid.CreateVersion7();
        Encounters.StartAdHoc = _ => new VisitStillOpen("A visit is open.", open);
        var page = Open();
        page.Find(StartAVisit).Click();

        page.Find("dialog form").Submit();

        Assert.Equal($"/visits/{open}", page.Find("dialog .dialog-body a").GetAttribute("href"));
    }

    [Fact]
    public void An_open_visit_is_gone_back_to()
    {
        var visit = VisitOf.Sunita(Guid.CreateVersion7(), Sunita);
        Encounters.Mine = [VisitOf.Open(visit)];

        Assert.Equal($"/visits/{visit.EncounterId}", Open().Find(".tabs-act a").GetAttribute("href"));
    }

    [Fact]
    public void A_nurse_starts_none()
    {
        SignIn(StaffRole.Nurse);

        Assert.Empty(Open().FindAll(StartAVisit));
    }

    private IRenderedComponent<ChartPage> Open() => Render<ChartPage>(p => p.Add(x => x.PatientId, Sunita));
}
