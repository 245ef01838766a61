using Bunit;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Components.Patients.Timeline;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Patients;

public sealed class TimelinePanelTests : PageContext
{
    private static readonly Guid Patient = Guid.CreateVersion7();
    private static readonly Guid Iyer = Guid.CreateVersion7();
    private static readonly Guid Rao = Guid.CreateVersion7();
    private static readonly IReadOnlyList<TimelineVisit> Visits = [.. Enumerable.Range(0, 5).Select(Visit)];

    public TimelinePanelTests() => Timeline.Page = (_, _, before) => Day.Answer(before is null
        ? new TimelinePage([.. Visits.Take(3)], new TimelineCursor(Visits[2].Start, Visits[2].EncounterId), 5, [new(2026, 3), new(2025, 2)]) { AllVisits = 34, Doctors = [new(Iyer, "Dr. Meera Iyer", 30), new(Rao, "Dr. Kavita Rao", 4)] }
        : new TimelinePage([.. Visits.Skip(3)], null, 5, [new(2026, 3), new(2025, 2)]));

    [Fact]
    public void The_two_newest_visits_are_open_and_the_others_say_what_they_hold()
    {
        var page = Open();

        Assert.Equal(["true", "true", "false"], page.FindAll(".group-head button").Select(b => b.GetAttribute("aria-expanded")));
        Assert.Equal("note, 2 results", page.FindAll(".group-sum").Single().TextContent);
    }

    [Fact]
    public void A_result_out_of_its_range_says_so_with_an_arrow_and_a_word()
    {
        var flag = Open().Find(".flag");

        Assert.Equal("8.1\u00A0% ↑high", flag.TextContent);
    }

    [Fact]
    public void What_opens_an_entry_and_how_it_stands_share_one_place()
    {
        var note = Open().FindAll(".entry").First(e => e.QuerySelector(".entry-kind")!.TextContent == "Note");

        Assert.Equal(4, note.Children.Length);
        Assert.NotNull(note.QuerySelector(".entry-end > .entry-state"));
    }

    [Fact]
    public void Older_visits_come_below_until_everything_is_there()
    {
        var page = Open();
        Assert.Contains("3 of 5 visits shown", page.Find(".older").TextContent, StringComparison.Ordinal);

        page.Find(".older button").Click();

        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".group").Count));
        Assert.Equal("That is everything since 2025.", page.Find(".older").TextContent);
        Assert.Equal(Visits[2].EncounterId, Timeline.Asked[^1].Before?.Id);
    }

    [Fact]
    public void When_older_ones_fail_what_is_there_stays()
    {
        var page = Open();
        Timeline.Page = (_, _, _) => throw new TimeoutException();

        page.Find(".older button").Click();

        page.WaitForAssertion(() => Assert.Contains("Older visits could not be read.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(3, page.FindAll(".group").Count);
    }

    [Fact]
    public void Kinds_come_from_the_address_and_go_into_it()
    {
        var page = Open(kinds: "result,nonsense");
        Assert.Equal([TimelineKind.Result], Timeline.Asked[^1].Filter.Kinds);
        Assert.Contains("5 of 34 visits, results only.", page.Find(".found").TextContent, StringComparison.Ordinal);

        page.FindAll(".filters .seg button").Single(b => b.TextContent == "Vitals").Click();

        Assert.EndsWith("kinds=result%2Cvitals", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_and_period_come_from_the_address_go_into_it_and_are_cleared_together()
    {
        var page = Open(kinds: "note", doctor: $"{Rao}", period: "12m");
        Assert.Equal((Rao, Day.Date.AddMonths(-12), null), (Timeline.Asked[^1].Filter.DoctorId, Timeline.Asked[^1].Filter.From, Timeline.Asked[^1].Filter.To));
        Assert.Contains("5 of 34 visits, notes only, Dr. Kavita Rao, last 12 months.", page.Find(".found").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Any doctor", "Dr. Meera Iyer (30)", "Dr. Kavita Rao (4)"], page.FindAll("#timeline-doctor option").Select(o => o.TextContent));
        var navigation = Services.GetRequiredService<NavigationManager>();

        page.Find("#timeline-doctor").Change($"{Iyer}");
        Assert.EndsWith($"?kinds=note&doctor={Iyer}&period=12m", navigation.Uri, StringComparison.Ordinal);
        page.Find("#timeline-period").Change("3m");
        Assert.Contains("period=3m", navigation.Uri, StringComparison.Ordinal);
        page.Find(".found button").Click();
        Assert.DoesNotContain("?", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_kind_doctor_or_period_filters_nothing()
    {
        var page = Open(kinds: "x", doctor: "not an id", period: "soon");

        Assert.Equal((0, null, null), (Timeline.Asked[^1].Filter.Kinds.Count, Timeline.Asked[^1].Filter.DoctorId, Timeline.Asked[^1].Filter.From));
        Assert.Empty(page.FindAll(".found"));
    }

    [Fact]
    public void A_day_without_a_visit_stands_between_them_and_says_what_came()
    {
        Timeline.Page = (_, _, _) => Day.Answer(new TimelinePage(
            [
                new TimelineVisit(Guid.CreateVersion7(), Day.At(16, 20), "Results arrived", "", "", null, [new TimelineEntry(TimelineKind.Result, Day.At(16, 20), "Results", "not_reviewed", [new TimelinePart("HbA1c", "8.1", "%")])]) { IsVisit = false },
                Visits[1] with { HiddenInError = 2 },
            ],
            null, 1, [new(2026, 1)]) { NotesReachable = false });

        var page = Open();

        Assert.Equal("Results arrived", page.Find(".group-kind").TextContent);
        Assert.Single(page.FindAll(".group-head .chip"));
        Assert.Equal("2 entries marked “entered in error” are hidden.", page.Find(".entry-hidden").TextContent.Trim());
        Assert.Contains("Notes cannot be reached at the moment: they are missing here.", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Searched_words_are_marked_and_stay_out_of_the_address()
    {
        var page = Open();

        page.Find("#chart-search").Input("cough");
        Clock.Advance(TimeSpan.FromMilliseconds(250));

        page.WaitForAssertion(() => Assert.Equal("cough", Timeline.Asked[^1].Filter.Text));
        page.WaitForAssertion(() => Assert.Equal("Cough", page.Find("mark").TextContent));
        Assert.DoesNotContain("cough", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_recorded_and_nothing_found_are_said_apart()
    {
        Timeline.Page = (_, _, _) => Day.Answer(new TimelinePage([], null, 0, []));

        Assert.Equal("Nothing recorded yet.", Open().Find(".empty").TextContent);
        Assert.StartsWith("Nothing matches.", Open(kinds: "note").Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_a_filter_emptied_is_not_the_end()
    {
        Timeline.Page = (_, _, before) => Day.Answer(new TimelinePage(
            [], before is null ? new TimelineCursor(Visits[2].Start, Visits[2].EncounterId) : null, 5, [new(2026, 5)]));

        var page = Open(kinds: "note");
        Assert.Empty(page.FindAll(".empty"));

        page.Find(".older button").Click();

        page.WaitForAssertion(() => Assert.StartsWith("Nothing matches.", page.Find(".empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Jumping_to_a_year_asks_from_its_end_by_the_practices_clock()
    {
        var page = Open();

        page.FindAll(".jump button")[1].Click();

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, Day.India), Timeline.Asked[^1].Before?.At);
        Assert.Contains("2025 and older.", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_has_the_searched_words_is_counted_marked_and_led_to()
    {
        var document = Guid.CreateVersion7();
        Timeline.Page = (_, _, _) => Day.Answer(new TimelinePage(
            [
                new TimelineVisit(
                    Guid.CreateVersion7(), Day.At(12, 0), "Document of this day", "", "", null,
                    [new TimelineEntry(TimelineKind.Document, Day.At(12, 0), "Report", null, [new("Outside echo"), new("Moderate effusion without tamponade")]) { SubjectId = document }])
                {
                    IsVisit = false,
                },
            ],
            null, 0, []) { AllVisits = 34, FoundDocuments = 1 });
        var page = Open();

        page.Find("#chart-search").Input("Effusion");
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.StartsWith("0 of 34 visits, 1 document, with “Effusion”.", page.Find(".found").TextContent, StringComparison.Ordinal));
        Assert.Equal("effusion", page.Find(".entry-text mark").TextContent);
        Assert.Equal($"/patients/{Patient}?tab=documents&document={document}", page.Find("a.entry-open").GetAttribute("href"));
    }

    [Fact]
    public void A_prescription_leads_to_its_place_among_the_medications()
    {
        var prescription = Guid.CreateVersion7();
        Timeline.Page = (_, _, _) => Day.Answer(new TimelinePage(
            [
                new TimelineVisit(
                    Guid.CreateVersion7(), Day.At(12, 0), "Visit", "completed", "Dr. Rao", null,
                    [new TimelineEntry(TimelineKind.Prescription, Day.At(12, 0), "Prescription", "sent", [new("Metformin 500 mg")]) { SubjectId = prescription }]),
            ],
            null, 1, []));

        Assert.Equal($"/patients/{Patient}?tab=medications&prescription={prescription}", Open().Find("a.entry-open").GetAttribute("href"));
    }

    [Fact]
    public async Task News_of_this_patient_is_read_and_of_another_is_not()
    {
        var page = Open();

        await Feed.PublishAsync(new("note.changed", null, null) { PatientId = Guid.CreateVersion7() });
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(Timeline.Asked);

        await Feed.PublishAsync(new("note.changed", null, null) { PatientId = Patient });
        Clock.Advance(TimeSpan.FromSeconds(5));
        page.WaitForAssertion(() => Assert.Equal(2, Timeline.Asked.Count));
    }

    private static TimelineVisit Visit(int number) => new(
        Guid.CreateVersion7(), Day.At(9, 0).AddDays(-100 * number), "Visit", "completed", "Dr. Meera Iyer", "Cough",
        [
            new TimelineEntry(TimelineKind.Note, Day.At(9, 10), "Note", "signed", [new TimelinePart("Chest clear.")]),
            new TimelineEntry(TimelineKind.Result, Day.At(9, 10), "Results", "reviewed", [new TimelinePart("HbA1c", "8.1", "%", ResultFlag.High), new TimelinePart("eGFR", "74")]),
        ]);

    private IRenderedComponent<TimelinePanel> Open(string? kinds = null, string? doctor = null, string? period = null)
        => Render<TimelinePanel>(p => p.Add(x => x.PatientId, Patient).Add(x => x.Address, new TimelineAddress(kinds, doctor, period)));
}
