using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters.Vitals;

public sealed class LookingAtVitals(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gives_the_form_of_the_age_with_units_limits_and_the_last_value()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        var baby = await clinic.Given.PatientAsync("Anu", born: "2026-06-05");
        await clinic.Given.CareAsync(nila, baby);
        await clinic.Given.VitalAsync(meera, "29463-7", 123, "[lb_av]", clinic.At("10:00", -85));
        await using var acting = clinic.As(nila);

        var form = (await acting.Get<IVitals>().FormAsync(meera, Cancellation)).Value();
        var small = (await acting.Get<IVitals>().FormAsync(baby, Cancellation)).Value();

        Assert.Equal(
            [
                VitalSign.SystolicPressure, VitalSign.DiastolicPressure, VitalSign.HeartRate, VitalSign.Temperature, VitalSign.RespiratoryRate,
                VitalSign.OxygenSaturation, VitalSign.Weight, VitalSign.Height, VitalSign.Pain, VitalSign.Glucose,
            ],
            form.Fields.Select(f => f.Sign));
        var weight = form.Fields.Single(f => f.Sign is VitalSign.Weight);
        Assert.Equal(["kg", "g", "lb"], weight.Units.Select(u => u.Words));
        Assert.Equal(55.792m, weight.Last!.Value);
        Assert.Equal((60m, 100m, 20m, 250m), (form.Fields[2].Limits!.UsualLow, form.Fields[2].Limits!.UsualHigh, form.Fields[2].Limits!.PlausibleLow, form.Fields[2].Limits!.PlausibleHigh));
        Assert.Contains(small.Fields, f => f.Sign is VitalSign.HeadCircumference);
        Assert.DoesNotContain(small.Fields, f => f.Sign is VitalSign.Pain);
        Assert.Equal(100m, small.Fields.Single(f => f.Sign is VitalSign.HeartRate).Limits!.UsualLow);
    }

    [Fact]
    public async Task follows_a_sign_through_the_bands_of_a_growing_child()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, child) = (await clinic.Given.NurseAsync(), await clinic.Given.PatientAsync("Anu", born: "2020-11-05"));
        await clinic.Given.CareAsync(nila, child);
        foreach (var (days, rate) in new[] { (-1200, 130m), (-400, 100m), (-1, 118m) })
        {
            await clinic.Given.VitalAsync(child, "8867-4", rate, "/min", clinic.At("10:00", days));
        }

        await using var acting = clinic.As(nila);
        var series = Assert.Single((await acting.Get<IVitals>().SeriesAsync(child, null, Cancellation)).Value());

        Assert.Equal([(130m, null), (100m, -30m), (118m, (decimal?)18m)], series.Values.Select(v => (v.Value, v.Change)));
        Assert.Equal([ResultFlag.Normal, ResultFlag.Normal, ResultFlag.Normal], series.Values.Select(v => v.Flag));
        Assert.Equal(
            [(new DateOnly(2021, 11, 5), new DateOnly(2023, 11, 5), 90m), (new DateOnly(2023, 11, 5), new DateOnly(2026, 11, 5), 80m)],
            series.Bands.Select(b => (b.From, b.To!.Value, b.Limits.UsualLow!.Value)));
        Assert.Equal(2, (await acting.Get<IVitals>().SeriesAsync(child, new DateOnly(2025, 1, 1), Cancellation)).Value().Single().Values.Count);
    }

    [Fact]
    public async Task turns_the_pages_of_the_sets_without_losing_or_repeating_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        for (var day = 1; day <= 25; day++)
        {
            await clinic.Given.VitalAsync(meera, "8867-4", 60 + day, "/min", clinic.At("10:00", -day));
            await clinic.Given.VitalAsync(meera, "8310-5", 37, "Cel", clinic.At("10:00", -day));
        }

        await using var acting = clinic.As(nila);
        var first = (await acting.Get<IVitals>().SetsAsync(meera, null, null, Cancellation)).Value();
        var rest = (await acting.Get<IVitals>().SetsAsync(meera, null, first.Before, Cancellation)).Value();

        Assert.Equal((20, 5, null), (first.Sets.Count, rest.Sets.Count, rest.Before));
        Assert.All(first.Sets, s => Assert.Equal(2, s.Values.Count));
        Assert.Equal(Enumerable.Range(61, 25).Select(n => (decimal)n), first.Sets.Concat(rest.Sets).Select(s => s.Values[0].Value));
    }
}
