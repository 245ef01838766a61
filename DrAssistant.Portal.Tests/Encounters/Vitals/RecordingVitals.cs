using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Encounters.Vitals;

/// <summary>A nurse records vital signs before the doctor comes.</summary>
public sealed class RecordingVitals(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_for_the_doctors_and_nurses_who_care_for_the_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var meera = await clinic.Given.PatientAsync();
        var draft = Draft(meera, (VitalSign.HeartRate, 72));
        foreach (var person in new[] { await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            (await RecordAsync(clinic, person, draft)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IVitals>().RecordAsync(draft, Cancellation)).AssertRefused(RefusalKind.Forbidden);

        var stranger = await clinic.Given.NurseAsync("Nora Pinto");
        var outside = await RecordAsync(clinic, stranger, draft);
        Assert.Equal(RefusalKind.NotFound, outside.Refusal?.Kind);
        Assert.Equal((await RecordAsync(clinic, stranger, Draft(Guid.CreateVersion7(), (VitalSign.HeartRate, 72)))).Refusal, outside.Refusal);
        await using var acting = clinic.As(stranger);
        (await acting.Get<IVitals>().FormAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<IVitals>().LatestAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<IVitals>().SeriesAsync(meera, null, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<IVitals>().SetsAsync(meera, null, null, Cancellation)).AssertRefused(RefusalKind.NotFound);
        await clinic.AssertNothingHappenedAsync(stranger);
    }

    [Fact]
    public async Task keeps_what_was_measured_together_judges_it_and_computes_the_bmi()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, asha, meera) = await CaringAsync(clinic);
        var draft = Draft(
            meera, (VitalSign.SystolicPressure, 142), (VitalSign.DiastolicPressure, 88), (VitalSign.HeartRate, 72), (VitalSign.Temperature, 38.2m),
            (VitalSign.Weight, 56.2m), (VitalSign.Height, 156));

        var set = (await RecordAsync(clinic, nila, draft)).Value();

        Assert.Equal((draft.Id, meera, null, ClinicUnderTest.Eleven, "Nila Das"), (set.Id, set.PatientId, set.EncounterId, set.At, set.By));
        Assert.Equal(
            [
                (VitalSign.SystolicPressure, 142m, "mmHg", ResultFlag.High), (VitalSign.DiastolicPressure, 88m, "mmHg", ResultFlag.High),
                (VitalSign.HeartRate, 72m, "/min", ResultFlag.Normal), (VitalSign.Temperature, 38.2m, "°C", ResultFlag.High),
                (VitalSign.Weight, 56.2m, "kg", ResultFlag.Unknown), (VitalSign.Height, 156m, "cm", ResultFlag.Unknown),
                (VitalSign.Bmi, 23.1m, "kg/m²", ResultFlag.High),
            ],
            set.Values.Select(v => (v.Sign, v.Value, v.Unit, v.Flag)));
        var entry = await clinic.OnlyEventOfAsync(nila, "vitals.record", meera);
        Assert.Equal((nameof(AuditAction.Create)[..1], set.Id), (entry.Action.ToString(), entry.ResourceId));
        Assert.Equal("vitals.changed", Assert.Single(await clinic.OwedAsync(), m => m.SubjectId == set.Id && m.PatientId == meera).Kind);
        await clinic.AssertNowhereInTheTrailAsync("56.2");

        await using var doctor = clinic.As(asha);
        Assert.Equal(set.Values.Select(v => v.Id), (await doctor.Get<IVitals>().LatestAsync(meera, Cancellation)).Value().Select(v => v.Id));
        await clinic.OnlyEventOfAsync(asha, "vitals.read", meera);
    }

    [Fact]
    public async Task of_a_form_that_is_sent_twice_or_by_four_clicks_at_once_is_done_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await CaringAsync(clinic);
        var draft = Draft(meera, (VitalSign.Weight, 60), (VitalSign.Height, 160));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RecordAsync(clinic, nila, draft)));
        await RecordAsync(clinic, nila, draft);

        Assert.All(answers, a => Assert.Equal(3, a.Value().Values.Count));
        Assert.Single(await clinic.TrailOfAsync(nila));
        Assert.Single(await clinic.OwedAsync(), m => m.Kind == "vitals.changed");
    }

    [Fact]
    public async Task asks_about_a_jump_in_weight_and_keeps_the_answer()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await CaringAsync(clinic);
        await clinic.Given.VitalAsync(meera, "29463-7", 56, "kg", clinic.At("10:00", -85));
        var draft = Draft(meera, (VitalSign.HeartRate, 72), (VitalSign.Weight, 74));

        var asked = Assert.IsType<VitalsQuestioned>((await RecordAsync(clinic, nila, draft)).Refusal);
        var question = Assert.Single(asked.Questions);
        Assert.Equal((VitalSign.Weight, true), (question.Sign, question.CanBeAnswered));
        Assert.Equal("74\u00A0kg is 32 % more than 56\u00A0kg on 12-Aug-2026. Weigh again, or say why it is right.", question.Message);
        await clinic.AssertNothingHappenedAsync(nila);

        draft.Entries[1].Answer = "Weighed twice, oedema of both legs";
        var set = (await RecordAsync(clinic, nila, draft)).Value();
        Assert.Equal("Weighed twice, oedema of both legs", set.Values.Single(v => v.Sign is VitalSign.Weight).Answer);
    }

    [Fact]
    public async Task of_impossible_values_or_none_writes_nothing_at_all()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await CaringAsync(clinic);

        var refused = Assert.IsType<VitalsQuestioned>((await RecordAsync(clinic, nila, Draft(meera, (VitalSign.HeartRate, 72), (VitalSign.Temperature, 98.6m)))).Refusal);
        Assert.Equal((VitalSign.Temperature, false), (Assert.Single(refused.Questions).Sign, refused.Questions[0].CanBeAnswered));
        (await RecordAsync(clinic, nila, Draft(meera))).AssertRefused(RefusalKind.Invalid);
        (await RecordAsync(clinic, nila, Draft(meera, (VitalSign.Bmi, 22)))).AssertRefused(RefusalKind.Invalid);
        (await RecordAsync(clinic, nila, Draft(meera, (VitalSign.Pain, 2), (VitalSign.Pain, 3)))).AssertRefused(RefusalKind.Invalid);
        (await RecordAsync(clinic, nila, At(Draft(meera, (VitalSign.Pain, 2)), ClinicUnderTest.Eleven.AddMinutes(5)))).AssertRefused(RefusalKind.Invalid);
        (await RecordAsync(clinic, nila, At(Draft(meera, (VitalSign.Pain, 2)), new DateTimeOffset(1980, 1, 30, 0, 0, 0, TimeSpan.Zero)))).AssertRefused(RefusalKind.Invalid);

        await clinic.AssertNothingHappenedAsync(nila);
    }

    [Fact]
    public async Task takes_the_units_that_people_measure_in_and_keeps_its_own()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await CaringAsync(clinic);
        var draft = Draft(meera, (VitalSign.Temperature, 98.6m), (VitalSign.Weight, 132), (VitalSign.Height, 63), (VitalSign.Glucose, 6));
        (draft.Entries[0].Unit, draft.Entries[1].Unit, draft.Entries[2].Unit, draft.Entries[3].Unit) = ("[degF]", "[lb_av]", "[in_i]", "mmol/L");

        var set = (await RecordAsync(clinic, nila, draft)).Value();

        Assert.Equal(
            [(VitalSign.Temperature, 37m), (VitalSign.Weight, 59.874m), (VitalSign.Height, 160m), (VitalSign.Bmi, 23.4m), (VitalSign.Glucose, 108.1m)],
            set.Values.Select(v => (v.Sign, v.Value)));
        draft = Draft(meera, (VitalSign.Temperature, 37));
        draft.Entries[0].Unit = "kg";
        (await RecordAsync(clinic, nila, draft)).AssertRefused(RefusalKind.Invalid);
    }

    [Theory]
    [InlineData("1980-02-01", -400, true)] // a grown person stays as tall
    [InlineData("2022-11-05", -29, true)]
    [InlineData("2022-11-05", -60, false)] // a child does not
    public async Task computes_the_bmi_from_an_earlier_height_only_where_that_still_holds(string born, int daysAhead, bool computed)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, meera) = (await clinic.Given.NurseAsync(), await clinic.Given.PatientAsync(born: born));
        await clinic.Given.CareAsync(nila, meera);
        await clinic.Given.VitalAsync(meera, "8302-2", 102, "cm", clinic.At("10:00", daysAhead));

        var set = (await RecordAsync(clinic, nila, Draft(meera, (VitalSign.Weight, 24)))).Value();

        Assert.Equal(computed, set.Values.Any(v => v.Sign is VitalSign.Bmi));
    }

    [Fact]
    public async Task belongs_to_the_visit_that_is_open_and_else_to_the_one_that_begins_that_day()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, meera, visit, _) = await EndingAVisit.OpenVisitAsync(clinic);
        var (nila, ravi) = (await clinic.Given.NurseAsync(), await clinic.Given.PatientAsync("Ravi"));
        var appointment = await clinic.Given.AppointmentAsync(asha, ravi, "11:30", Data.Scheduling.AppointmentStatus.CheckedIn, checkedIn: "10:50");
        await clinic.Given.CareAsync(nila, meera);

        Assert.Equal(visit, (await RecordAsync(clinic, nila, Draft(meera, (VitalSign.Pain, 2)))).Value().EncounterId);
        var before = (await RecordAsync(clinic, nila, Draft(ravi, (VitalSign.Pain, 2)))).Value();
        Assert.Null(before.EncounterId);
        var foreign = Draft(ravi, (VitalSign.Pain, 2));
        foreign.EncounterId = visit;
        (await RecordAsync(clinic, nila, foreign)).AssertRefused(RefusalKind.NotFound);

        await using var doctor = clinic.As(asha);
        var started = (await doctor.Get<IEncounters>().StartAsync(appointment, Cancellation)).Value();
        var page = (await doctor.Get<IVitals>().SetsAsync(ravi, started.EncounterId, null, Cancellation)).Value();
        Assert.Equal(before.Id, Assert.Single(page.Sets).Id);
    }

    [Fact]
    public async Task under_the_id_of_another_patients_set_shows_nothing_of_that_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (nila, _, meera) = await CaringAsync(clinic);
        var ravi = await clinic.Given.PatientAsync("Ravi");
        await clinic.Given.CareAsync(nila, ravi);
        var hers = (await RecordAsync(clinic, nila, Draft(meera, (VitalSign.Pain, 7)))).Value();

        var his = new VitalsDraft { Id = hers.Id, PatientId = ravi, Entries = [new VitalEntryDraft { Sign = VitalSign.Pain, Value = 1 }] };
        (await RecordAsync(clinic, nila, his)).AssertRefused(RefusalKind.NotFound);

        await using var acting = clinic.As(nila);
        Assert.Empty((await acting.Get<IVitals>().LatestAsync(ravi, Cancellation)).Value());
    }

    internal static VitalsDraft Draft(Guid patient, params (VitalSign Sign, decimal Value)[] values) => new()
    {
        PatientId = patient,
        Entries = [.. values.Select(v => new VitalEntryDraft { Sign = v.Sign, Value = v.Value })],
    };

    internal static async Task<Result<VitalSet>> RecordAsync(ClinicUnderTest clinic, ClinicPerson person, VitalsDraft draft)
    {
        await using var acting = clinic.As(person);
        return await acting.Get<IVitals>().RecordAsync(draft, Cancellation);
    }

    /// <summary>Meera, born 1980, in the care of the nurse Nila and of Dr. Asha.</summary>
    internal static async Task<(ClinicPerson Nila, ClinicPerson Asha, Guid Meera)> CaringAsync(ClinicUnderTest clinic)
    {
        var (nila, asha, meera) = (await clinic.Given.NurseAsync(), await clinic.Given.DoctorAsync(), await clinic.Given.PatientAsync());
        await clinic.Given.CareAsync(nila, meera);
        await clinic.Given.CareAsync(asha, meera);
        return (nila, asha, meera);
    }

    private static VitalsDraft At(VitalsDraft draft, DateTimeOffset at)
    {
        draft.TakenAt = at;
        return draft;
    }
}
