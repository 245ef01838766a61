using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Scheduling;

/// <summary>What the database itself refuses in the appointment book, whoever asks it and however many at once.</summary>
public sealed class TheBookHasNoCollisions(TwoCharts charts) : IClassFixture<TwoCharts>
{
    private const string Book = """
        INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, appointment_type, status)
        VALUES (gen_random_uuid(), $1, $2, $3::timestamptz, $4::timestamptz, $5, $6)
        """;

    private static readonly Guid Asha = TwoCharts.Id(Person.Asha)!.Value;
    private static readonly Guid Basu = TwoCharts.Id(Person.Basu)!.Value;

    [Theory]
    [InlineData("09:00", "09:15")] // the same slot
    [InlineData("08:55", "09:05")] // its beginning
    [InlineData("09:10", "09:20")] // its end
    [InlineData("09:05", "09:10")] // within
    [InlineData("08:00", "10:00")] // around
    public async Task A_doctor_is_never_booked_twice(string from, string to)
    {
        await using var desk = await WithNineOClockAsync();

        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await BookAsync(desk, Asha, TwoCharts.Ravi, from, to));
        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await BookAsync(desk, Asha, TwoCharts.Ravi, from, to, "telemedicine"));
    }

    [Fact]
    public async Task A_patient_is_never_booked_twice_either()
    {
        await using var desk = await WithNineOClockAsync();

        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await BookAsync(desk, Basu, TwoCharts.Meera, "09:05", "09:20"));
        Assert.Null(await BookAsync(desk, Basu, TwoCharts.Ravi, "09:05", "09:20"));
    }

    [Fact]
    public async Task One_slot_begins_where_another_ends()
    {
        await using var desk = await WithNineOClockAsync();

        Assert.Null(await BookAsync(desk, Asha, TwoCharts.Ravi, "09:15", "09:30"));
        Assert.Null(await BookAsync(desk, Asha, TwoCharts.Ravi, "08:45", "09:00"));
    }

    [Fact]
    public async Task An_urgent_visit_may_overlap()
    {
        await using var desk = await WithNineOClockAsync();

        Assert.Null(await BookAsync(desk, Asha, TwoCharts.Ravi, "09:00", "09:15", "urgent"));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("no_show")]
    public async Task A_visit_that_does_not_take_place_frees_its_slot(string status)
    {
        await using var desk = await WithNineOClockAsync();
        await desk.RunAsync("UPDATE appointments SET status = $1 WHERE start_time = '2026-11-09 09:00Z'", status);
        Assert.Null(await desk.RefusalOfAsync(Book, Asha, TwoCharts.Ravi, At("09:00"), At("09:15"), "routine", "scheduled"));

        await desk.RunAsync(Book, Asha, TwoCharts.Ravi, At("09:00"), At("09:15"), "routine", "scheduled");

        // Somebody else has it now: the first cannot come back into it.
        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await desk.RefusalOfAsync(
            "UPDATE appointments SET status = 'scheduled' WHERE patient_id = $1 AND start_time = '2026-11-09 09:00Z'", TwoCharts.Meera));
    }

    [Fact]
    public async Task Moving_an_appointment_is_checked_like_booking_one()
    {
        await using var desk = await WithNineOClockAsync();
        await desk.RunAsync(Book, Asha, TwoCharts.Ravi, At("10:00"), At("10:15"), "routine", "scheduled");

        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await desk.RefusalOfAsync(
            "UPDATE appointments SET start_time = start_time - interval '1 hour', end_time = end_time - interval '1 hour' WHERE start_time = '2026-11-09 10:00Z'"));
    }

    [Theory]
    [InlineData("09:00", "09:00")]
    [InlineData("09:15", "09:00")]
    [InlineData("09:00", "21:01")]
    public async Task An_appointment_ends_after_it_begins_and_on_the_same_day(string from, string to)
    {
        await using var desk = await charts.AsAsync(Person.Desk);

        Assert.Equal(PostgresErrorCodes.CheckViolation, await BookAsync(desk, Asha, TwoCharts.Ravi, from, to));
    }

    [Fact]
    public async Task Of_fifty_who_want_one_slot_at_once_one_gets_it()
    {
        // All but one wait for the first: on a busy machine that may be longer than a statement usually gets.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(charts.Connections.App) { CommandTimeout = 180 });
        using var start = new SemaphoreSlim(0);
        var attempts = Enumerable.Range(0, 50).Select(_ => AttemptAsync(source, start)).ToList();
        start.Release(attempts.Count);

        var answers = await Task.WhenAll(attempts);

        Assert.Single(answers, answer => answer is null);
        // Past the door, which lets one in at a time, those who wait for each other can be a deadlock: whom PostgreSQL ends has no appointment either.
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.Contains(answer, (string?[])[PostgresErrorCodes.ExclusionViolation, PostgresErrorCodes.DeadlockDetected]));
        await using var desk = await charts.AsAsync(Person.Desk);
        Assert.Equal(1, await desk.AskAsync<long>("SELECT count(*) FROM appointments WHERE start_time = '2026-11-10 09:00Z'"));
    }

    private static async Task<string?> AttemptAsync(NpgsqlDataSource source, SemaphoreSlim start)
    {
        await using var desk = await Statements.OpenAsync(source);
        await desk.BecomeAsync(TwoCharts.Id(Person.Desk));
        await start.WaitAsync();
        try
        {
            await desk.RunAsync(Book, Asha, TwoCharts.Meera, "2026-11-10 09:00Z", "2026-11-10 09:15Z", "routine", "scheduled");
            await desk.KeepAsync();
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private static Task<string?> BookAsync(Statements statements, Guid doctor, Guid patient, string from, string to, string type = "routine")
        => statements.RefusalOfAsync(Book, doctor, patient, At(from), At(to), type, "scheduled");

    private static string At(string time) => $"2026-11-09 {time}Z";

    private async Task<Statements> WithNineOClockAsync()
    {
        var desk = await charts.AsAsync(Person.Desk);
        await desk.RunAsync(Book, Asha, TwoCharts.Meera, At("09:00"), At("09:15"), "routine", "scheduled");
        return desk;
    }
}
