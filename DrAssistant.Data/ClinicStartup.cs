using DrAssistant.Data.Common;
using DrAssistant.Data.Import.Demo;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Search.Indexing;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search.Elastic;
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
    private const string DemoKey = "Clinic:Demo";

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

    /// <summary>
    /// Opens the clinic's database for a command: beside the portal that runs on the private database, or, where none
    /// does, as <see cref="OpenAsync"/>.
    /// </summary>
    /// <exception cref="ClinicStartupException">Something stands in the way that the operator can put right.</exception>
    public static async Task<ClinicStartup> OpenBesideAsync(
        IConfiguration configuration, bool development, ILogger logger, CancellationToken cancellation)
        => configuration["ConnectionStrings:Clinic"] is null && await RunningAsync(configuration, cancellation) is { } running
            ? running
            : await OpenAsync(configuration, development, logger, cancellation);

    /// <summary>
    /// Loads the reference data of this build and, for a private database unless <c>Clinic:Demo</c> is false, fills an
    /// empty one with the demo practice. Says who can sign in to it; null where there is no demo practice.
    /// </summary>
    public async Task<DemoSignIns?> PrepareAsync(IServiceProvider services, IConfiguration configuration, CancellationToken cancellation)
    {
        await OpenStoresAsync(services, cancellation);
        services.GetRequiredService<PrintFonts>().Announce();
        await services.GetRequiredService<ReferenceDataLoader>().LoadAsync(cancellation);
        await services.GetRequiredService<NameRules>().ApplyAsync(cancellation);
        var demo = bool.TryParse(configuration[DemoKey], out var chosen) ? chosen : _clinic.IsPrivate;
        if (!demo)
        {
            return null;
        }

        var signIns = await DemoClinic.EnsureAsync(services, cancellation);
        return signIns.People.Count > 0 ? signIns : null;
    }

    /// <summary>Asks the stores beside PostgreSQL how they are, and makes in them what is missing.</summary>
    /// <exception cref="ClinicStartupException">One of them refuses, for a reason that the operator can put right.</exception>
    public static async Task OpenStoresAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await (services.GetService<IDocumentStoreOpening>()?.OpenAsync(cancellation) ?? Task.CompletedTask);
        await services.GetRequiredService<ObjectStoreOpening>().OpenAsync(cancellation);
        await (services.GetService<ElasticOpening>()?.OpenAsync(cancellation) ?? Task.CompletedTask);
    }

    /// <summary>
    /// Makes the account of an administrator, with a password that nobody chose: a practice of its own begins with this
    /// person, who then makes the others.
    /// </summary>
    /// <returns>The password, shown once.</returns>
    public static async Task<Result<string>> CreateAdminAsync(IServiceProvider services, string userName, string email, string fullName)
    {
        var password = ReadablePassword.Make();
        var made = await services.GetRequiredService<StaffAccounts>().CreateAsync(new StaffAccount(userName, email, fullName, StaffRole.Admin), password);
        return made.Succeeded ? password : made.Refusal;
    }

    /// <summary>
    /// What was meant to be written to notes while their store was away for longer than the relay waits: looked at again, and told to the
    /// audit trail where it did not come about.
    /// </summary>
    public static async Task<TakenUp> SettleNotesAsync(IServiceProvider services, CancellationToken cancellation)
        => await services.GetRequiredService<ParkedMessages>().TakeUpAsync(NoteIntents.Kind, cancellation);

    /// <summary>Builds the search index anew, or goes on with a build that was stopped; null where a portal of the practice is at it.</summary>
    public static async Task<ReindexReport?> RebuildSearchAsync(IServiceProvider services, IProgress<ReindexProgress> progress, CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(services.GetRequiredService<IServiceScopeFactory>());
        return await scope.ServiceProvider.GetRequiredService<Reindexer>().RunAsync(progress, cancellation);
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

    private static async Task<ClinicStartup?> RunningAsync(IConfiguration configuration, CancellationToken cancellation)
    {
        var folder = configuration[DataFolder.Key];
        try
        {
            var connections = new ClinicConnections(
                null,
                await PostgresConnectionStrings.ReadRunningAsync(folder, "owner", cancellation),
                await PostgresConnectionStrings.ReadRunningAsync(folder, "app", cancellation),
                await PostgresConnectionStrings.ReadRunningAsync(folder, "worker", cancellation));
            return new ClinicStartup(DataFolder.Look(folder), new ProvisionedClinic(connections, cluster: null), migrations: 0);
        }
        catch (ClinicStartupException)
        {
            return null; // nothing runs there: the command starts what it needs itself
        }
    }
}
