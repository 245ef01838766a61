using DrAssistant.Data;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>
/// The whole of the data assembly over a database, a key ring and a clock of a test's own. Every service is the real one;
/// only the answers to "who is asking?" and "what time is it?" are the test's.
/// </summary>
internal sealed class ClinicUnderTest : IAsyncDisposable
{
    /// <summary>Thursday 05-Nov-2026, 11:00 in Kolkata.</summary>
    public static readonly DateTimeOffset Eleven = new(2026, 11, 5, 5, 30, 0, TimeSpan.Zero);

    private readonly FreshClinic _database;
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private OutboxRelay? _relay;

    private ClinicUnderTest(FreshClinic database, string timeZone, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> with)
    {
        _database = database;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:Name"] = "Test Clinic",
            ["Clinic:TimeZone"] = timeZone,
            ["Clinic:DataFolder"] = _folder.Path,
        }).AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddClinicData<TestUser>(configuration)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(_ => new ClinicDataSources(database.Connections.App, database.Connections.Worker));
        with(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        Given = new Given(this);
    }

    public StoppedClock Clock { get; } = new(Eleven);

    public ClinicClock Days => _services.GetRequiredService<ClinicClock>();

    /// <summary>Puts people, patients and their records into the clinic.</summary>
    public Given Given { get; }

    public ClinicConnections Connections => _database.Connections;

    public IServiceProvider Services => _services;

    /// <summary>Where its keys lie, for another process of the same clinic.</summary>
    public string Folder => _folder.Path;

    /// <summary>A clinic with <paramref name="settings"/> that an operator would have made, and some services in the place of others.</summary>
    public static async Task<ClinicUnderTest> OpenAsync(
        ClinicDatabase databases, string timeZone = "Asia/Kolkata", IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? with = null)
        => Over(await databases.NewAsync(TestContext.Current.CancellationToken), timeZone, settings, with);

    /// <summary>One that already has the lists that ship with the portal: medicines, orders, ranges, codes of diagnoses.</summary>
    public static async Task<ClinicUnderTest> OpenWithReferenceDataAsync(ClinicDatabase databases, IReadOnlyDictionary<string, string?>? settings = null)
        => Over(await databases.NewWithReferenceDataAsync(TestContext.Current.CancellationToken), settings: settings);

    /// <summary>The instant at which the practice's clock shows this time today.</summary>
    public DateTimeOffset At(string time, int daysAhead = 0) => Days.At(Days.Today.AddDays(daysAhead), TimeOnly.Parse(time, null));

    /// <summary>A scope in which <paramref name="person"/> acts.</summary>
    public ActingPerson As(ClinicPerson person)
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TestUser>().Become(person);
        return new ActingPerson(scope);
    }

    /// <summary>A scope in which nobody is signed in.</summary>
    public ActingPerson AsNobody() => new(_services.CreateAsyncScope());

    /// <summary>A scope in which the practice itself acts.</summary>
    public ActingPerson AsSystem() => new(SystemScope.Create(_services.GetRequiredService<IServiceScopeFactory>()));

    /// <summary>Runs <paramref name="ask"/> on the clinic's tables as background work, past the policies for people.</summary>
    public async Task<T> BehindAsync<T>(Func<ClinicDb, Task<T>> ask)
    {
        await using var system = AsSystem();
        await using var db = await system.Get<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await ask(db);
    }

    /// <summary>A row as it is kept now.</summary>
    public Task<T> RowAsync<T>(Guid id)
        where T : class
        => BehindAsync(db => db.Set<T>().AsNoTracking().SingleAsync(row => EF.Property<Guid>(row, "Id") == id, TestContext.Current.CancellationToken));

    /// <summary>One statement as background work.</summary>
    public async Task RunAsync(string sql, params object[] values)
    {
        await using var connection = await _services.GetRequiredService<ClinicDataSources>().Worker.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// Lets <paramref name="act"/> read a row and then lose it: somebody else has changed it, and commits when the act waits to write.
    /// </summary>
    public async Task<T> OvertakenAsync<T>(string change, Guid row, Func<Task<T>> act)
    {
        await using var other = new NpgsqlConnection(Connections.Worker);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var update = new NpgsqlCommand(change, other) { Parameters = { new() { Value = row } } };
        Assert.Equal(1, await update.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        var acting = act();
        await using var look = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))", other);
        while (await look.ExecuteScalarAsync(TestContext.Current.CancellationToken) is false)
        {
            Assert.False(acting.IsCompleted, "It did not wait for the other's change.");
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return await acting;
    }

    /// <summary>What <paramref name="person"/> did, as the audit trail has it, in the order of their doing.</summary>
    public Task<List<AuditEvent>> TrailOfAsync(ClinicPerson person) => BehindAsync(db => db.AuditEvents.AsNoTracking()
        .Where(e => e.ActorId == person.Id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>What the outbox owes, oldest first.</summary>
    public Task<List<OutboxMessage>> OwedAsync() => BehindAsync(db => db.Outbox.AsNoTracking()
        .Where(m => m.DoneAt == null).OrderBy(m => m.Id).ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>Carries out what the outbox owes by now, once.</summary>
    public Task<int> RelayAsync()
        => _services.GetServices<IHostedService>().OfType<OutboxRelay>().Single().RelayAsync(TestContext.Current.CancellationToken);

    /// <summary>From here on the outbox is carried out, as it is in a running portal.</summary>
    public Task StartRelayAsync()
    {
        _relay = _services.GetServices<IHostedService>().OfType<OutboxRelay>().Single();
        return _relay.StartAsync(TestContext.Current.CancellationToken);
    }

    private static ClinicUnderTest Over(
        FreshClinic database, string timeZone = "Asia/Kolkata", IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? with = null)
        => new(database, timeZone, settings ?? new Dictionary<string, string?>(), with ?? (_ => { }));

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A scope of services in which somebody acts, as in a circuit or request.</summary>
internal sealed class ActingPerson(AsyncServiceScope scope) : IAsyncDisposable
{
    public T Get<T>()
        where T : notnull
        => scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
