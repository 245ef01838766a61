using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Reference;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering.History;

public sealed class ResultsOverTime(ClinicDatabase databases)
{
    private const string Potassium = "2823-3";
    private const string Hba1c = "4548-4";
    private static readonly TestCode PotassiumTest = new(CodeSystems.Loinc, Potassium);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task stand_beside_one_another_by_kind_the_newest_day_first()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        await CatalogueAsync(clinic, "lab-k", Potassium, "biochemistry");
        await CatalogueAsync(clinic, "lab-a1c", Hba1c, "diabetes");
        await clinic.Given.ResultAsync(doctor, meera, Hba1c, 7.1m, ResultFlag.High, clinic.At("08:00", -90));
        await clinic.Given.ResultAsync(doctor, meera, Hba1c, 8.1m, ResultFlag.High, clinic.At("08:00", -2));
        await clinic.Given.ResultAsync(doctor, meera, Potassium, 6.3m, ResultFlag.CriticalHigh, clinic.At("08:00", -2), unit: "mmol/L");
        await clinic.Given.ResultAsync(doctor, meera, "house", 1m, at: clinic.At("08:00", -1));
        await using var acting = clinic.As(doctor);

        var sheet = (await acting.Get<IResultHistory>().FlowsheetAsync(meera, Cancellation)).Value();

        Assert.Equal(["Diabetes", "Biochemistry", "Other"], sheet.Groups.Select(g => g.Name));
        Assert.Equal([-1, -2, -90], sheet.Days.Select(d => d.DayNumber - clinic.Days.Today.DayNumber));
        var sugar = Assert.Single(sheet.Groups[0].Tests);
        Assert.Equal([("7.1", ResultFlag.High), ("8.1", ResultFlag.High)], sugar.Values.Select(v => (v.Value, v.Flag)));
        Assert.Equal((4, false), (sheet.OpenOrders, sheet.More));
    }

    [Fact]
    public async Task show_what_was_corrected_in_the_place_of_what_it_corrects_and_no_cancelled_value()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        var wrong = await clinic.Given.ResultAsync(doctor, meera, Potassium, 6.1m, at: clinic.At("08:00", -2), unit: "mmol/L");
        var right = await clinic.Given.ResultAsync(doctor, meera, Potassium, 4.1m, at: clinic.At("08:00", -2), status: ResultStatus.Corrected, unit: "mmol/L");
        await clinic.Given.ResultAsync(doctor, meera, Potassium, 9m, at: clinic.At("08:00", -1), status: ResultStatus.Cancelled, unit: "mmol/L");
        await clinic.RunAsync("UPDATE results SET superseded_by = $1 WHERE id = $2", right, wrong);
        await using var acting = clinic.As(doctor);

        var series = (await acting.Get<IResultHistory>().TrendAsync(meera, PotassiumTest, Cancellation)).Value();
        var detail = (await acting.Get<IResultHistory>().DetailAsync(right, Cancellation)).Value();

        var value = Assert.Single(series!.Values);
        Assert.Equal((right, "4.1", true), (value.Id, value.Value, value.Corrected));
        Assert.Equal(("6.1", "mmol/L"), (Assert.Single(detail.Before).Value, detail.Before[0].Unit));
        Assert.Null(detail.Review);
    }

    [Fact]
    public async Task join_only_numbers_of_one_unit_to_a_line()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        await clinic.Given.ResultAsync(doctor, meera, Potassium, 16m, at: clinic.At("08:00", -9), unit: "mg/dL");
        var latest = await clinic.Given.ResultAsync(doctor, meera, Potassium, 4.2m, at: clinic.At("08:00", -2), unit: "mmol/L");
        await clinic.RunAsync("""
            INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, comparator, value_number, unit, effective_at, issued_at)
            SELECT gen_random_uuid(), order_item_id, patient_id, code, code_system, name, '>', 9, 'mmol/L', $2, $2 FROM results WHERE id = $1
            """, latest, clinic.At("08:00", -5));
        await using var acting = clinic.As(doctor);

        var series = (await acting.Get<IResultHistory>().TrendAsync(meera, PotassiumTest, Cancellation)).Value()!;

        Assert.Equal(["16", ">9", "4.2"], series.Values.Select(v => v.Value));
        Assert.Equal(["4.2"], series.Line.Select(v => v.Value));
    }

    [Fact]
    public async Task never_lose_the_sign_of_a_value_that_lies_beyond_what_can_be_measured()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        var known = await clinic.Given.ResultAsync(doctor, meera, "troponin", 0.0142m, at: clinic.At("08:00", -5), unit: "ng/mL");
        await clinic.RunAsync("""
            INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, comparator, value_number, unit, flag, effective_at, issued_at)
            SELECT gen_random_uuid(), order_item_id, patient_id, code, code_system, name, '<', 0.0040, 'ng/mL', 'low', $2, $2 FROM results WHERE id = $1
            """, known, clinic.At("08:00", -1));
        await using var acting = clinic.As(doctor);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();
        var essential = Assert.Single((await acting.Get<IPatientEssentials>().ReadAsync(meera, null, Cancellation)).Value().Results);
        var timeline = (await acting.Get<IPatientTimeline>().PageAsync(meera, TimelineFilter.All, null, Cancellation)).Value();

        Assert.Equal([("<0.004", 1)], day.Results.Select(r => (r.Value, r.More))); // one report, by its worst value
        Assert.Equal("<0.004", essential.Value);
        Assert.Equal([0.0142m], essential.Trend);
        var told = timeline.Visits.SelectMany(v => v.Entries).Where(e => e.Kind is TimelineKind.Result).SelectMany(e => e.Parts).Select(p => p.Value).ToHashSet();
        Assert.Equal(["0.0142", "<0.004"], told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0.00045123456", "0.0004512")]
    [InlineData("123.456789", "123.46")]
    [InlineData("0.0142", "0.0142")]
    [InlineData("6.300", "6.3")]
    [InlineData("1234567.891234", "1,234,567.89")]
    [InlineData("-0.000012345678", "-0.00001235")]
    public void are_read_with_all_digits_that_count(string number, string said)
        => Assert.Equal(said, ResultText.Number(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task know_the_critical_limits_of_the_patients_age_and_only_in_their_own_unit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        await clinic.Given.ResultAsync(doctor, meera, Potassium, 4.2m, at: clinic.At("08:00", -2), unit: "mmol/L");
        await clinic.Given.ResultAsync(doctor, meera, Hba1c, 8m, at: clinic.At("08:00", -2), unit: "mmol/mol");
        await CatalogueAsync(clinic, "lab-k", Potassium, "biochemistry");
        await CatalogueAsync(clinic, "lab-a1c", Hba1c, "diabetes");
        await clinic.RunAsync("""
            INSERT INTO reference_ranges (id, test_id, from_years, to_years, critical_low, critical_high, unit, source)
            VALUES ('k-child', 'lab-k', 0, 18, 2.5, 7.5, 'mmol/L', 'test'), ('k', 'lab-k', 18, 120, 2.5, 6.5, 'mmol/L', 'test'), ('a1c', 'lab-a1c', 0, 120, 3, 20, '%', 'test')
            """);
        await using var acting = clinic.As(doctor);

        var potassium = (await acting.Get<IResultHistory>().TrendAsync(meera, PotassiumTest, Cancellation)).Value()!;
        var sugar = (await acting.Get<IResultHistory>().TrendAsync(meera, new TestCode(CodeSystems.Loinc, Hba1c), Cancellation)).Value()!;

        Assert.Equal((2.5m, 6.5m), (potassium.Reference!.CriticalLow, potassium.Reference.CriticalHigh));
        Assert.Null(sugar.Reference);
    }

    [Fact]
    public async Task are_for_those_who_care_and_leave_a_trace()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (doctor, meera) = await CaringAsync(clinic);
        var stranger = await clinic.Given.WorkingDoctorAsync("Dr. Ravi Menon");
        var value = await clinic.Given.ResultAsync(doctor, meera, Potassium, 4.2m, unit: "mmol/L");
        await using var acting = clinic.As(doctor);
        await using var outside = clinic.As(stranger);

        Assert.True((await acting.Get<IResultHistory>().FlowsheetAsync(meera, Cancellation)).Succeeded);
        Assert.True((await acting.Get<IResultHistory>().DetailAsync(value, Cancellation)).Succeeded);
        (await outside.Get<IResultHistory>().FlowsheetAsync(meera, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await outside.Get<IResultHistory>().TrendAsync(meera, PotassiumTest, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await outside.Get<IResultHistory>().DetailAsync(value, Cancellation)).AssertRefused(RefusalKind.NotFound);
        Assert.Equal(["results.flowsheet", "result.read"], (await clinic.TrailOfAsync(doctor)).Select(e => e.Event));
        Assert.All(await clinic.TrailOfAsync(doctor), e => Assert.Contains(meera, e.PatientIds ?? [e.PatientId!.Value]));
    }

    private static async Task<(ClinicPerson Doctor, Guid Patient)> CaringAsync(ClinicUnderTest clinic)
    {
        var doctor = await clinic.Given.WorkingDoctorAsync();
        var meera = await clinic.Given.PatientAsync("Meera", born: "1980-01-01");
        await clinic.Given.CareAsync(doctor, meera);
        return (doctor, meera);
    }

    private static Task CatalogueAsync(ClinicUnderTest clinic, string id, string code, string category) => clinic.RunAsync(
        "INSERT INTO order_catalogue (id, order_type, name, code, code_system, category, source) VALUES ($1, 'lab', $1, $2, $3, $4, 'test')", id, code, CodeSystems.Loinc, category);
}
