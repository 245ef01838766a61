using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Encounters.Vitals;

/// <summary>A wrong value stays, marked; the right one stands beside it.</summary>
public sealed class CorrectingAVitalSign(ClinicDatabase databases, TwoCharts charts) : IClassFixture<TwoCharts>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task puts_the_right_value_beside_it_and_computes_the_bmi_anew()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, asha, meera) = await RecordingVitals.CaringAsync(clinic);
        var set = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Weight, 65.2m), (VitalSign.Height, 156)))).Value();
        var weight = set.Values.Single(v => v.Sign is VitalSign.Weight);
        clinic.Clock.Now = clinic.Clock.Now.AddMinutes(3);

        var corrected = (await CorrectAsync(clinic, asha, new VitalCorrection(weight.Id, "Digits exchanged", 56.2m))).Value();

        Assert.Equal((set.Id, ClinicUnderTest.Eleven), (corrected.Id, corrected.At));
        var right = corrected.Values.Single(v => v is { Sign: VitalSign.Weight, Error: null });
        Assert.Equal((56.2m, weight.Id, "Asha Rao"), (right.Value, right.Replaces, right.By));
        var wrong = corrected.Values.Single(v => v.Id == weight.Id);
        Assert.Equal((65.2m, clinic.Clock.Now, "Asha Rao", "Digits exchanged"), (wrong.Value, wrong.Error!.At, wrong.Error.By, wrong.Error.Reason));
        Assert.Equal([23.1m, 26.8m], corrected.Values.Where(v => v.Sign is VitalSign.Bmi).Select(v => v.Value));
        await using var acting = clinic.As(asha);
        Assert.Equal([56.2m, 156m, 23.1m], (await acting.Get<IVitals>().LatestAsync(meera, Cancellation)).Value().Select(v => v.Value));

        var entry = (await clinic.TrailOfAsync(asha))[0];
        Assert.Equal(("vitals.correct", meera, "Digits exchanged"), (entry.Event, entry.PatientId, entry.Reason));
        Assert.Equal(2, (await clinic.OwedAsync()).Count(m => m.Kind == "vitals.changed"));
        Assert.Equal(RecordStatus.EnteredInError, (await clinic.RowAsync<Observation>(weight.Id)).Status);
    }

    [Fact]
    public async Task without_a_right_value_takes_the_bmi_with_it()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        var set = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Weight, 65), (VitalSign.Height, 156)))).Value();

        var corrected = (await CorrectAsync(clinic, nila, new VitalCorrection(set.Values[0].Id, "Another patient"))).Value();

        Assert.Equal([VitalSign.Height], corrected.Values.Where(v => v.Error is null).Select(v => v.Sign));
    }

    [Fact]
    public async Task of_a_height_follows_into_every_bmi_that_was_computed_from_it()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        var first = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Weight, 56), (VitalSign.Height, 165)))).Value();
        clinic.Clock.Now = clinic.Clock.Now.AddDays(7);
        await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Weight, 57)));

        await CorrectAsync(clinic, nila, new VitalCorrection(first.Values.Single(v => v.Sign is VitalSign.Height).Id, "Digits exchanged", 156));

        await using var acting = clinic.As(nila);
        var bmi = (await acting.Get<IVitals>().SeriesAsync(meera, null, Cancellation)).Value().Single(s => s.Sign is VitalSign.Bmi);
        Assert.Equal([23.0m, 23.4m], bmi.Values.Select(v => v.Value));
    }

    [Fact]
    public async Task is_refused_without_a_reason_twice_of_a_bmi_and_for_what_cannot_be()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        var set = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(
            meera, (VitalSign.SystolicPressure, 120), (VitalSign.DiastolicPressure, 80), (VitalSign.Weight, 56), (VitalSign.Height, 156)))).Value();
        Guid Of(VitalSign sign) => set.Values.Single(v => v.Sign == sign).Id;

        (await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.Weight), " x ", 57))).AssertRefused(RefusalKind.Invalid);
        (await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.Bmi), "Does not look right", 22))).AssertRefused(RefusalKind.Invalid);
        Assert.IsType<VitalsQuestioned>((await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.Weight), "Read wrongly", 900))).Refusal);
        Assert.IsType<VitalsQuestioned>((await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.SystolicPressure), "Read wrongly", 70))).Refusal);
        (await CorrectAsync(clinic, nila, new VitalCorrection(Guid.CreateVersion7(), "Read wrongly"))).AssertRefused(RefusalKind.NotFound);
        Assert.Single(await clinic.TrailOfAsync(nila));

        Assert.True((await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.Weight), "Read wrongly", 57))).Succeeded);
        (await CorrectAsync(clinic, nila, new VitalCorrection(Of(VitalSign.Weight), "Read wrongly", 58))).AssertRefused(RefusalKind.Conflict);
    }

    [Fact]
    public async Task is_for_who_cares_for_the_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await RecordingVitals.CaringAsync(clinic);
        var set = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Pain, 2)))).Value();
        var correction = new VitalCorrection(set.Values[0].Id, "Read wrongly", 3);
        var (stranger, desk) = (await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.ReceptionistAsync());

        (await CorrectAsync(clinic, stranger, correction)).AssertRefused(RefusalKind.NotFound);
        (await CorrectAsync(clinic, desk, correction)).AssertRefused(RefusalKind.Forbidden);
        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IVitals>().CorrectAsync(correction, Cancellation)).AssertRefused(RefusalKind.Forbidden);

        Assert.Empty(await clinic.TrailOfAsync(stranger));
        Assert.Equal(RecordStatus.Final, (await clinic.RowAsync<Observation>(set.Values[0].Id)).Status);
    }

    [Fact]
    public async Task by_two_at_once_leaves_one_right_value()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, asha, meera) = await RecordingVitals.CaringAsync(clinic);
        var set = (await RecordingVitals.RecordAsync(clinic, nila, RecordingVitals.Draft(meera, (VitalSign.Pain, 2)))).Value();

        var answers = await Task.WhenAll(
            CorrectAsync(clinic, nila, new VitalCorrection(set.Values[0].Id, "Read wrongly", 3)),
            CorrectAsync(clinic, asha, new VitalCorrection(set.Values[0].Id, "Read wrongly", 4)));

        var won = Assert.Single(answers, a => a.Succeeded);
        Assert.Single(won.Value!.Values, v => v.Error is null);
        Assert.Equal(RefusalKind.Conflict, Assert.Single(answers, a => !a.Succeeded).Refusal!.Kind);
    }

    [Theory]
    [InlineData("UPDATE observations SET value_number = 60")]
    [InlineData("UPDATE observations SET effective_at = now()")]
    [InlineData("UPDATE observations SET recorded_by = NULL")]
    [InlineData("UPDATE observations SET set_id = NULL")]
    public async Task is_the_only_change_there_is_for_a_measured_value(string change)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await asha.RefusalOfAsync(change));
    }

    [Theory]
    [InlineData("UPDATE observations SET encounter_id = NULL")]
    [InlineData("UPDATE observations SET status = 'preliminary'")]
    [InlineData("UPDATE observations SET status = 'entered_in_error'")] // without a word why
    [InlineData("UPDATE observations SET status = 'entered_in_error', error_at = now(), error_reason = 'Wrong', error_by = (SELECT id FROM users WHERE username = 'basu')")]
    public async Task is_made_in_ones_own_name_with_a_reason(string change)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync(change));
    }

    [Fact]
    public async Task is_not_taken_back()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(1, await asha.RunAsync(
            "UPDATE observations SET status = 'entered_in_error', error_at = now(), error_reason = 'Wrong', error_by = $1", TwoCharts.Id(Person.Asha)!));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, await asha.RefusalOfAsync("UPDATE observations SET status = 'final', error_at = NULL, error_reason = NULL"));
    }

    private static async Task<Result<VitalSet>> CorrectAsync(ClinicUnderTest clinic, ClinicPerson person, VitalCorrection correction)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IVitals>().CorrectAsync(correction, Cancellation);
    }
}
