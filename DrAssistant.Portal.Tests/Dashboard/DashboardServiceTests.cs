using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class DashboardServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_for_those_who_read_the_record()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var person in new[] { await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            await using var acting = clinic.As(person);
            (await acting.Get<IDashboard>().TodayAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
            (await acting.Get<IDashboard>().DraftsToSignAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
            await clinic.AssertNothingHappenedAsync(person);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IDashboard>().TodayAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var system = clinic.AsSystem();
        (await system.Get<IDashboard>().TodayAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        await using var nurse = clinic.As(await clinic.Given.NurseAsync());
        (await nurse.Get<IDashboard>().DraftsToSignAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task The_whole_day_is_one_round_trip_with_its_audit_row()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await FullDayAsync(clinic);
        await using var acting = clinic.As(asha);
        var dashboard = acting.Get<IDashboard>();
        (await dashboard.TodayAsync(Cancellation)).Value();

        using var sent = new RoundTrips();
        (await dashboard.TodayAsync(Cancellation)).Value();

        Assert.Equal(1, sent.Count);
        await clinic.AssertTrailAsync(asha, "dashboard.read", "dashboard.read");
    }

    [Fact]
    public async Task Whoever_is_with_the_doctor_comes_with_the_visit_that_goes_on()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var (inside, booked) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi", "Rao"));
        var appointment = await clinic.Given.AppointmentAsync(asha, inside, "09:00", AppointmentStatus.InProgress);
        await clinic.Given.AppointmentAsync(asha, booked, "10:00");
        var visit = await clinic.Given.EncounterAsync(asha, inside, clinic.At("09:02"), EncounterStatus.InProgress, appointment: appointment);
        await using var acting = clinic.As(asha);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();

        Assert.Equal([visit, null], day.Visits.Select(v => v.OpenEncounterId));
    }

    [Fact]
    public async Task An_empty_day_names_the_next_visit_and_is_audited_as_showing_nobody()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.AppointmentAsync(asha, meera, "09:00", daysAhead: 3);
        await clinic.Given.AppointmentAsync(asha, meera, "09:00", AppointmentStatus.Cancelled, daysAhead: 1);
        await clinic.Given.AppointmentAsync(basu, meera, "10:00", daysAhead: 1);
        await using var acting = clinic.As(asha);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();

        Assert.Equal((new DateOnly(2026, 11, 5), clinic.Clock.Now), (day.Day, day.ReadAt));
        Assert.Empty(day.Visits);
        Assert.Null(day.Next);
        Assert.Empty(day.Tasks);
        Assert.Empty(day.Alerts);
        Assert.Empty(day.Results);
        Assert.Equal(new DayFigures(0, 0, 0, 0, 0, null, 0, 0, 0, null), day.Figures);
        Assert.Equal(clinic.At("09:00", 3), day.NextVisitAfterToday);
        (await clinic.OnlyEventOfAsync(asha, "dashboard.read")).AssertShown();
    }

    [Fact]
    public async Task Everything_stands_in_clinical_order_never_in_the_alphabets()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await FullDayAsync(clinic);
        await using var acting = clinic.As(asha);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();

        Assert.Equal(["urgent", "medium, today", "low", "high", "medium, tomorrow", "medium"], day.Tasks.Select(t => t.Title));
        Assert.Equal(["critical", "high, late", "high, early", "medium", "low"], day.Alerts.Select(a => a.Title));
        Assert.Equal(
            ["critical_low, early", "critical_high, late", "abnormal, early", "low", "high, late", "normal, early", "unknown"],
            day.Results.Select(r => r.Test));
        Assert.Equal((7, 2, 3), (day.Figures.ResultsToReview, day.Figures.CriticalResults, day.Figures.AbnormalResults));
        Assert.Equal(["09:00", "09:15", "16:00"], day.Visits.Select(v => ClinicFormat.Time(TimeOnly.FromDateTime(clinic.Days.Local(v.Start).DateTime))));
    }

    [Fact]
    public async Task Every_patient_whose_name_it_shows_is_in_the_trail_and_no_other()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var names = new[] { "Visit", "Result", "Task", "Alert", "Elsewhere" };
        var patients = new List<Guid>();
        foreach (var name in names)
        {
            patients.Add(await clinic.Given.PatientAsync(name));
        }

        await clinic.Given.AppointmentAsync(asha, patients[0], "09:00");
        await clinic.Given.ResultAsync(asha, patients[1], "4548-4", 6.1m);
        await clinic.Given.TaskAsync(asha, patient: patients[2]);
        await clinic.Given.TaskAsync(asha, "no patient");
        await clinic.Given.AlertAsync(asha, patient: patients[3]);
        await clinic.Given.AppointmentAsync(basu, patients[4], "09:00");
        await clinic.Given.TaskAsync(basu, patient: patients[4]);
        await clinic.Given.AlertAsync(basu, patient: patients[4]);
        await clinic.Given.ResultAsync(basu, patients[4], "4548-4", 6.1m);
        await clinic.Given.CareAsync(asha, patients[4]);
        await using var acting = clinic.As(asha);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();

        (await clinic.OnlyEventOfAsync(asha, "dashboard.read")).AssertShown([.. patients[..4]]);
        Assert.Equal(patients[0], Assert.Single(day.Visits).PatientId);
        Assert.Equal(patients[1], Assert.Single(day.Results).PatientId);
        Assert.Equal(2, day.Tasks.Count);
        Assert.Equal(patients[3], Assert.Single(day.Alerts).PatientId);
    }

    [Fact]
    public async Task Results_leave_when_reviewed_superseded_or_not_final_yet_and_trends_run_to_the_newest()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        for (var day = 8; day >= 1; day--)
        {
            await clinic.Given.ResultAsync(asha, meera, "2823-3", 4 + (day / 10m), at: clinic.At("09:00", -day), reviewedBy: asha, unit: "mmol/L");
        }

        await clinic.Given.ResultAsync(asha, meera, "2823-3", 99, at: clinic.At("08:00", -1), reviewedBy: asha, unit: "mg/dL");
        await clinic.Given.ResultAsync(asha, meera, "2823-3", 98, at: clinic.At("08:30", -1), status: ResultStatus.Cancelled, unit: "mmol/L");
        await clinic.Given.ResultAsync(asha, meera, "2823-3", 3, at: clinic.At("08:00"), status: ResultStatus.Preliminary, unit: "mmol/L");
        var wrong = await clinic.Given.ResultAsync(asha, meera, "2823-3", 97, at: clinic.At("08:10"), unit: "mmol/L");
        var right = await clinic.Given.ResultAsync(asha, meera, "2823-3", 5.25m, ResultFlag.High, clinic.At("08:20"), ResultStatus.Corrected, unit: "mmol/L");
        await clinic.RunAsync("UPDATE results SET superseded_by = $2 WHERE id = $1", wrong, right);
        await using var acting = clinic.As(asha);

        var result = Assert.Single((await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Results);

        Assert.Equal((right, "5.25", "mmol/L", ResultFlag.High), (result.ResultId, result.Value, result.Unit, result.Flag));
        Assert.Equal([4.4m, 4.3m, 4.2m, 4.1m, 3m, 5.25m], result.Trend);
    }

    [Fact]
    public async Task Values_of_one_report_are_one_line_by_the_worst_and_one_in_the_count_as_in_the_inbox()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var (meera, ravi) = (await clinic.Given.PatientAsync(), await clinic.Given.PatientAsync("Ravi"));
        var sodium = await clinic.Given.ResultAsync(asha, meera, "2951-2", 133, ResultFlag.Low, clinic.At("08:00"), unit: "mmol/L");
        await clinic.RunAsync(
            """
            INSERT INTO results SELECT (jsonb_populate_record(r, '{"code": "1558-6", "name": "1558-6", "value_number": 418, "flag": "critical_high"}'::jsonb || jsonb_build_object('id', $2::uuid))).*
            FROM results r WHERE id = $1
            """,
            sodium, Guid.CreateVersion7());
        await clinic.Given.ResultAsync(asha, ravi, "3016-3", 8.87m, ResultFlag.High, clinic.At("07:00"), unit: "m[IU]/L");
        await using var acting = clinic.As(asha);

        var day = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value();

        Assert.Equal([("1558-6", 1), ("3016-3", 0)], day.Results.Select(r => (r.Test, r.More)));
        Assert.Equal((2, 1, 1), (day.Figures.ResultsToReview, day.Figures.CriticalResults, day.Figures.AbnormalResults));
        Assert.Equal(day.Figures.ResultsToReview, (await acting.Get<IResultInbox>().CountAsync(Cancellation)).Value());
    }

    [Fact]
    public async Task The_next_patient_brings_what_the_doctor_must_know_before_the_door_opens()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, nila) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        var meera = await clinic.Given.PatientAsync(with: p =>
            (p.AllergiesStatus, p.AllergiesRecordedAt, p.Allergies) = (AllergiesStatus.Known, clinic.At("08:00", -30), ["Penicillin"]));
        await clinic.Given.AppointmentAsync(asha, meera, "11:00", AppointmentStatus.CheckedIn, checkedIn: "10:40");
        await clinic.Given.ConditionAsync(meera, "Hypertension");
        await clinic.Given.ConditionAsync(meera, "Asthma");
        await clinic.Given.ConditionAsync(meera, "Cold", Data.Encounters.ConditionStatus.Resolved);
        await clinic.Given.VitalAsync(meera, "8480-6", 182, "mm[Hg]", clinic.At("10:45"), by: nila);
        await clinic.Given.VitalAsync(meera, "8462-4", 88.4m, "mm[Hg]", clinic.At("10:45"), by: nila);
        await clinic.Given.VitalAsync(meera, "8867-4", 70, "/min", clinic.At("10:40"), by: nila);
        await clinic.Given.VitalAsync(meera, "8867-4", 104, "{beats}/min", clinic.At("10:50"), by: nila);
        await clinic.Given.VitalAsync(meera, "8310-5", 36.84m, "Cel", clinic.At("10:50"), by: nila);
        await clinic.Given.VitalAsync(meera, "29463-7", 61, "kg", clinic.At("10:50", -1), by: nila);
        await clinic.Given.VitalAsync(meera, "59408-5", 50, "%", clinic.At("10:55"), status: Data.Encounters.RecordStatus.EnteredInError);
        await using var acting = clinic.As(asha);

        var next = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Next!;

        Assert.True(next.Visit.VitalsDone);
        Assert.Equal((AllergiesStatus.Known, clinic.At("08:00", -30), "Penicillin"), (next.AllergiesStatus, next.AllergiesRecordedAt, Assert.Single(next.Allergies)));
        Assert.Equal(["Asthma", "Hypertension"], next.Conditions);
        Assert.Equal(
            [("BP", "182/88", ResultFlag.CriticalHigh), ("pulse", "104\u00A0/min", ResultFlag.High), ("temperature", "36.8\u00A0°C", ResultFlag.Normal)],
            next.Vitals.Select(v => (v.Name, v.Value, v.Flag)));
        Assert.Equal((clinic.At("10:50"), "Nila Das"), (next.VitalsAt, next.VitalsBy));
    }

    [Fact]
    public async Task Vital_signs_are_judged_by_the_age_of_their_patient()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var child = await clinic.Given.PatientAsync("Anu", born: "2025-11-05");
        await clinic.Given.AppointmentAsync(asha, child, "11:00", AppointmentStatus.CheckedIn, checkedIn: "10:40");
        await clinic.Given.VitalAsync(child, "8867-4", 135, "/min", clinic.At("10:45"));
        await clinic.Given.VitalAsync(child, "9279-1", 45, "/min", clinic.At("10:45"));
        await using var acting = clinic.As(asha);

        var next = (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Next!;

        // One year old today: a toddler's pulse may be 135, and her breathing is fast at 45, which it was not yesterday.
        Assert.Equal([ResultFlag.Normal, ResultFlag.High], next.Vitals.Select(v => v.Flag));
    }

    private static async Task<ClinicPerson> FullDayAsync(ClinicUnderTest clinic)
    {
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        foreach (var start in new[] { "16:00", "09:15", "09:00" })
        {
            await clinic.Given.AppointmentAsync(asha, meera, start);
        }

        foreach (var (title, priority, due) in new[]
        {
            ("low", TaskPriority.Low, "08:00"), ("medium", TaskPriority.Medium, null), ("medium, tomorrow", TaskPriority.Medium, "33:00"),
            ("medium, today", TaskPriority.Medium, "09:00"), ("urgent", TaskPriority.Urgent, null), ("high", TaskPriority.High, "12:00"),
        })
        {
            await clinic.Given.TaskAsync(asha, title, priority, meera, due is null ? null : due == "33:00" ? clinic.At("09:00", 1) : clinic.At(due));
        }

        foreach (var (title, severity, at) in new[]
        {
            ("low", AlertSeverity.Low, "10:00"), ("high, early", AlertSeverity.High, "08:00"), ("medium", AlertSeverity.Medium, "10:00"),
            ("high, late", AlertSeverity.High, "09:00"), ("critical", AlertSeverity.Critical, "07:00"),
        })
        {
            await clinic.Given.AlertAsync(asha, severity, meera, clinic.At(at), title);
        }

        foreach (var (test, flag, at) in new[]
        {
            ("normal, early", ResultFlag.Normal, "06:00"), ("high, late", ResultFlag.High, "09:00"), ("low", ResultFlag.Low, "08:30"),
            ("unknown", ResultFlag.Unknown, "07:00"), ("critical_high, late", ResultFlag.CriticalHigh, "09:30"),
            ("abnormal, early", ResultFlag.Abnormal, "08:00"), ("critical_low, early", ResultFlag.CriticalLow, "09:20"),
        })
        {
            await clinic.Given.ResultAsync(asha, meera, test, 1, flag, clinic.At(at));
        }

        await clinic.Given.TaskAsync(basu, "another's", TaskPriority.Urgent, meera);
        await clinic.Given.AlertAsync(basu, AlertSeverity.Critical, meera, title: "another's");
        await clinic.Given.ResultAsync(basu, meera, "another's", 1, ResultFlag.CriticalHigh);
        return asha;
    }
}
