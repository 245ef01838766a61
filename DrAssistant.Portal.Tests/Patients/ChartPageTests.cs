using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Prescribing;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class ChartPageTests : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();
    private static readonly Guid Imran = Guid.CreateVersion7();

    public ChartPageTests()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, id == Sunita ? "Sunita" : "Imran", id == Sunita ? "Pawar" : "Sheikh"));
        Timeline.Page = (id, _, _) => Day.Answer(new TimelinePage([Visit(id == Sunita ? "Tiredness" : "Chest tightness")], null, 1, [new TimelineYear(2026, 1)]));
    }

    [Fact]
    public void The_banner_names_the_person_and_every_allergy()
    {
        var banner = Open(Sunita).Find(".banner");

        Assert.Equal("PAWAR, Sunita", banner.QuerySelector("h1")?.TextContent);
        Assert.Contains("01-Mar-1988 (38 y)", banner.TextContent, StringComparison.Ordinal);
        Assert.Contains("XX-XXXX-XXXX-4108", banner.TextContent, StringComparison.Ordinal);
        Assert.Contains("PENICILLINS anaphylaxis, severe", banner.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_to_the_next_patient_takes_everything_of_the_last_away_at_once()
    {
        var page = Open(Sunita);
        Assert.Contains("Tiredness", page.Markup, StringComparison.Ordinal);
        var slow = new TaskCompletionSource<Result<ChartBanner>>();
        Patients.Open = _ => slow.Task;

        page.Render(p => p.Add(x => x.PatientId, Imran));

        Assert.DoesNotContain("PAWAR", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Tiredness", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("PENICILLINS", page.Markup, StringComparison.Ordinal);

        slow.SetResult(Day.Banner(Imran, "Imran", "Sheikh"));

        page.WaitForAssertion(() => Assert.Equal("SHEIKH, Imran", page.Find("h1").TextContent));
        Assert.DoesNotContain("Tiredness", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_that_is_refused_shows_nothing_of_the_last()
    {
        var page = Open(Sunita);
        Patients.Open = _ => Task.FromResult<Result<ChartBanner>>(Refusal.NotFound("Patient"));

        page.Render(p => p.Add(x => x.PatientId, Imran));

        Assert.Equal("Patient was not found.", page.Find("[role=alert]").TextContent.Trim());
        Assert.DoesNotContain("PAWAR", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Tiredness", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_patients_late_answer_does_not_appear_under_the_next()
    {
        var late = new TaskCompletionSource<Result<ChartBanner>>();
        Patients.Open = id => id == Sunita ? late.Task : Day.Answer(Day.Banner(id, "Imran", "Sheikh"));
        var page = Open(Sunita);

        page.Render(p => p.Add(x => x.PatientId, Imran));
        late.SetResult(Day.Banner(Sunita, "Sunita", "Pawar"));
        page.Render();

        Assert.Equal("SHEIKH, Imran", page.Find("h1").TextContent);
    }

    [Fact]
    public void A_chart_that_cannot_be_read_can_be_tried_again()
    {
        var open = Patients.Open;
        Patients.Open = _ => throw new TimeoutException();
        var page = Open(Sunita);

        Assert.Contains("The chart could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Patients.Open = open;
        page.Find("[role=alert] button").Click();

        page.WaitForAssertion(() => Assert.Equal("PAWAR, Sunita", page.Find("h1").TextContent));
    }

    [Fact]
    public void Outside_ones_care_there_is_a_name_and_no_chart()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar", inCare: false));

        var page = Open(Sunita);

        Assert.Contains("not in your care", page.Find(".banner").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("llerg", page.Find(".banner").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Tiredness", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Timeline.Asked);
    }

    [Fact]
    public void The_glass_breaks_for_a_kind_and_ten_characters_and_then_the_chart_opens()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar", inCare: false));
        var page = Open(Sunita);
        Assert.True(Button(page).HasAttribute("disabled"));

        page.Find("input[value=Emergency]").Change("Emergency");
        page.Find("#glass-reason").Input("Wheezing");
        Assert.True(Button(page).HasAttribute("disabled"));
        Assert.Equal("2 characters more", page.Find("#glass-hint").TextContent);

        page.Find("#glass-reason").Input("Wheezing at the desk");
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar") with { GlassBrokenUntil = Day.At(14, 41) });
        Button(page).Click();

        Assert.Equal((Sunita, "Emergency: Wheezing at the desk"), Assert.Single(Patients.Broken));
        page.WaitForAssertion(() => Assert.StartsWith("Break-glass until 14:41.", page.Find(".glass").TextContent, StringComparison.Ordinal));
        Assert.Contains("Tiredness", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_is_refused_is_announced_and_what_was_typed_stays()
    {
        Patients.Open = id => Day.Answer(Day.Banner(id, "Sunita", "Pawar", inCare: false));
        Patients.BreakGlass = Refusal.Invalid("Say why, in at least 10 characters.", "reason");
        var page = Open(Sunita);
        page.Find("input[value=Other]").Change("Other");
        page.Find("#glass-reason").Input("Wheezing at the desk");

        Button(page).Click();

        Assert.Equal("Say why, in at least 10 characters.", page.Find("[role=alert]").TextContent.Trim());
        Assert.Equal("Wheezing at the desk", page.Find("#glass-reason").GetAttribute("value"));
        Assert.Equal("true", page.Find("#glass-reason").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void The_whole_ABHA_number_is_shown_for_half_a_minute()
    {
        var page = Open(Sunita);

        page.Find(".abha button").Click();
        Assert.Contains("91-4382-7765-4108", page.Find(".abha").TextContent, StringComparison.Ordinal);

        Clock.Advance(TimeSpan.FromSeconds(30));
        page.WaitForAssertion(() => Assert.Contains("XX-XXXX-XXXX-4108", page.Find(".abha").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("91-4382", page.Markup, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ChartPage> page) => page.Find(".glass-form .btn.danger");

    private static TimelineVisit Visit(string complaint)
        => new(Guid.CreateVersion7(), Day.At(9, 0), "Visit", "completed", "Dr. Meera Iyer", complaint, []);

    [Fact]
    public void The_open_tab_is_brought_into_sight_at_the_beginning_and_when_it_is_another()
    {
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/patients/{Sunita}?tab=vitals");
        var page = Open(Sunita);
        Assert.Equal("Vitals", page.Find(".tabs #chart-tab").TextContent);
        Assert.Equal("chart-tab", Assert.Single(JSInterop.Invocations["clinicShell.inSight"]).Arguments[0]);

        page.Render();
        Assert.Single(JSInterop.Invocations["clinicShell.inSight"]);

        navigation.NavigateTo($"/patients/{Sunita}");
        page.WaitForAssertion(() => Assert.Equal("Timeline", page.Find(".tabs #chart-tab").TextContent));
        Assert.Equal(2, JSInterop.Invocations["clinicShell.inSight"].Count);
    }

    [Fact]
    public void The_medications_are_a_tab_of_their_own_and_open_at_the_prescription_that_somebody_came_for()
    {
        var paper = FakePrescriptions.Of(Guid.CreateVersion7(), Sunita, PrescriptionStatus.Sent, FakePrescriptions.Line("Metformin"));
        Prescriptions.All.Add(paper);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/patients/{Sunita}?tab=medications&prescription={paper.Id}");

        var page = Open(Sunita);

        Assert.Equal(["Timeline", "Notes", "Medications", "Vitals", "Orders", "Results", "Documents"], page.FindAll(".tabs > a").Select(a => a.TextContent));
        Assert.Equal("Medications", page.Find(".tabs #chart-tab").TextContent);
        page.WaitForAssertion(() => Assert.Contains("METFORMIN", page.Find(".chart-rx.sought").TextContent, StringComparison.Ordinal));
    }

    private IRenderedComponent<ChartPage> Open(Guid patient) => Render<ChartPage>(p => p.Add(x => x.PatientId, patient));
}
