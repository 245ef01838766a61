using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>The people of <c>TwoCharts.sql</c>.</summary>
public enum Person
{
    /// <summary>A connection that nobody has signed in on.</summary>
    Nobody = 0,

    /// <summary>Doctor of Meera.</summary>
    Asha = 1,

    /// <summary>Doctor of Ravi; a stranger to Meera's chart.</summary>
    Basu = 2,

    /// <summary>Nurse who was here when Meera checked in.</summary>
    Nila = 3,

    /// <summary>Nurse who came later.</summary>
    Nora = 4,

    /// <summary>Receptionist.</summary>
    Desk = 5,

    Admin = 6,

    /// <summary>A doctor of Meera who has left.</summary>
    Former = 7,
}

/// <summary>A database with two patients' whole charts, for one test class; see <c>TwoCharts.sql</c>.</summary>
public sealed class TwoCharts(ClinicDatabase databases) : IAsyncLifetime
{
    public static readonly Guid Meera = Guid.Parse("0000000b-0000-7000-8000-000000000001");
    public static readonly Guid Ravi = Guid.Parse("0000000b-0000-7000-8000-000000000002");

    private FreshClinic _clinic = null!;
    private NpgsqlDataSource _app = null!;
    private NpgsqlDataSource _worker = null!;
    private NpgsqlDataSource _owner = null!;

    internal ClinicConnections Connections => _clinic.Connections;

    /// <summary>The two pools as the product makes them.</summary>
    internal ClinicDataSources Sources { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _clinic = await databases.NewAsync(TestContext.Current.CancellationToken);
        _app = NpgsqlDataSource.Create(Connections.App);
        _worker = NpgsqlDataSource.Create(Connections.Worker);
        _owner = NpgsqlDataSource.Create(Connections.Owner);
        Sources = new ClinicDataSources(Connections.App, Connections.Worker);
        using var script = new StreamReader(typeof(TwoCharts).Assembly.GetManifestResourceStream("TwoCharts.sql")!);
        await using var command = _worker.CreateCommand(await script.ReadToEndAsync());
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Sources.DisposeAsync();
        await _app.DisposeAsync();
        await _worker.DisposeAsync();
        await _owner.DisposeAsync();
        await _clinic.DisposeAsync();
    }

    internal static Guid? Id(Person person)
        => person is Person.Nobody ? null : Guid.Parse($"0000000a-0000-7000-8000-{(int)person:x12}");

    /// <summary>What this person's own statements can do, as <c>clinic_app</c>; undone at the end unless kept.</summary>
    internal async Task<Statements> AsAsync(Person person)
    {
        var statements = await Statements.OpenAsync(_app);
        await statements.BecomeAsync(Id(person));
        return statements;
    }

    internal Task<Statements> AsWorkerAsync() => Statements.OpenAsync(_worker);

    internal Task<Statements> AsOwnerAsync() => Statements.OpenAsync(_owner);
}
