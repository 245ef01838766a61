using AngleSharp.Dom;
using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Encounters.Vitals;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

public sealed class TheVitalsOfAChart : PageContext
{
    private static readonly ChartBanner Sunita = Day.Banner(Guid.CreateVersion7(), "Sunita", "Pawar");

    public TheVitalsOfAChart() => Vitals.Series =
    [
        Series(VitalSign.SystolicPressure, "Systolic pressure", "mmHg", (138, ResultFlag.High), (132, ResultFlag.High)),
        Series(VitalSign.DiastolicPressure, "Diastolic pressure", "mmHg", (86, ResultFlag.High), (84, ResultFlag.Normal)),
        Series(VitalSign.Weight, "Weight", "kg", (56.2m, ResultFlag.Unknown), (55.4m, ResultFlag.Unknown)),
    ];

    [Fact]
    public void Draws_one_picture_a_sign_and_says_the_same_in_a_table()
    {
        var panel = Render<VitalsPanel>(p => p.Add(x => x.Banner, Sunita));

        Assert.Equal(["Blood pressure", "Weight"], panel.FindAll(".vital-chart h2").Select(h => h.TextContent));
        var pressure = panel.Find(".vital-chart");
        Assert.Equal("true", pressure.QuerySelector("svg")!.GetAttribute("aria-hidden"));
        Assert.Equal(4, pressure.QuerySelectorAll("circle").Length);
        Assert.Equal(2, pressure.QuerySelectorAll("polyline").Length);
        Assert.Equal(2, pressure.QuerySelectorAll("rect").Length);
        Assert.Equal(["132 ↑high / 84", "138 ↑high / 86 ↑high"], pressure.QuerySelectorAll("tbody tr").Select(r => Text(r.Children[1])));
    }

    [Fact]
    public async Task Reads_again_when_something_is_measured_and_not_for_another_patient()
    {
        var panel = Render<VitalsPanel>(p => p.Add(x => x.Banner, Sunita));
        Vitals.Series = [];

        await Feed.PublishAsync(new DayChange("vitals.changed", null, null) { PatientId = Guid.CreateVersion7() });
        Assert.Equal(2, panel.FindAll(".vital-chart").Count);

        await Feed.PublishAsync(new DayChange("vitals.changed", null, null) { PatientId = Sunita.PatientId });
        Clock.Advance(TimeSpan.FromSeconds(1));
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll(".vital-chart")));
    }

    [Fact]
    public void Corrects_a_value_with_a_reason()
    {
        VitalCorrection? sent = null;
        Vitals.Correct = correction =>
        {
            sent = correction;
            return new VitalSet(Guid.CreateVersion7(), Sunita.PatientId, null, Day.Now, null, null, []);
        };
        var panel = Render<VitalsPanel>(p => p.Add(x => x.Banner, Sunita));

        panel.FindAll(".vital-chart")[1].QuerySelector("tbody button")!.Click();
        panel.Find("#correct-right").Input("45,5");
        panel.Find("dialog").TriggerEvent("oncancel", EventArgs.Empty);
        Assert.Contains("not saved", panel.Find(".dialog-asks").TextContent, StringComparison.Ordinal);
        panel.FindAll(".dialog-asks button")[0].Click();
        panel.FindAll("dialog .field input")[^1].Input("Digits exchanged");
        panel.Find("dialog form").Submit();

        Assert.Equal((Vitals.Series[2].Values[1].Id, "Digits exchanged", 45.5m), (sent!.ValueId, sent.Reason, sent.Right));
        Assert.Empty(panel.FindAll("dialog"));
    }

    [Fact]
    public void Offers_neither_recording_nor_correcting_to_whoever_may_not()
    {
        SignIn(StaffRole.Receptionist);

        var panel = Render<VitalsPanel>(p => p.Add(x => x.Banner, Sunita));

        Assert.Empty(panel.FindAll("tbody button"));
        Assert.DoesNotContain("Record vitals", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_a_childs_growth_along_the_lines_of_the_standard()
    {
        var child = Sunita with { Age = Age.On(Day.Date, new DateOnly(2025, 11, 5)) };
        Growth.Charts = id => new GrowthCharts(id, child.Age, Gender.Female, null, "WHO", [new GrowthChart(
            GrowthMeasure.Weight, "Weight for age", "kg", [new GrowthPoint(Guid.CreateVersion7(), Day.Now, 12, 6.1m, -3.23m, 0.1m, "Severely underweight")],
            [.. new[] { 3, 15, 50, 85, 97 }.Select(p => new GrowthCurve(p, [new GrowthCurvePoint(0, 3), new GrowthCurvePoint(12, 9), new GrowthCurvePoint(60, 18)]))], LeftOut: 0)]);

        var growth = Render<VitalsPanel>(p => p.Add(x => x.Banner, child)).Find("section .vital-chart");

        Assert.Equal(5, growth.QuerySelectorAll(".growth-line").Length);
        Assert.Contains("under the 1st percentile, z −3.23", Text(growth.QuerySelector("figcaption")!), StringComparison.Ordinal);
        Assert.Contains("Severely underweight", growth.TextContent, StringComparison.Ordinal);
    }

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static VitalSeries Series(VitalSign sign, string name, string unit, params (decimal Value, ResultFlag Flag)[] values)
    {
        var low = sign is VitalSign.Weight ? (decimal?)null : 60;
        return new VitalSeries(
            sign, name, unit,
            [.. values.Select((v, n) => new VitalValue(Guid.CreateVersion7(), sign, name, v.Value, unit, v.Flag, Day.At(10, 0).AddDays((n - values.Length) * 30), "Sr. Mary Thomas"))],
            [new VitalBand(new DateOnly(2006, 3, 1), null, new VitalLimits(20, 280, low, low + 69, null, null))]);
    }
}
