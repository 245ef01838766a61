using DrAssistant.Data.Stores.Objects.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Objects;

/// <summary>Registers the shelf that <c>Stores:Objects:Kind</c> names, and the store over it.</summary>
internal static class ObjectStoreRegistration
{
    public static void AddObjectStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ObjectStoreOptions>().Bind(configuration.GetSection(ObjectStoreOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ObjectStoreOptions>>(provider
            => new ObjectStoreOptionsValidator(provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false));
        if (ObjectStoreOptions.IsS3(configuration[ObjectStoreOptions.KindKey]))
        {
            services.AddSingleton<IObjectShelf, S3Shelf>();
        }
        else
        {
            services.AddSingleton<IObjectShelf, FileShelf>(); // also for a word that the validator will not let pass
        }

        services.AddSingleton<IObjectStore, SealedObjectStore>();
        services.AddSingleton<ObjectStoreOpening>();
        services.AddSingleton<OrphanSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<OrphanSweep>());
        services.AddHealthChecks().AddCheck<ObjectStoreHealth>(ObjectStoreHealth.Name);
    }
}

/// <summary>What comes before the first object: the shelf is made ready, and one line says what was found. The portal starts without it.</summary>
internal sealed partial class ObjectStoreOpening(IObjectShelf shelf, ILogger<ObjectStoreOpening> log)
{
    public async Task OpenAsync(CancellationToken cancellation)
    {
        try
        {
            Opened(await shelf.OpenAsync(cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotOpened(shelf.Name, e is ShelfException ? e.Message : e.GetType().Name + ".", ObjectStoreOptions.KindKey);
        }
    }

    [LoggerMessage(LogLevel.Information, "Objects: {Found}")]
    private partial void Opened(string found);

    [LoggerMessage(LogLevel.Error, "Objects: {Shelf} cannot be used: {Error} What is printed is made anew each time until it can; {Key} names the store.")]
    private partial void NotOpened(string shelf, string error, string key);
}

/// <summary>Without its objects the portal serves everything, and says that it is less than whole.</summary>
internal sealed class ObjectStoreHealth(IObjectShelf shelf) : IHealthCheck
{
    public const string Name = "objects";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => await shelf.ProblemAsync(cancellationToken) is null ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded();
}
