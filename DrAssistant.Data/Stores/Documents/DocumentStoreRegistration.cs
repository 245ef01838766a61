using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Data.Stores.Recordings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Documents;

/// <summary>Registers the adapter that <c>Stores:Documents:Kind</c> names.</summary>
internal static class DocumentStoreRegistration
{
    public static void AddDocumentStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DocumentStoreOptions>().Bind(configuration.GetSection(DocumentStoreOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DocumentStoreOptions>>(provider
            => new DocumentStoreOptionsValidator(provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false));
        services.AddScoped<IRecordingBucket, SealedRecordingBucket>();
        if (DocumentStoreOptions.IsMongo(configuration[DocumentStoreOptions.KindKey]))
        {
            services.AddMongo();
        }
        else
        {
            services.AddScoped<IRecordingShelf, PostgresRecordingShelf>();
            services.AddScoped<IDocumentStore, PostgresDocumentStore>(); // also for a word that the validator will not let pass
        }
    }

    private static void AddMongo(this IServiceCollection services)
    {
        services.AddSingleton<MongoClient>();
        services.AddSingleton<MongoSchema>();
        services.AddSingleton<MongoProbe>();
        services.AddSingleton<IDocumentStoreProbe>(provider => provider.GetRequiredService<MongoProbe>());
        services.AddSingleton<IDocumentStoreOpening, MongoOpening>();
        services.AddSingleton<IDocumentFiling, MongoFiling>();
        services.AddScoped<IDocumentStore, MongoDocumentStore>();
        services.AddSingleton<IRecordingShelf, GridFsShelf>();
        services.AddHealthChecks().AddCheck<MongoProbe>(MongoProbe.HealthName);
    }
}
