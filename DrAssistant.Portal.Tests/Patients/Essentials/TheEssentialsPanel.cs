using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Portal.Tests.Support.Pages;
using Panel = DrAssistant.Portal.Components.Patients.Essentials;

namespace DrAssistant.Portal.Tests.Patients.Essentials;

public sealed class TheEssentialsPanel : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();

    private PatientEssentials _read = Full();

    public TheEssentialsPanel() => EssentialsOf.Read = () => Day.Answer(_read);

    [Fact]
    public void Shows_medicines_allergies_vitals_last_visit_results_and_tasks_in_this_order()
    {
        var panel = Open();

        Assert.Equal(
            ["Active medicines", "Allergies", "Vitals", "Last visit", "Results", "Open tasks"],
            panel.FindAll("h2").Select(h => h.ChildNodes[0].TextContent.Trim()));
        Assert.Contains("METFORMIN", panel.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("PENICILLINS", panel.Find(".essential-lines .badt").ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["BP", "Temp"], panel.FindAll(".essential-vitals dt").Select(d => d.TextContent));
        Assert.Contains("132/84", panel.Find(".essential-vitals dd").TextContent, StringComparison.Ordinal);
        Assert.Contains("E11.9 Type 2 diabetes", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("1 to review", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Retina photograph", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Allergies_that_were_not_asked_about_today_are_marked_as_reviewed()
    {
        Assert.DoesNotContain("Mark reviewed", WithBanner().Markup, StringComparison.Ordinal);
        _read = _read with { Allergies = _read.Allergies with { RecordedAt = Day.Now.AddDays(-40) } };
        AllergyDoor.List = () => _read.Allergies with { RecordedAt = Day.Now };
        var panel = WithBanner();

        panel.FindAll("button").Single(b => b.TextContent == "Mark reviewed").Click();
        _read = _read with { Allergies = _read.Allergies with { Status = AllergiesStatus.NoneKnown, Active = [] } };
        WithBanner().FindAll("button").Single(b => b.TextContent == "Mark reviewed").Click();

        Assert.Equal(["confirm", "none"], AllergyDoor.Done);

        IRenderedComponent<Panel> WithBanner() => Render<Panel>(p => p.Add(x => x.PatientId, Sunita).Add(x => x.Banner, Day.Banner(Sunita, "Sunita", "Pawar")));
    }

    [Fact]
    public void Says_which_part_is_missing_and_keeps_the_others()
    {
        _read = _read with { LastNote = null, NotesReachable = false };

        var panel = Open();

        Assert.Contains("Notes cannot be read at the moment.", panel.Find("#essential-last ~ .notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("Retina photograph", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_takes_an_empty_list_for_none()
    {
        _read = _read with { Allergies = _read.Allergies with { Status = AllergiesStatus.NotAsked, Active = [], RecordedAt = null }, LastVisit = null, LastNote = null };
        Assert.Contains("Not asked", Open().Find("section[aria-labelledby=essential-allergies]").TextContent, StringComparison.Ordinal);
        Assert.Contains("First visit.", Open().Markup, StringComparison.Ordinal);

        _read = _read with { Allergies = _read.Allergies with { Status = AllergiesStatus.NoneKnown, RecordedAt = Day.At(10, 29) } };
        var asked = Open().Find("section[aria-labelledby=essential-allergies]").TextContent;
        Assert.Contains("No known allergies", asked, StringComparison.Ordinal);
        Assert.Contains("asked today 10:29", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_again_when_anything_of_this_patient_changes()
    {
        var panel = Open();
        _read = _read with { StoppedMedicines = 4 };

        await Feed.PublishAsync(new DayChange("vitals.changed", null, null) { PatientId = Guid.CreateVersion7() });
        Assert.Equal(1, EssentialsOf.Reads);
        await Feed.PublishAsync(new DayChange("result.changed", null, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));

        panel.WaitForAssertion(() => Assert.Equal(("4 stopped", $"/patients/{Sunita}?tab=medications"), panel.Find("#essential-medicines a") is var a ? (a.TextContent, a.GetAttribute("href")) : default));
    }

    [Fact]
    public void Of_the_next_patient_shows_nothing_of_the_last_not_even_while_loading()
    {
        var panel = Open();
        var slow = new TaskCompletionSource<Result<PatientEssentials>>();
        EssentialsOf.Read = () => slow.Task;

        panel.Render(p => p.Add(x => x.PatientId, Guid.CreateVersion7()));

        Assert.DoesNotContain("PENICILLINS", panel.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<Panel> Open() => Render<Panel>(p => p.Add(x => x.PatientId, Sunita));

    private static PatientEssentials Full() => new(
        Sunita,
        new AllergyList(Sunita, AllergiesStatus.Known, Day.At(10, 29), [new AllergyView(Guid.CreateVersion7(), "Penicillins", "penicillin", null, AllergyType.Allergy, "anaphylaxis", AllergySeverity.Severe, Day.Now, null, null)], [], 0),
        [new ActiveMedicine(Guid.CreateVersion7(), Guid.CreateVersion7(), "Metformin 500 mg", "1 tablet", "1-0-1", null, "after food", new DateOnly(2019, 3, 1), null, "Dr. Rao")], 1,
        new LastVisit(Guid.CreateVersion7(), Day.Now.AddDays(-85), "Dr. Kavita Rao", null, []),
        new LastNote(Guid.CreateVersion7(), Guid.CreateVersion7(), Day.Now.AddDays(-85), NoteStatus.Amended, ["E11.9 Type 2 diabetes"], ["HbA1c"]),
        NotesReachable: true,
        [Vital(VitalSign.SystolicPressure, 132, "mmHg"), Vital(VitalSign.DiastolicPressure, 84, "mmHg"), Vital(VitalSign.Temperature, 38.2m, "°C")],
        [new LatestResult(Guid.CreateVersion7(), Guid.CreateVersion7(), "HbA1c", "8.1", "%", ResultFlag.High, Day.Now.AddDays(-8), Reviewed: false, [7.6m, 8.1m])], 1,
        [Day.Task("Retina photograph")], []);

    private static VitalValue Vital(VitalSign sign, decimal value, string unit) => new(Guid.CreateVersion7(), sign, sign.ToString(), value, unit, ResultFlag.Normal, Day.At(10, 29), "Sr. Mary");
}
