using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Layout;
using DrAssistant.Portal.Components.Ordering.Results;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering.Results;

public sealed class ResultsPageTests : PageContext
{
    private static readonly Age Years67 = Age.On(new DateOnly(2026, 11, 5), new DateOnly(1959, 1, 22));

    [Fact]
    public void The_list_says_its_parts_in_words_and_offers_only_normal_ones_together()
    {
        Add(InboxState.CriticalNotAcknowledged, "Potassium", "6.8", ResultFlag.CriticalHigh);
        Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High);
        Add(InboxState.Normal, "Creatinine", "0.9", ResultFlag.Normal);
        Add(InboxState.Normal, "Chest X-ray", "no abnormality", ResultFlag.Unknown, inRange: false);
        Add(InboxState.Normal, "Sodium", "140", ResultFlag.Normal);

        var page = Render<ResultsPage>();

        Assert.Equal(["Critical", "Abnormal", "Normal"], page.FindAll(".results-part h3").Select(h => h.TextContent));
        Assert.Contains("1, not acknowledged", page.Find(".results-part.bad").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 critical · 1 abnormal · 3 normal · reviewed today 11", page.Find(".page-head p").TextContent, StringComparison.Ordinal);
        page.FindAll(".results-part button").Single(b => b.TextContent == "Review both").Click();
        Assert.Contains($"review {Inbox.Done.Single(d => d.StartsWith("review", StringComparison.Ordinal))[7..]}", Inbox.Done);
        Assert.Equal(3, Inbox.Lines.Count);
        Assert.Contains("2 reviewed.", page.Find(".toast").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_critical_one_is_acknowledged_and_the_countdown_is_said()
    {
        var line = Add(InboxState.CriticalNotAcknowledged, "Potassium", "6.8", ResultFlag.CriticalHigh);
        Inbox.Open = _ => Report(line, escalates: Day.Now.AddMinutes(16));
        var page = Render<ResultsPage>();
        page.Find(".results-line").Click();

        Assert.Contains("in 16", page.Find(".results-critical").TextContent, StringComparison.Ordinal);
        page.Find(".results-critical button").Click();

        page.WaitForAssertion(() => Assert.Contains($"acknowledge {line.ReportId}", Inbox.Done));
    }

    [Fact]
    public void A_value_has_what_is_attached_to_it_and_can_get_more()
    {
        var line = Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High);
        var report = Report(line);
        Inbox.Open = _ => report;
        Documents.Kept.Add(new DocumentView(Guid.CreateVersion7(), report.PatientId, DocumentCategory.Report, "Report of the laboratory", null, new DateOnly(2026, 10, 30), DocumentTypes.Pdf, 4_096, Waiting: false)
        {
            UploadedBy = "Dr. Meera Iyer", UploadedAt = Day.Now, Attachment = new DocumentAttachment(ResultId: report.Values[0].Id),
        });

        var page = Render<ResultsPage>();
        page.Find(".results-line").Click();

        page.WaitForAssertion(() => Assert.Equal($"/patients/{report.PatientId}?tab=documents&document={Documents.Kept[0].Id}", page.Find(".results-table .result-document").GetAttribute("href")));
        Assert.Equal($"/patients/{report.PatientId}?tab=documents&add=result&to={report.Values[0].Id}", page.Find(".results-attach a").GetAttribute("href"));
    }

    [Fact]
    public void Reviewing_takes_the_note_along_goes_on_to_the_next_and_can_be_undone()
    {
        var (first, second) = (Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High), Add(InboxState.Abnormal, "TSH", "9.4", ResultFlag.High));
        Inbox.Open = id => Report(id == first.ReportId ? first : second);
        var page = Render<ResultsPage>();
        page.Find("[aria-keyshortcuts=J]").Click();
        page.Find("#results-comment").Change("Repeat in three months");

        page.Find("[aria-keyshortcuts=R]").Click();

        page.WaitForAssertion(() => Assert.Contains($"review {first.ReportId} Repeat in three months", Inbox.Done));
        page.WaitForAssertion(() => Assert.Equal("TSH", page.Find(".results-table tbody th").TextContent.Trim()));
        page.Find(".toast button").Click();
        page.WaitForAssertion(() => Assert.Contains("take back", Inbox.Done));
    }

    [Fact]
    public async Task News_that_come_while_the_next_one_is_opened_do_not_leave_the_place_empty()
    {
        var (first, second) = (Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High), Add(InboxState.Abnormal, "TSH", "9.4", ResultFlag.High));
        Inbox.Open = id => Report(id == first.ReportId ? first : second);
        var page = Render<ResultsPage>();
        page.Find(".results-line").Click();
        var slow = Inbox.Slow = new TaskCompletionSource();

        page.Find("[aria-keyshortcuts=R]").Click();
        await Feed.PublishAsync(new DayChange("result.changed", first.ReportId, null));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Inbox.Slow = null;
        slow.SetResult();

        page.WaitForAssertion(() => Assert.Equal("TSH", page.Find(".results-table tbody th").TextContent.Trim()));
    }

    [Fact]
    public void A_refusal_is_said_and_the_note_stays()
    {
        var line = Add(InboxState.CriticalNotAcknowledged, "Potassium", "6.8", ResultFlag.CriticalHigh);
        Inbox.Open = _ => Report(line);
        Inbox.Review = _ => Refusal.Conflict("A critical value is acknowledged first, then reviewed.");
        var page = Render<ResultsPage>();
        page.Find(".results-line").Click();
        page.Find("#results-comment").Change("Called");

        page.Find("[aria-keyshortcuts=R]").Click();

        page.WaitForAssertion(() => Assert.Contains("acknowledged first", page.Find(".notice.bad[role=alert] span").TextContent + page.Markup, StringComparison.Ordinal));
        Assert.Equal("Called", page.Find("#results-comment").GetAttribute("value"));
    }

    [Fact]
    public void A_task_and_a_message_to_the_desk_are_made_in_the_same_place()
    {
        var line = Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High);
        Inbox.Open = _ => Report(line);
        var page = Render<ResultsPage>();
        page.Find(".results-line").Click();

        page.Find("[aria-keyshortcuts=T]").Click();
        page.Find("#results-task").Change("Diet counselling");
        page.Find("form.results-ask").Submit();
        page.WaitForAssertion(() => Assert.Contains("task Diet counselling 1", Inbox.Done));
        page.FindAll(".panel-foot button").Single(b => b.TextContent.Contains("desk", StringComparison.Ordinal)).Click();
        page.Find(".results-ask button").Click();

        page.WaitForAssertion(() => Assert.Contains("desk AskToCome", Inbox.Done));
        page.WaitForAssertion(() => Assert.Contains("Reception was told", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changes_elsewhere_is_there_at_once_and_an_address_opens_its_report()
    {
        var line = Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High);
        Inbox.Open = _ => Report(line);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/results?report={line.ReportId}");
        var page = Render<ResultsPage>();
        Assert.Equal("HbA1c", page.Find(".results-table tbody th").TextContent.Trim());

        Inbox.Lines.Clear();
        await Feed.PublishAsync(new DayChange("result.changed", line.ReportId, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("All reviewed. 11 today.", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_nurse_sees_only_what_is_to_be_entered_and_a_question_stands_beside_its_field()
    {
        SignIn(StaffRole.Nurse);
        var (order, item) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        ResultEntries.Waiting.Add(new OrderWaiting(order, "OR-26-000018", Guid.CreateVersion7(), new PersonName("Prakash", "Gowda"), Years67, Gender.Male, "DA-1", "Potassium", "Dr. Meera Iyer", Day.Now, Begun: false));
        ResultEntries.Form = _ => new OrderToAnswer(
            order, "OR-26-000018", Guid.CreateVersion7(), new PersonName("Prakash", "Gowda"), Years67, Gender.Male, "DA-1", Day.Now,
            [new ItemToAnswer(item, "Potassium", [new ValueToAnswer("2823-3", "http://loinc.org", "Potassium", ResultValueType.Numeric, ["mmol/L", "meq/L"], "3.5 to 5.1", null)])]);
        ResultDraft? sent = null;
        ResultEntries.Enter = draft =>
        {
            sent = draft;
            return draft.Values[0].Value == "6,3"
                ? new EnteredResults(null, [new ResultQuestion(item, "2823-3", "Write 6.3 with a point, if that is meant.")])
                : new EnteredResults(Guid.CreateVersion7(), []) { Critical = ["Potassium 6.3 mmol/L"] };
        };
        var page = Render<ResultsPage>();
        Assert.DoesNotContain("read mine", Inbox.Done);
        Assert.DoesNotContain("Practice", page.Find(".seg").TextContent, StringComparison.Ordinal);

        page.Find(".lines button").Click();
        page.Find($"#result-{item:N}-2823-3").Change("6,3");
        page.Find("form.result-form").Submit();
        page.WaitForAssertion(() => Assert.Contains("with a point", page.Find($"#result-{item:N}-2823-3-asked").TextContent, StringComparison.Ordinal));
        Assert.Equal("6,3", page.Find($"#result-{item:N}-2823-3").GetAttribute("value"));
        page.Find($"#result-{item:N}-2823-3").Change("6.3");
        page.Find("form.result-form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Potassium 6.3 mmol/L: critical", page.Find(".notice.ok").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog"));
        Assert.Equal(("6.3", "mmol/L"), (sent!.Values[0].Value, sent.Values[0].Unit));
    }

    [Fact]
    public void The_navigation_leads_there_with_the_number_that_waits()
    {
        Add(InboxState.Abnormal, "HbA1c", "8.1", ResultFlag.High);

        var nav = Render<SideNav>();

        nav.WaitForAssertion(() => Assert.Contains("1 to review", nav.Find("a[href='/results']").TextContent.Replace("1to", "1 to", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private InboxLine Add(InboxState state, string test, string value, ResultFlag flag, bool inRange = true)
    {
        var id = Guid.CreateVersion7();
        var line = new InboxLine(
            id, Guid.CreateVersion7(), Guid.CreateVersion7(), new PersonName("Prakash", "Gowda"), Years67, Gender.Male, state, Value(test, value, flag), 0,
            inRange && flag is ResultFlag.Normal)
        {
            Doctor = "Dr. Meera Iyer",
            Laboratory = "Metro Lab",
            ArrivedAt = Day.Now.AddMinutes(-14),
        };
        Inbox.Lines.Add(line);
        return line;
    }

    private static InboxValue Value(string test, string value, ResultFlag flag)
        => new(Guid.CreateVersion7(), test, "http://loinc.org", test, value, "unit", flag) { ReferenceLow = 1, ReferenceHigh = 2, Status = ResultStatus.Final };

    private static InboxReport Report(InboxLine line, DateTimeOffset? escalates = null) => new(
        line.ReportId, line.OrderId, line.PatientId, line.Patient, line.Age, line.Gender, new DateOnly(1959, 1, 22), "DA-1", line.State, [line.Shown])
    {
        Ordered = line.Shown.Name,
        Doctor = line.Doctor,
        TakenAt = Day.Now.AddHours(-2),
        ArrivedAt = line.ArrivedAt,
        EscalatesAt = escalates,
        ToReview = true,
    };
}
