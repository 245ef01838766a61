using Npgsql;

namespace DrAssistant.Data.Stores.Postgres;

/// <summary>
/// The two pools of connections: as <c>clinic_app</c> for people, as <c>clinic_worker</c> for background work.
/// Separate log-ins, so that no person's statement ever runs with the worker's policies.
/// </summary>
internal sealed class ClinicDataSources : IAsyncDisposable
{
    private const int StatementsKept = 100;

    public ClinicDataSources(string app, string worker)
    {
        App = Build(app);
        Worker = Build(worker);
    }

    public NpgsqlDataSource App { get; }

    public NpgsqlDataSource Worker { get; }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Worker.DisposeAsync();
    }

    private static NpgsqlDataSource Build(string connectionString)
    {
        // Where the database is, and over which wire, has been judged when it was provisioned; what is asked again here
        // is whether a pooled connection could carry one person's identity to the next.
        if (ConnectionGuard.Refuse("The clinic's connection string", connectionString, development: true) is { } sentence)
        {
            throw new ClinicStartupException(sentence);
        }

        // Planning a statement under its policies costs more than running it: keep the plans of those that come again.
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxAutoPrepare = StatementsKept;
        return builder.Build();
    }
}
