using DrAssistant.Data.Stores.Search.Elastic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data.Stores.Search;

/// <summary>Registers the adapter that <c>Stores:Search:Kind</c> names.</summary>
internal static class SearchIndexRegistration
{
    public static void AddSearchIndex(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SearchStoreOptions>().Bind(configuration.GetSection(SearchStoreOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SearchStoreOptions>>(provider
            => new SearchStoreOptionsValidator(provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false));
        if (SearchStoreOptions.IsElasticsearch(configuration[SearchStoreOptions.KindKey]))
        {
            services.AddElasticsearch();
        }
        else
        {
            services.AddScoped<ISearchIndex, PostgresSearchIndex>(); // also for a word that the validator will not let pass
        }
    }

    private static void AddElasticsearch(this IServiceCollection services)
    {
        services.AddSingleton<ElasticClient>();
        services.AddSingleton<ElasticProbe>();
        services.AddSingleton<ISearchIndexProbe>(provider => provider.GetRequiredService<ElasticProbe>());
        services.AddSingleton<ElasticOpening>();
        services.AddScoped<ISearchIndex, ElasticSearchIndex>();
        services.AddHealthChecks().AddCheck<ElasticProbe>(ElasticProbe.HealthName);
    }
}
