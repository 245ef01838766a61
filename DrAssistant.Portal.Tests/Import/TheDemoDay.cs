using DrAssistant.Data.Import.Demo;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Import;

/// <summary>Today, whatever the clock says when the demo is made.</summary>
public sealed class TheDemoDay(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Of the practice's own clock.</summary>
    public static TheoryData<string> Moments =>
    [
        "2026-11-24T03:00", "2026-11-24T23:30", "2026-11-25T00:04", "2026-11-22T10:15", "2028-02-29T13:20", "2026-12-31T18:45", "2027-01-01T08:50",
    ];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task goes_on_at_any_hour(string moment)
    {
        await using var clinic = await MadeAtAsync(moment);

        await EveryDoctorHasPatientsSeenWaitingAndToComeAsync(clinic);
        await NothingLiesInTheFutureButAppointmentsAndDueDatesAsync(clinic);
        await ThoseWhoWaitCameWithinTheHourAsync(clinic);
    }

    [Fact]
    public async Task lets_only_the_urgent_overlap()
    {
        await using var clinic = await MadeAtAsync("2026-11-24T11:40");
        var overlapping = await clinic.ColumnAsync<string>("""
            SELECT a.appointment_type || ' ' || b.appointment_type FROM appointments a JOIN appointments b ON a.doctor_id = b.doctor_id AND a.id < b.id
                AND tstzrange(a.start_time, a.end_time) && tstzrange(b.start_time, b.end_time)
            WHERE a.status NOT IN ('cancelled', 'no_show') AND b.status NOT IN ('cancelled', 'no_show')
            """);

        Assert.NotEmpty(overlapping);
        Assert.All(overlapping, pair => Assert.Contains("urgent", pair, StringComparison.Ordinal));
        Assert.True(await clinic.OneAsync<long>("SELECT count(*) FROM appointments WHERE status = 'cancelled' AND cancel_reason IS NOT NULL") >= 8);
    }

    [Fact]
    public async Task numbers_its_tokens_as_the_desk_would_go_on()
    {
        await using var clinic = await MadeAtAsync("2026-11-24T12:00");
        Assert.Equal(0, await clinic.OneAsync<long>("""
            SELECT count(*) FROM queue_tokens t WHERE t.last_number <> (SELECT count(*) FROM appointments a
                WHERE a.doctor_id = t.doctor_id AND (a.start_time AT TIME ZONE 'Asia/Kolkata')::date = t.day AND a.token LIKE t.letter || '%')
            """));
        Assert.Equal(4, await clinic.OneAsync<long>("SELECT count(*) FROM queue_tokens WHERE day = $1", clinic.Days.Today));
    }

    private static async Task EveryDoctorHasPatientsSeenWaitingAndToComeAsync(ClinicUnderTest clinic)
    {
        var (from, to) = clinic.Days.DayBounds(clinic.Days.Today);
        foreach (var doctor in DemoQuestions.Doctors)
        {
            var statuses = await clinic.ColumnAsync<string>("""
                SELECT a.status FROM appointments a JOIN users u ON u.id = a.doctor_id
                WHERE u.username = $1 AND a.start_time >= $2 AND a.end_time <= $3
                """, doctor, from, to);

            Assert.True(statuses.Count >= 10, $"{doctor} has {statuses.Count}");
            Assert.Contains("completed", statuses);
            Assert.Contains("no_show", statuses);
            Assert.Single(statuses, "in_progress");
            Assert.True(statuses.Count(s => s == "checked_in") >= 2);
            Assert.True(statuses.Count(s => s is "scheduled" or "confirmed") >= 2, $"{doctor} has nobody to come");
        }
    }

    private static async Task NothingLiesInTheFutureButAppointmentsAndDueDatesAsync(ClinicUnderTest clinic)
    {
        var columns = await clinic.ColumnAsync<string>("""
            SELECT format('SELECT ''%1$s.%2$s'' FROM %1$I WHERE %2$I > $1', table_name, column_name) FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND table_name NOT IN ('schema_history', 'sessions', 'outbox_messages', 'doctor_leave')
                AND table_name || '.' || column_name NOT IN ('appointments.start_time', 'appointments.end_time', 'tasks.due_date', 'users.lockout_end')
                AND column_default IS DISTINCT FROM 'now()'
            UNION ALL
            SELECT format('SELECT ''%1$s.created_at'' FROM %1$I WHERE created_at > $1', t)
            FROM unnest(ARRAY['patients', 'appointments', 'encounters', 'prescriptions', 'orders', 'tasks', 'alerts', 'clinical_notes']) t
            """);

        Assert.NotEmpty(columns);
        foreach (var column in columns)
        {
            Assert.Empty(await clinic.ColumnAsync<string>(column, clinic.Clock.Now));
        }
    }

    private static async Task ThoseWhoWaitCameWithinTheHourAsync(ClinicUnderTest clinic)
    {
        var waited = await clinic.ColumnAsync<TimeSpan>("SELECT $1 - check_in_time FROM appointments WHERE status = 'checked_in'", clinic.Clock.Now);
        var late = await clinic.ColumnAsync<TimeSpan>("SELECT $1 - start_time FROM appointments WHERE status = 'checked_in'", clinic.Clock.Now);
        var measured = await clinic.OneAsync<long>("""
            SELECT count(DISTINCT o.patient_id) FROM observations o JOIN appointments a ON a.patient_id = o.patient_id AND a.status = 'checked_in'
            WHERE o.encounter_id IS NULL AND o.effective_at >= a.check_in_time AND o.effective_at >= $1
            """, clinic.Days.DayBounds(clinic.Days.Today).From);

        Assert.True(waited.Count >= 12);
        Assert.All(waited, w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromMinutes(40)));
        Assert.All(late, l => Assert.InRange(l, TimeSpan.FromHours(-2.5), TimeSpan.FromHours(2.5)));
        Assert.True(measured >= 8);
    }

    private async Task<ClinicUnderTest> MadeAtAsync(string moment)
    {
        var clinic = await ClinicUnderTest.OpenAsync(databases);
        var shown = DateTime.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
        clinic.Clock.Now = clinic.Days.At(DateOnly.FromDateTime(shown), TimeOnly.FromDateTime(shown));
        await DemoClinic.EnsureAsync(clinic.Services, Cancellation);
        return clinic;
    }
}
