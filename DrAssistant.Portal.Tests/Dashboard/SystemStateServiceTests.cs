using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Portal.Tests.Support;
using Npgsql;

namespace DrAssistant.Portal.Tests.Dashboard;

public sealed class SystemStateServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_for_admins()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var person in new[] { await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync() })
        {
            await using var refused = clinic.As(person);
            (await refused.Get<ISystemState>().NowAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<ISystemState>().NowAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Stores_answer_and_what_waits_is_counted()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await clinic.RunAsync("""
            INSERT INTO outbox_messages (id, kind, done_at, parked_at) SELECT gen_random_uuid(), 'x', CASE WHEN n > 5 THEN now() END, CASE WHEN n IN (4, 5) THEN now() END
            FROM generate_series(1, 9) n
            """);
        await clinic.RunAsync("""
            INSERT INTO sessions (id, key_hash, user_id, created_at, expires_at, revoked_at)
            SELECT gen_random_uuid(), sha256(n::text::bytea), $1, now() - interval '2 hours', now() + (n - 3) * interval '1 hour' + interval '30 minutes', CASE WHEN n = 5 THEN now() END FROM generate_series(1, 5) n
            """, admin.Id);
        await using var acting = clinic.As(admin);

        var state = (await acting.Get<ISystemState>().NowAsync(Cancellation)).Value();

        Assert.Equal((3, 2, 2), (state.OutboxWaiting, state.OutboxParked, state.OpenSessions));
        Assert.All(state.Stores, s => Assert.True(s.Working && s.Problem is null && s.Latency > TimeSpan.Zero));
        Assert.Equal("PostgreSQL", state.Stores[0].Name);
        Assert.StartsWith("1", state.Stores[0].Version, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_said_and_not_thrown()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var admin = await clinic.Given.AdminAsync();
        await using var acting = clinic.As(admin);
        var nowhere = new NpgsqlConnectionStringBuilder(clinic.Connections.Worker) { Port = 1, Timeout = 2 }.ConnectionString;
        await using var away = new ClinicDataSources(nowhere, nowhere);

        var state = (await new SystemStateService(away, acting.Get<Data.Security.ICurrentUser>(), TimeProvider.System).NowAsync(Cancellation)).Value();

        Assert.All(state.Stores, s => Assert.False(s.Working));
        Assert.DoesNotContain(state.Stores, s => s.Problem!.Contains("127.0.0.1", StringComparison.Ordinal));
    }
}
