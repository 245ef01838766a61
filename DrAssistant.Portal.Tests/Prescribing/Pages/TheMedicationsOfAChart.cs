using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Prescribing.Medications;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

public sealed class TheMedicationsOfAChart : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private static readonly Guid Visit = Guid.CreateVersion7();

    private string Address => Services.GetRequiredService<NavigationManager>().ToBaseRelativePath(Services.GetRequiredService<NavigationManager>().Uri);

    [Fact]
    public void say_what_is_taken_how_since_when_by_whom_and_in_which_visit()
    {
        var medicine = FakePrescriptions.Medicine("Metformin") with { Brand = "Glycomet", Instructions = "with dinner", EndsOn = Day.Date.AddDays(20) };
        Prescriptions.Taken.Add(medicine);

        var page = Open();

        Assert.Equal("Taken now 1", page.Find("#taken-title").TextContent.Trim());
        var row = page.Find(".med");
        Assert.Equal("METFORMIN", row.QuerySelector("b")!.TextContent);
        Assert.Contains("500 mg tablet (Glycomet)", row.QuerySelector(".med-name")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["1 tablet twice a day after food", "with dinner"], row.QuerySelectorAll(".med-how span").Select(s => s.TextContent));
        Assert.Equal([$"since {ClinicFormat.Date(medicine.Since)}", $"until {ClinicFormat.Date(Day.Date.AddDays(20))}"], row.QuerySelectorAll(".med-when span").Select(s => s.TextContent));
        Assert.Contains("Dr. Meera Iyer", row.QuerySelector(".med-by")!.TextContent, StringComparison.Ordinal);
        var link = row.QuerySelector(".med-by a")!;
        Assert.Equal(($"Office visit {ClinicFormat.Date(Day.Date.AddDays(-10))}", $"/visits/{medicine.EncounterId}?panel=prescription"), (link.TextContent, link.GetAttribute("href")));
        Assert.Empty(page.FindAll("#past-title"));
    }

    [Fact]
    public void say_what_was_stopped_when_why_and_by_whom_and_what_ended_by_itself()
    {
        Prescriptions.Past.Add(FakePrescriptions.Medicine("Ibuprofen") with { Stopped = new PrescriptionStep(Day.At(9, 0), Guid.CreateVersion7(), "Dr. Rao"), StopReason = "The patient reacted to it" });
        Prescriptions.Past.Add(FakePrescriptions.Medicine("Amoxicillin") with { EndsOn = Day.Date.AddDays(-3) });
        Prescriptions.Past.AddRange(Enumerable.Range(0, 20).Select(n => FakePrescriptions.Medicine($"Older {n}")));

        var page = Open();

        Assert.Contains("Nothing is being taken", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Not taken any more 22", page.Find("#past-title").TextContent.Trim());
        var rows = page.FindAll(".past .med");
        Assert.Equal(10, rows.Count);
        Assert.Contains($"stopped {ClinicFormat.Date(Day.Date)}", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("The patient reacted to it · stopped by Dr. Rao", rows[0].QuerySelector(".med-why")!.TextContent);
        Assert.Contains($"course ended {ClinicFormat.Date(Day.Date.AddDays(-3))}", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Null(rows[1].QuerySelector(".med-why"));
        Assert.DoesNotContain("Stop", page.FindAll(".past button").Select(b => b.TextContent.Trim()));

        page.Find(".order-more button").Click();
        page.WaitForAssertion(() => Assert.Equal(22, page.FindAll(".past .med").Count));
        Assert.Empty(page.FindAll(".order-more"));
    }

    [Fact]
    public void list_every_prescription_with_what_became_of_it_and_lead_to_its_paper_and_its_visit()
    {
        var signed = Add(PrescriptionStatus.Sent, 1) with { Number = "RX-26-000018", Sent = new PrescriptionStep(Day.At(11, 0), null, "Dr. Rao"), Signature = Signature() };
        var cancelled = Add(PrescriptionStatus.Cancelled, 2) with { CancelReason = "A wrong dose", Cancelled = new PrescriptionStep(Day.At(12, 0), null, "Dr. Rao") };
        var replaced = Add(PrescriptionStatus.Cancelled, 3) with { ReplacedById = signed.Id, CancelReason = "Replaced by a new prescription." };
        var draft = FakePrescriptions.Of(Visit, Sunita, PrescriptionStatus.Draft, FakePrescriptions.Line("Telmisartan")) with { CreatedAt = Day.At(10, 50) };
        Prescriptions.All.Clear();
        Prescriptions.All.AddRange([signed, cancelled, replaced, draft]);

        var page = Open();

        Assert.Equal("Prescriptions 4", page.Find("#papers-title").TextContent.Trim());
        var papers = page.FindAll(".chart-rx");
        Assert.Equal(["Draft", "Given out", "Cancelled", "Replaced"], papers.Select(p => p.QuerySelector(".chip")!.TextContent));
        Assert.Equal(["Draft of Dr. Meera Iyer", "RX-26-000018", $"Prescription of {ClinicFormat.Date(Day.Date)}", $"Prescription of {ClinicFormat.Date(Day.Date)}"], papers.Select(p => p.GetAttribute("aria-label")));
        Assert.Equal([$"/prescriptions/{draft.Id}/pdf", $"/prescriptions/{signed.Id}/pdf", null, null], papers.Select(p => p.QuerySelector("a[target=_blank]")?.GetAttribute("href")));
        Assert.All(papers, p => Assert.NotNull(p.QuerySelector($"a[href='/visits/{Visit}?panel=prescription']")));
        Assert.Contains($"given out {ClinicFormat.Date(Day.Date)} by Dr. Rao", papers[1].QuerySelector(".rx-by")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("by Dr. Rao: A wrong dose", papers[2].QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/patients/{Sunita}?tab=medications&prescription={signed.Id}", papers[3].QuerySelector(".notice a")!.GetAttribute("href"));
        Assert.Equal(["RX-26-000018"], page.FindAll(".chart-rx:has(button)").Select(p => p.GetAttribute("aria-label")));
    }

    [Fact]
    public void come_page_by_page_and_the_sought_one_is_marked_however_far_back_it_is()
    {
        var all = Enumerable.Range(0, 50).Select(n => Add(PrescriptionStatus.Signed, n)).ToList();
        var sought = all[30];

        var page = Render<MedicationsPanel>(p => p.Add(x => x.Patient, Day.Banner(Sunita, "Sunita", "Pawar")).Add(x => x.Sought, sought.Id));

        page.WaitForAssertion(() => Assert.Equal(31, page.FindAll(".chart-rx").Count));
        var marked = Assert.Single(page.FindAll(".sought"));
        Assert.Equal(("true", ChartPrescription.IdOf(sought.Id)), (marked.GetAttribute("aria-current"), marked.Id));
        Assert.Equal(ChartPrescription.IdOf(sought.Id), Assert.Single(JSInterop.Invocations["clinicShell.inSight"]).Arguments[0]);
        page.Find(".order-more button").Click();
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll(".chart-rx").Count));
    }

    [Fact]
    public void a_medicine_is_stopped_with_a_reason_and_then_read_anew()
    {
        var paper = Add(PrescriptionStatus.Sent, 1);
        Prescriptions.Taken.Add(FakePrescriptions.Medicine("Metformin", paper.Lines[0].Id, paper.Id));
        var page = Open();

        page.Find(".med-act button").Click();
        Assert.StartsWith("PAWAR, Sunita", page.Find("dialog .person-at-desk").TextContent, StringComparison.Ordinal);
        page.Find("dialog .btn.danger").Click();
        Assert.Contains("Choose a reason", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Empty(PrescriptionSigning.Stopped);
        page.FindAll("dialog input[type=radio]")[1].Change(true);
        Prescriptions.Taken.Clear();
        page.Find("dialog .btn.danger").Click();

        Assert.Equal((paper.Lines[0].Id, "It did not help"), Assert.Single(PrescriptionSigning.Stopped));
        page.WaitForAssertion(() => Assert.Contains("Nothing is being taken", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
    }

    [Fact]
    public void one_is_repeated_in_the_visit_that_is_going_on()
    {
        var paper = Add(PrescriptionStatus.Dispensed, 1);
        Encounters.Mine = [VisitOf.Open(VisitOf.Sunita(Guid.CreateVersion7(), Guid.CreateVersion7())), VisitOf.Open(VisitOf.Sunita(Visit, Sunita))];
        var page = Open();

        Repeat(page).Click();

        page.WaitForAssertion(() => Assert.Equal($"visits/{Visit}?panel=prescription", Address));
        var (draft, from) = Assert.Single(Prescriptions.Repeated);
        Assert.Equal((paper.Id, Visit, Sunita), (from, Draft(draft).EncounterId, Draft(draft).PatientId));
    }

    [Fact]
    public void one_is_repeated_in_a_visit_that_is_started_for_it_where_none_is_going_on()
    {
        var paper = Add(PrescriptionStatus.Sent, 1);
        var page = Open();
        Repeat(page).Click();
        Assert.Contains("is repeated in a visit, and none is going on", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Empty(Prescriptions.Repeated);

        Encounters.StartAdHoc = _ => new StartedEncounter(Visit, Sunita);
        page.Find("dialog form").Submit();

        page.WaitForAssertion(() => Assert.Equal($"visits/{Visit}?panel=prescription", Address));
        Assert.Equal(paper.Id, Assert.Single(Prescriptions.Repeated).From);
    }

    [Fact]
    public void what_could_not_be_repeated_says_why_beside_it()
    {
        Add(PrescriptionStatus.Sent, 1);
        Encounters.Mine = [VisitOf.Open(VisitOf.Sunita(Visit, Sunita))];
        Prescriptions.Refuse = (_, _) => Refusal.Conflict("Ranitidine is not in the formulary any more.");
        var page = Open();
        var before = Address;

        Repeat(page).Click();

        page.WaitForAssertion(() => Assert.Contains("Ranitidine is not in the formulary any more.", page.Find(".chart-rx [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(before, Address);
        Assert.NotNull(page.Find($".chart-rx p a[href='/visits/{Visit}?panel=prescription']"));
    }

    [Fact]
    public void a_nurse_reads_and_prints_and_does_nothing_else()
    {
        SignIn(StaffRole.Nurse);
        Prescriptions.Taken.Add(FakePrescriptions.Medicine("Metformin"));
        Prescriptions.All.Add(Add(PrescriptionStatus.Sent, 1) with { Signature = Signature() });
        Prescriptions.All.RemoveAt(0);

        var page = Open();

        Assert.Empty(page.FindAll("button"));
        Assert.NotEmpty(page.FindAll(".chart-rx a[target=_blank]"));
    }

    [Fact]
    public void what_was_changed_behind_the_signature_is_said_aloud()
    {
        var paper = Add(PrescriptionStatus.Signed, 1);
        Prescriptions.All[0] = paper with { Signature = Signature() with { Matches = false } };

        Assert.Contains("not what was signed", Open().Find(".chart-rx [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task move_when_a_prescription_of_this_patient_changes_and_no_other()
    {
        var page = Open();
        Assert.Contains("Nothing was prescribed yet", page.Markup, StringComparison.Ordinal);
        Add(PrescriptionStatus.Signed, 1);

        await Feed.PublishAsync(new DayChange("prescription.changed", null, null) { PatientId = Guid.CreateVersion7() });
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(Prescriptions.Asked);
        await Feed.PublishAsync(new DayChange("prescription.changed", null, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".chart-rx")));
    }

    [Fact]
    public async Task what_cannot_be_read_can_be_tried_again_and_what_was_read_stays()
    {
        Prescriptions.Unreadable = true;
        var page = Open();
        Assert.Contains("The medications could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".skeleton"));

        Prescriptions.Unreadable = false;
        Prescriptions.Taken.Add(FakePrescriptions.Medicine("Metformin"));
        page.Find("[role=alert] button").Click();
        page.WaitForAssertion(() => Assert.Single(page.FindAll(".med")));

        Prescriptions.Unreadable = true;
        await Feed.PublishAsync(new DayChange("prescription.changed", null, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("News of the medications could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll(".med"));
    }

    [Fact]
    public void what_is_refused_says_so()
    {
        Prescriptions.Hidden = Refusal.NotFound("Patient");

        var page = Open();

        Assert.Contains("Patient was not found.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".card"));
    }

    private static PrescriptionSignature Signature() => new(Guid.CreateVersion7(), "Dr. Meera Iyer", "MD", "12345", "KMC", Day.At(10, 45), new string('a', 64), "code", Matches: true);

    private static AngleSharp.Dom.IElement Repeat(IRenderedComponent<MedicationsPanel> page) => page.FindAll(".chart-rx button").Single(b => b.TextContent.StartsWith("Repeat", StringComparison.Ordinal));

    private PrescriptionView Draft(Guid id) => Prescriptions.All.Single(p => p.Id == id);

    /// <summary>One that was signed so many minutes before the newest.</summary>
    private PrescriptionView Add(PrescriptionStatus status, int before)
    {
        var added = FakePrescriptions.Of(Visit, Sunita, status, FakePrescriptions.Line("Metformin")) with { SignedAt = Day.At(10, 45).AddMinutes(-before) };
        Prescriptions.All.Add(added);
        return added;
    }

    private IRenderedComponent<MedicationsPanel> Open()
    {
        var page = Render<MedicationsPanel>(p => p.Add(x => x.Patient, Day.Banner(Sunita, "Sunita", "Pawar")));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")));
        return page;
    }
}
