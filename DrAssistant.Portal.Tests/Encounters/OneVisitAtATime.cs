using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Encounters;

/// <summary>Meera's visit with Asha is open. A second click, a second desk or a lost answer must not begin another.</summary>
public sealed class OneVisitAtATime(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Start = """
        INSERT INTO encounters (id, doctor_id, patient_id, appointment_id, encounter_type, start_time)
        VALUES (gen_random_uuid(), $1, $2, $3, 'office_visit', '2026-11-09 09:00Z')
        """;

    private static readonly Guid Asha = TwoCharts.Id(Person.Asha)!.Value;

    [Fact]
    public async Task A_doctor_has_one_open_visit_with_a_patient()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        Assert.Equal(PostgresErrorCodes.UniqueViolation, await asha.RefusalOfAsync(Start, Asha, TwoCharts.Meera, DBNull.Value));

        await asha.RunAsync("UPDATE encounters SET status = 'completed' WHERE patient_id = $1", TwoCharts.Meera);

        Assert.Null(await asha.RefusalOfAsync(Start, Asha, TwoCharts.Meera, DBNull.Value));
    }

    [Fact]
    public async Task An_appointment_leads_to_one_visit_unless_that_was_cancelled()
    {
        await using var asha = await charts.AsAsync(Person.Asha);
        var appointment = await asha.AskAsync<Guid>("SELECT id FROM appointments WHERE patient_id = $1", TwoCharts.Meera);
        await asha.RunAsync("UPDATE encounters SET status = 'completed' WHERE patient_id = $1", TwoCharts.Meera);
        Assert.Equal(PostgresErrorCodes.UniqueViolation, await asha.RefusalOfAsync(Start, Asha, TwoCharts.Meera, appointment));

        await asha.RunAsync("UPDATE encounters SET status = 'cancelled' WHERE patient_id = $1", TwoCharts.Meera);

        Assert.Null(await asha.RefusalOfAsync(Start, Asha, TwoCharts.Meera, appointment));
    }

    [Fact]
    public async Task A_visit_does_not_end_before_it_began()
    {
        await using var asha = await charts.AsAsync(Person.Asha);

        Assert.Equal(PostgresErrorCodes.CheckViolation, await asha.RefusalOfAsync("UPDATE encounters SET end_time = start_time - interval '1 minute'"));
    }

    [Theory]
    [InlineData("observations")]
    [InlineData("conditions")]
    [InlineData("procedures")]
    [InlineData("immunizations")]
    [InlineData("prescriptions")]
    [InlineData("orders")]
    public async Task What_is_written_in_a_visit_is_about_its_patient(string table)
    {
        await using var worker = await charts.AsWorkerAsync();

        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await worker.RefusalOfAsync(
            $"UPDATE {table} SET encounter_id = (SELECT id FROM encounters WHERE patient_id = $1) WHERE patient_id = $2",
            TwoCharts.Ravi, TwoCharts.Meera));
    }
}
