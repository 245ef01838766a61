using Bunit;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Components.Common;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Common;

/// <summary>Colour only helps: each state has its word.</summary>
public sealed class ShowingAState : PageContext
{
    [Theory]
    [InlineData(ResultFlag.High, "9.4 ↑high", "flag")]
    [InlineData(ResultFlag.CriticalLow, "9.4 ↓↓critically low", "bad")]
    [InlineData(ResultFlag.Abnormal, "9.4 !abnormal", "flag")]
    public void of_a_result_has_an_arrow_a_word_and_a_tint(ResultFlag flag, string text, string css)
    {
        var value = Render<ResultValue>(p => p.Add(x => x.Value, "9.4").Add(x => x.Flag, flag)).Find("span");

        Assert.Equal(text, value.TextContent);
        Assert.Contains(css, value.ClassList);
    }

    [Fact]
    public void of_a_normal_result_is_nothing()
        => Render<ResultValue>(p => p.Add(x => x.Value, "74").Add(x => x.Unit, "mL/min")).MarkupMatches("<span class=\"nowrap\">74&nbsp;mL/min</span>");

    [Theory]
    [InlineData(14, "band")]
    [InlineData(15, "warn")]
    [InlineData(30, "bad")]
    public void of_waiting_goes_by_bands_of_a_quarter(int minutes, string css)
        => Assert.Contains(css, Render<WaitingBand>(p => p.Add(x => x.Waited, TimeSpan.FromMinutes(minutes))).Find("span").ClassList);

    [Fact]
    public void of_allergies_tells_the_three_apart()
    {
        Assert.Equal("Allergies not asked", Allergies(AllergiesStatus.NotAsked));
        Assert.Equal("No known allergies, 05-Nov-2026", Allergies(AllergiesStatus.NoneKnown));
        Assert.Equal("Allergy: PENICILLINS rash, mild", Allergies(AllergiesStatus.Known, new AllergyLine("Penicillins", "rash", AllergySeverity.Mild)));
    }

    [Theory]
    [InlineData(AppointmentStatus.CheckedIn, "Waiting")]
    [InlineData(AppointmentStatus.InProgress, "With doctor")]
    [InlineData(AppointmentStatus.NoShow, "No-show")]
    public void of_a_visit_is_a_word(AppointmentStatus status, string word)
        => Assert.Equal(word, Render<StatusChip>(p => p.Add(x => x.Status, status)).Find("span").TextContent);

    [Fact]
    public void over_time_puts_the_reference_behind_the_line()
    {
        var shape = TrendShape.Of([4.4m, 5.0m, 6.8m], 3.5m, 5.1m);

        Assert.NotNull(shape);
        Assert.Equal((60, 4), shape.Points[^1]);
        Assert.True(shape.Points[^1].Y < shape.Band?.Top, "The last value lies above the band.");
        Assert.Null(TrendShape.Of([4.4m], 3.5m, 5.1m));
    }

    private string Allergies(AllergiesStatus status, params AllergyLine[] allergies) => Render<AllergyTags>(p => p
        .Add(x => x.Status, status).Add(x => x.RecordedAt, Day.Now).Add(x => x.Allergies, allergies)).Find(".tag").TextContent;
}
