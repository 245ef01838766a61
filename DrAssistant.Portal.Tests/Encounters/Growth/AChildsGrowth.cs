using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Patients;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters.Growth;

public sealed class AChildsGrowth(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_drawn_from_what_was_measured_against_the_standard_of_the_sex()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, child) = await ChildAsync(clinic, "2025-11-05");
        await clinic.Given.VitalAsync(child, "29463-7", 6500, "g", clinic.At("10:00", -183));
        await clinic.Given.VitalAsync(child, "29463-7", 6.1m, "kg", clinic.At("10:00"));
        await clinic.Given.VitalAsync(child, "29463-7", 30, "kg", clinic.At("10:01"), status: Data.Encounters.RecordStatus.EnteredInError);
        await clinic.Given.VitalAsync(child, "8302-2", 74, "cm", clinic.At("10:00"));

        var charts = (await OpenAsync(clinic, asha, child)).Value();

        Assert.Null(charts.WhyNot);
        var weight = charts.Charts.Single(c => c.Measure is GrowthMeasure.Weight);
        Assert.Equal([6.5m, 6.1m], weight.Points.Select(p => p.Value));
        Assert.Equal(
            (12m, -3.23m, "Severely underweight"), (Math.Round(weight.Points[1].AgeMonths), weight.Points[1].ZScore, weight.Points[1].Remark));
        Assert.Equal([3, 15, 50, 85, 97], weight.Curves.Select(c => c.Percentile));
        Assert.Equal(61, weight.Curves[0].Points.Count);
        Assert.InRange(charts.Charts.Single(c => c.Measure is GrowthMeasure.Height).Points.Single().Percentile, 48, 52);
        await clinic.OnlyEventOfAsync(asha, "growth.read", child);
    }

    [Fact]
    public async Task is_not_compared_where_the_standard_does_not_reach_and_says_so()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, grown) = await ChildAsync(clinic, "2014-11-05");
        await clinic.Given.VitalAsync(grown, "29463-7", 40, "kg", clinic.At("10:00"));
        var other = await clinic.Given.PatientAsync("Sam", born: "2025-11-05", gender: Gender.Other);
        await clinic.Given.CareAsync(asha, other);

        Assert.Equal("The standards end at 60 months, and nothing was measured before.", (await OpenAsync(clinic, asha, grown)).Value().WhyNot);
        Assert.Equal("The standards are for boys and girls; this record says neither.", (await OpenAsync(clinic, asha, other)).Value().WhyNot);

        await clinic.Given.VitalAsync(grown, "29463-7", 12, "kg", clinic.At("10:00", -365 * 10));
        var weight = (await OpenAsync(clinic, asha, grown)).Value().Charts.Single(c => c.Measure is GrowthMeasure.Weight);
        Assert.Equal((1, 1), (weight.Points.Count, weight.LeftOut));
    }

    [Fact]
    public async Task of_an_estimated_birth_date_is_shown_with_a_caution()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var child = await clinic.Given.PatientAsync("Kiran", born: "2025-01-01", with: p => p.DateOfBirthEstimated = true);
        await clinic.Given.CareAsync(asha, child);

        Assert.NotNull((await OpenAsync(clinic, asha, child)).Value().Caution);
    }

    [Fact]
    public async Task is_for_who_cares_for_the_child()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (_, child) = await ChildAsync(clinic, "2025-11-05");
        var (stranger, desk) = (await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.ReceptionistAsync());

        (await OpenAsync(clinic, stranger, child)).AssertRefused(RefusalKind.NotFound);
        (await OpenAsync(clinic, desk, child)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IGrowth>().ChartsAsync(child, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await clinic.AssertNothingHappenedAsync(stranger);
    }

    private static async Task<(ClinicPerson Asha, Guid Child)> ChildAsync(ClinicUnderTest clinic, string born)
    {
        var (asha, child) = (await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync("Anu", born: born));
        await clinic.Given.CareAsync(asha, child);
        return (asha, child);
    }

    private static async Task<Result<GrowthCharts>> OpenAsync(ClinicUnderTest clinic, ClinicPerson person, Guid child)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IGrowth>().ChartsAsync(child, Cancellation);
    }
}
