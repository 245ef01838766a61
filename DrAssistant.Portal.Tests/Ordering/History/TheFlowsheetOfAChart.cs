using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Components.Ordering.Flowsheet;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Ordering.History;

public sealed class TheFlowsheetOfAChart : PageContext
{
    private static readonly Guid Patient = Guid.CreateVersion7();
    private static readonly DateOnly Today = new(2026, 11, 5);

    private List<TestSeries> _tests =
    [
        Series("Glucose", "mg/dL", new ResultReference(70, 100, null, 400, null), (-20, 98, ResultFlag.Normal), (-1, 164, ResultFlag.High)),
        Series("Urea", "mg/dL", null, (-1, 30, ResultFlag.Normal)),
        Series("Potassium", "mmol/L", new ResultReference(3.5m, 5.1m, 2.5m, 6.5m, null), (-1, 4.4m, ResultFlag.Normal)),
    ];

    public TheFlowsheetOfAChart() => History.Sheet = _ => new ResultFlowsheet(Patient, [new FlowsheetGroup("Biochemistry", _tests)], [Today.AddDays(-1), Today.AddDays(-20)], 0, false);

    [Fact]
    public void Puts_every_test_in_a_row_and_every_day_in_a_column()
    {
        var panel = Panel();

        Assert.Equal(["04-Nov2026", "16-Oct2026"], panel.FindAll(".flow-day").Select(d => d.TextContent));
        Assert.Equal(["Glucose", "Urea", "Potassium"], panel.FindAll("tbody th[scope=row]").Select(h => h.TextContent.Trim()));
        var glucose = panel.FindAll("tbody tr:not(.flow-group)")[0];
        Assert.Equal("70 to 100", glucose.Children[2].TextContent);
        Assert.Contains("warn", glucose.Children[4].ClassName);
        Assert.Equal("Glucose 164 mg/dL high on 04-Nov-2026", glucose.Children[4].QuerySelector("button")!.GetAttribute("aria-label"));
        Assert.Equal("", glucose.Children[5].ClassName ?? "");
    }

    [Fact]
    public void Draws_what_is_out_of_range_first_and_tests_of_one_unit_together()
    {
        var panel = Panel();
        Assert.Equal(["Glucose"], Drawn(panel));

        Draw(panel, "Urea");
        Assert.Equal(["Glucose", "Urea"], Drawn(panel));
        Assert.Empty(panel.FindAll(".trend .spark-band"));

        Draw(panel, "Potassium");
        Assert.Equal(["Potassium"], Drawn(panel));

        Draw(panel, "Potassium");
        Assert.Empty(panel.FindAll(".trend"));
    }

    [Fact]
    public void Shows_the_band_and_the_critical_line_where_a_value_came_near_it()
    {
        var panel = Panel();
        Assert.Single(panel.FindAll(".trend .spark-band"));
        Assert.Empty(panel.FindAll(".trend-critical"));

        _tests = [Series("Glucose", "mg/dL", new ResultReference(70, 100, null, 400, null), (-20, 98, ResultFlag.Normal), (-1, 464, ResultFlag.CriticalHigh))];
        panel = Panel();

        Assert.Single(panel.FindAll(".trend-critical"));
        Assert.Equal(2, panel.FindAll(".trend-plot path").Count);
        Assert.Contains("spark-critical", panel.FindAll(".trend-plot path")[1].ClassName);
    }

    [Fact]
    public void Opens_a_value_with_what_it_took_the_place_of_and_who_reviewed_it()
    {
        var value = _tests[0].Values[1];
        History.Detail = id => id == value.Id
            ? new ResultDetail(value, Patient, Patient, Patient, _tests[0].Test, "Glucose", "Glucose, fasting", _tests[0].Reference, Day.Now, [new EarlierValue(Patient, "614", "mg/dL", Day.Now)])
            {
                Review = new ResultReview("Dr. Asha Rao", Day.Now, "Called the patient"),
                Laboratory = "Metro Lab",
            }
            : throw new InvalidOperationException("Another value was asked for.");
        var panel = Panel();

        panel.Find("[aria-label^='Glucose 164']").Click();

        var dialog = panel.Find("dialog").TextContent;
        Assert.All(["614 mg/dL", "Dr. Asha Rao", "Called the patient", "Metro Lab", "Glucose, fasting", "70 to 100"], words => Assert.Contains(words, dialog));
    }

    [Fact]
    public async Task Shows_beside_a_value_what_is_attached_to_it_and_offers_to_attach_more()
    {
        var value = _tests[0].Values[1];
        History.Detail = _ => new ResultDetail(value, Patient, Patient, Patient, _tests[0].Test, "Glucose", null, null, Day.Now, []);
        Documents.Kept.AddRange([Paper("Report of the laboratory", value.Id), Paper("Of another value", Guid.CreateVersion7())]);

        var panel = Render<FlowsheetPanel>(p => p.Add(x => x.PatientId, Patient).Add(x => x.First, value.Id)); // as its address opens it

        var link = panel.Find("dialog .result-document");
        Assert.Equal("Report of the laboratory 30-Oct-2026", link.TextContent);
        Assert.Equal($"/patients/{Patient}?tab=documents&document={Documents.Kept[0].Id}", link.GetAttribute("href"));
        Assert.Contains($"/patients/{Patient}?tab=documents&add=result&to={value.Id}", panel.FindAll("dialog a").Select(a => a.GetAttribute("href")));

        Documents.Kept.Add(Paper("Second page", value.Id));
        await Feed.PublishAsync(new DayChange("document.changed", null, null) { PatientId = Patient });
        Clock.Advance(TimeSpan.FromSeconds(1));
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("dialog .result-document").Count));
    }

    [Fact]
    public async Task Reads_again_when_a_result_comes_and_not_for_another_patient()
    {
        var panel = Panel();
        _tests = [Series("Sodium", "mmol/L", null, (0, 140, ResultFlag.Normal))];

        await Feed.PublishAsync(new DayChange("result.changed", null, null) { PatientId = Guid.CreateVersion7() });
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("Glucose", panel.Markup);

        await Feed.PublishAsync(new DayChange("result.changed", null, null) { PatientId = Patient });
        Clock.Advance(TimeSpan.FromSeconds(1));
        panel.WaitForAssertion(() => Assert.Equal(["Sodium"], panel.FindAll("tbody th[scope=row]").Select(h => h.TextContent.Trim())));
    }

    [Fact]
    public void Says_that_there_is_nothing_yet_and_how_much_is_on_its_way()
    {
        History.Sheet = _ => new ResultFlowsheet(Patient, [], [], 2, false);

        Assert.Contains("No results yet. Orders open: 2.", Panel().Markup);
    }

    [Fact]
    public void Shows_the_period_that_is_asked_for()
    {
        _tests = [Series("Glucose", "mg/dL", null, (-700, 90, ResultFlag.Normal), (-200, 95, ResultFlag.Normal), (-1, 98, ResultFlag.Normal))];
        var panel = Panel();
        Assert.Equal(3, panel.FindAll(".trend-plot path").Count);

        panel.FindAll(".trend .seg button").Single(b => b.TextContent == "1 year").Click();
        Assert.Equal(2, panel.FindAll(".trend-plot path").Count);

        panel.FindAll(".trend .seg button").Single(b => b.TextContent == "3 months").Click();
        Assert.Single(panel.FindAll(".trend-plot path"));
    }

    /// <summary>Fourteen days have values, twelve are shown; the order that was looked for answered on the oldest.</summary>
    [Fact]
    public void Marks_the_values_of_the_order_that_somebody_came_for()
    {
        var order = Guid.CreateVersion7();
        var ferritin = Series("Ferritin", "ng/mL", null, [.. Enumerable.Range(0, 14).Select(n => (-140 + (10 * n), 20m + n, ResultFlag.Normal))]);
        _tests = [ferritin with { Values = [ferritin.Values[0] with { OrderId = order }, .. ferritin.Values.Skip(1)] }, Series("Sodium", "mmol/L", null, (-10, 140, ResultFlag.Normal))];
        History.Sheet = _ => new ResultFlowsheet(Patient, [new FlowsheetGroup("Biochemistry", _tests)], [.. Enumerable.Range(1, 14).Select(n => Today.AddDays(-10 * n))], 0, false);

        var panel = Render<FlowsheetPanel>(p => p.Add(x => x.PatientId, Patient).Add(x => x.Sought, order));

        var sought = Assert.Single(panel.FindAll("td.sought"));
        Assert.Equal(("20", "true", FlowsheetRow.IdOf(ferritin.Values[0])), (sought.QuerySelector(".cut")!.TextContent, sought.GetAttribute("aria-current"), sought.Id));
        Assert.Equal(sought.Id, Assert.Single(JSInterop.Invocations["clinicShell.inSight"]).Arguments[0]);
        Assert.Empty(Panel().FindAll(".sought"));
    }

    private IRenderedComponent<FlowsheetPanel> Panel() => Render<FlowsheetPanel>(p => p.Add(x => x.PatientId, Patient));

    private static IEnumerable<string> Drawn(IRenderedComponent<FlowsheetPanel> panel) => panel.FindAll(".trend h2").Select(h => h.TextContent);

    private static void Draw(IRenderedComponent<FlowsheetPanel> panel, string test) => panel.FindAll("[data-draws]").Single(b => b.TextContent == test).Click();

    private static DocumentView Paper(string title, Guid result)
        => new(Guid.CreateVersion7(), Patient, DocumentCategory.Report, title, null, new DateOnly(2026, 10, 30), DocumentTypes.Pdf, 4_096, Waiting: false)
        {
            UploadedBy = "Dr. Meera Iyer", UploadedAt = Day.Now, Attachment = new DocumentAttachment(ResultId: result),
        };

    private static TestSeries Series(string name, string unit, ResultReference? reference, params (int Day, decimal Value, ResultFlag Flag)[] values)
        => new(new TestCode("http://loinc.org", name), name, unit, reference,
            [.. values.Select(v => new ResultPoint(Guid.CreateVersion7(), Support.Pages.Day.Now.AddDays(v.Day), Today.AddDays(v.Day), $"{v.Value}", v.Value, unit, v.Flag, ResultStatus.Final))]);
}
