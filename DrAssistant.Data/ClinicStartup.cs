using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data;

/// <summary>
/// What comes before the first request: the portal takes its data folder, finds or starts its database and brings it up
/// to date. Disposing gives both back, and stops the database if it is the portal's own.
/// </summary>
public sealed class ClinicStartup : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ProvisionedClinic _clinic;

    private ClinicStartup(DataFolder folder, ProvisionedClinic clinic, int migrations)
        => (_folder, _clinic, Migrations) = (folder, clinic, migrations);

    /// <summary>How many migrations were applied by this start.</summary>
    public int Migrations { get; }

    /// <summary>Everything that the portal keeps in files lies in here, wherever the setting pointed.</summary>
    public string Folder => _folder.Path;

    /// <summary>Opens the clinic's database.</summary>
    /// <exception cref="ClinicStartupException">Something stands in the way that the operator can put right.</exception>
    public static async Task<ClinicStartup> OpenAsync(
        IConfiguration configuration, bool development, ILogger logger, CancellationToken cancellation)
    {
        var folder = DataFolder.Take(configuration[DataFolder.Key]);
        ProvisionedClinic? clinic = null;
        try
        {
            clinic = await new ClinicDatabaseProvisioner(configuration, development, logger).ProvisionAsync(folder, cancellation);
            var migrations = await DatabaseMigrator.MigrateAsync(clinic.Connections.Owner, cancellation);
            return new ClinicStartup(folder, clinic, migrations);
        }
        catch
        {
            if (clinic is not null)
            {
                await clinic.DisposeAsync();
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>A connection string to the private database of a portal that is running, for an operator's own tools.</summary>
    /// <exception cref="ClinicStartupException">There is no such portal.</exception>
    public static Task<string> ConnectionStringAsync(IConfiguration configuration, string which, CancellationToken cancellation)
        => PostgresConnectionStrings.ReadRunningAsync(configuration[DataFolder.Key], which, cancellation);

    /// <summary>Hands the database to the services, and the folder to whoever asks for <see cref="ClinicOptions.DataFolder"/>.</summary>
    public void AddTo(IServiceCollection services)
    {
        // By a factory, so that the container closes the connections before the database itself is stopped.
        services.AddSingleton(_ => new ClinicDataSources(_clinic.Connections.App, _clinic.Connections.Worker));
        services.PostConfigure<ClinicOptions>(options => options.DataFolder = Folder);
        services.AddHealthChecks().AddCheck<PostgresHealth>("postgresql");
    }

    public async ValueTask DisposeAsync()
    {
        await _clinic.DisposeAsync();
        _folder.Dispose();
    }
}
