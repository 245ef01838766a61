using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Encounters.Vitals;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Encounters.Pages;

public sealed class TheVitalsOfAVisit : PageContext
{
    private static readonly VisitHead Visit = VisitOf.Sunita(Guid.CreateVersion7(), Guid.CreateVersion7());

    [Fact]
    public void Stand_above_what_the_doctor_finds_with_range_and_change_and_none_of_an_earlier_visit()
    {
        Vitals.Latest =
        [
            Value(VitalSign.SystolicPressure, 172, "mmHg", ResultFlag.High, new VitalLimits(50, 280, 100, 129, 90, 180)),
            Value(VitalSign.DiastolicPressure, 84, "mmHg", ResultFlag.Normal, new VitalLimits(20, 180, 60, 84, 50, 120)),
            Value(VitalSign.Weight, 55.4m, "kg", ResultFlag.Unknown, new VitalLimits(20, 350, null, null, null, null)) with { Change = -0.8m },
            Value(VitalSign.Height, 156, "cm", ResultFlag.Unknown, null) with { EncounterId = Guid.CreateVersion7() },
        ];

        var strip = Render<VitalsStrip>(p => p.Add(x => x.Visit, Visit));

        Assert.Equal(["BP", "Weight"], strip.FindAll("dt").Select(d => d.TextContent));
        Assert.Equal(["100/60 to 129/84", "−0.8 since last"], strip.FindAll("dd.hint").Select(d => d.TextContent));
        Assert.StartsWith("172/84\u00A0mmHg ↑", strip.Find("dd").TextContent, StringComparison.Ordinal);
        Assert.Contains("10:29, Sr. Mary", strip.Find(".note-label").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appear_by_themselves_when_the_nurse_records_them()
    {
        var strip = Render<VitalsStrip>(p => p.Add(x => x.Visit, Visit));
        Assert.Empty(strip.FindAll("dt"));
        Vitals.Latest = [Value(VitalSign.HeartRate, 92, "/min", ResultFlag.Normal, null)];

        await Feed.PublishAsync(new DayChange("vitals.changed", null, null) { PatientId = Visit.PatientId });
        Clock.Advance(TimeSpan.FromSeconds(1));

        strip.WaitForAssertion(() => Assert.Equal("Pulse", strip.Find("dt").TextContent));
    }

    [Fact]
    public void Are_recorded_from_here_by_whoever_may()
    {
        Vitals.Form = id => new VitalsForm(id, Visit.Age, Visit.Gender, []);
        var strip = Render<VitalsStrip>(p => p.Add(x => x.Visit, Visit));
        strip.Find(".linkbtn").Click();
        Assert.Contains("PAWAR, Sunita", strip.Find("dialog").TextContent, StringComparison.Ordinal);

        SignIn(StaffRole.Receptionist);
        Assert.Empty(Render<VitalsStrip>(p => p.Add(x => x.Visit, Visit)).FindAll(".linkbtn"));
    }

    private static VitalValue Value(VitalSign sign, decimal value, string unit, ResultFlag flag, VitalLimits? limits)
        => new(Guid.CreateVersion7(), sign, sign.ToString(), value, unit, flag, Day.At(10, 29), "Sr. Mary Thomas") { EncounterId = Visit.EncounterId, Limits = limits };
}
