using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Security;

/// <summary>How a person comes to care for a patient, and how not. Ravi is in the care of Basu alone.</summary>
public sealed class CareTeamTests(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Why = "Collapsed in the waiting room";
    private const string CalledSo = "SELECT patient_id FROM in_care_who_meet(ARRAY['name'::tsquery])";
    private const string BreakGlass = "SELECT break_glass($1, $2, NULL)";

    [Fact]
    public async Task Booking_lets_the_doctor_see_the_record()
    {
        await using var clinic = await charts.AsAsync(Person.Desk);
        await BookRaviAsync(clinic, Person.Asha);

        await clinic.BecomeAsync(TwoCharts.Id(Person.Asha));

        Assert.Equal(1, await clinic.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));
        Assert.Equal("appointment", await ReasonAsync(clinic, Person.Asha));
        Assert.Equal(TwoCharts.Id(Person.Desk), await clinic.AskAsync<Guid>(
            "SELECT added_by FROM care_team WHERE patient_id = $1 AND user_id = $2", TwoCharts.Ravi, TwoCharts.Id(Person.Asha)!));
    }

    [Fact]
    public async Task Handing_an_appointment_over_lets_the_other_doctor_see_the_record()
    {
        await using var clinic = await charts.AsAsync(Person.Desk);
        await clinic.RunAsync("UPDATE appointments SET doctor_id = $1 WHERE patient_id = $2", TwoCharts.Id(Person.Asha)!, TwoCharts.Ravi);

        await clinic.BecomeAsync(TwoCharts.Id(Person.Asha));

        Assert.Equal("appointment", await ReasonAsync(clinic, Person.Asha));
    }

    [Fact]
    public async Task Correcting_whom_an_appointment_is_for_lets_its_doctor_see_that_record()
    {
        await using var clinic = await charts.AsAsync(Person.Desk);
        await clinic.RunAsync("UPDATE appointments SET patient_id = $1 WHERE patient_id = $2 AND doctor_id = $3",
            TwoCharts.Ravi, TwoCharts.Meera, TwoCharts.Id(Person.Asha)!);

        await clinic.BecomeAsync(TwoCharts.Id(Person.Asha));

        Assert.Equal("appointment", await ReasonAsync(clinic, Person.Asha));
    }

    [Fact]
    public async Task Checking_in_lets_the_nurses_see_the_record_and_booking_does_not()
    {
        await using var clinic = await charts.AsAsync(Person.Desk);
        await BookRaviAsync(clinic, Person.Basu);
        await clinic.BecomeAsync(TwoCharts.Id(Person.Nora));
        Assert.Equal(0, await clinic.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));

        await clinic.BecomeAsync(TwoCharts.Id(Person.Desk));
        await clinic.RunAsync("UPDATE appointments SET status = 'checked_in' WHERE patient_id = $1", TwoCharts.Ravi);

        await clinic.BecomeAsync(TwoCharts.Id(Person.Nora));
        Assert.Equal(1, await clinic.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));
        Assert.Equal("check_in", await ReasonAsync(clinic, Person.Nora));
    }

    [Theory]
    [InlineData(Person.Asha)]
    [InlineData(Person.Basu)]
    [InlineData(Person.Desk)]
    [InlineData(Person.Admin)]
    public async Task Nobody_joins_by_a_statement_of_their_own(Person person)
    {
        await using var statements = await charts.AsAsync(person);
        var self = TwoCharts.Id(person)!;

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await statements.RefusalOfAsync(
            "INSERT INTO care_team (id, patient_id, user_id, reason) VALUES (gen_random_uuid(), $1, $2, 'colleague')", TwoCharts.Ravi, self));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await statements.RefusalOfAsync(
            "SELECT join_care_team($1, $2, 'colleague', NULL)", TwoCharts.Ravi, self));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await statements.RefusalOfAsync("UPDATE care_team SET until = NULL"));
    }

    [Fact]
    public async Task Breaking_the_glass_opens_the_record_for_four_hours()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(0, await asha.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));

        await asha.RunAsync(BreakGlass, TwoCharts.Ravi, $"  {Why}  ");

        Assert.Equal(1, await asha.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));
        Assert.Equal(["break_glass", Why, "True"], Assert.Single(await asha.RowsAsync(
            "SELECT reason, note, until = now() + interval '4 hours' FROM care_team WHERE patient_id = $1 AND user_id = $2",
            TwoCharts.Ravi, TwoCharts.Id(Person.Asha)!)));
    }

    [Fact]
    public async Task Who_is_called_so_is_told_of_those_in_ones_own_care()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal([TwoCharts.Meera], await asha.ListAsync<Guid>(CalledSo));
        Assert.Empty(await asha.ListAsync<Guid>("SELECT patient_id FROM in_care_who_meet(ARRAY[quote_literal('@' || $1)::tsquery])", TwoCharts.Id(Person.Basu)!));

        await asha.RunAsync(BreakGlass, TwoCharts.Ravi, Why);
        Assert.Equal([TwoCharts.Meera, TwoCharts.Ravi], (await asha.ListAsync<Guid>(CalledSo)).Order());

        await using var desk = await charts.AsAsync(Person.Desk);
        Assert.Empty(await desk.ListAsync<Guid>(CalledSo));
    }

    [Fact]
    public async Task After_four_hours_the_record_is_closed_again()
    {
        await BreakAndKeepAsync(Person.Nila, TwoCharts.Ravi);
        await using (var worker = await charts.AsWorkerAsync())
        {
            Assert.Equal(1, await worker.RunAsync(
                "UPDATE care_team SET until = now() - interval '1 second' WHERE reason = 'break_glass' AND user_id = $1", TwoCharts.Id(Person.Nila)!));
            await worker.KeepAsync();
        }

        await using var nila = await charts.AsAsync(Person.Nila);
        Assert.Equal(0, await nila.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", TwoCharts.Ravi));
        Assert.DoesNotContain(TwoCharts.Ravi, await nila.ListAsync<Guid>(CalledSo));
    }

    [Fact]
    public async Task Breaking_the_glass_is_a_critical_event_and_tells_the_admin_and_the_patients_own_doctor()
    {
        await BreakAndKeepAsync(Person.Basu, TwoCharts.Meera);

        await using var worker = await charts.AsWorkerAsync();
        Assert.Equal([$"{TwoCharts.Id(Person.Basu)}", "doctor", "E", "critical", Why], Assert.Single(await worker.RowsAsync(
            "SELECT actor_id, actor_role, action, severity, reason FROM audit_events WHERE event = 'chart.break-glass' AND patient_id = $1",
            TwoCharts.Meera)));
        Assert.Equal(
            [[$"{TwoCharts.Id(Person.Asha)}", "high", "system"], [$"{TwoCharts.Id(Person.Admin)}", "high", "system"]],
            await worker.RowsAsync(
                "SELECT user_id, severity, alert_type FROM alerts WHERE source = 'break_glass' AND patient_id = $1 ORDER BY user_id", TwoCharts.Meera));
    }

    [Theory]
    [InlineData(Person.Desk, PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(Person.Admin, PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(Person.Former, PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(Person.Nobody, PostgresErrorCodes.InsufficientPrivilege)]
    [InlineData(Person.Asha, null)]
    [InlineData(Person.Nora, null)]
    public async Task The_glass_is_for_doctors_and_nurses(Person person, string? refusal)
    {
        await using var statements = await charts.AsAsync(person);

        Assert.Equal(refusal, await statements.RefusalOfAsync(BreakGlass, TwoCharts.Ravi, Why));
    }

    [Theory]
    [InlineData("")]
    [InlineData("emergency")]
    [InlineData("  too short   ")]
    [InlineData("just about")]
    public async Task The_glass_needs_a_reason_of_ten_characters(string reason)
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        var expected = reason.Trim().Length >= 10 ? null : PostgresErrorCodes.CheckViolation;

        Assert.Equal(expected, await asha.RefusalOfAsync(BreakGlass, TwoCharts.Ravi, reason));
    }

    private static Task BookRaviAsync(Statements statements, Person doctor) => statements.RunAsync(
        "INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, appointment_type) VALUES (gen_random_uuid(), $1, $2, '2026-11-03 05:00Z', '2026-11-03 05:15Z', 'routine')",
        TwoCharts.Id(doctor)!, TwoCharts.Ravi);

    private static Task<string?> ReasonAsync(Statements statements, Person person) => statements.AskAsync<string>(
        "SELECT reason FROM care_team WHERE patient_id = $1 AND user_id = $2", TwoCharts.Ravi, TwoCharts.Id(person)!);

    private async Task BreakAndKeepAsync(Person person, Guid patient)
    {
        await using var statements = await charts.AsAsync(person);
        await statements.RunAsync(BreakGlass, patient, Why);
        Assert.Equal(1, await statements.AskAsync<long>("SELECT count(*) FROM encounters WHERE patient_id = $1", patient));
        await statements.KeepAsync();
    }
}
