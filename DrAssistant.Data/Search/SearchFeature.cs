using DrAssistant.Data.Outbox;
using DrAssistant.Data.Search.Indexing;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Search;

/// <summary>What searching everywhere needs, in one call.</summary>
internal static class SearchFeature
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddSingleton<MedicalSynonyms>();
        services.AddSingleton<SearchKeys>();
        services.AddSingleton<SearchBuilds>();
        services.AddScoped<SearchVocabulary>();
        services.AddScoped<QuestionReader>();
        services.AddSingleton<DocumentHits>();
        services.AddScoped<HitReader>();
        services.AddScoped<ISearch, SearchService>();
        services.AddScoped<ISearchSource, NoteSource>();
        services.AddScoped<ISearchSource, PrescriptionSource>();
        services.AddScoped<ISearchSource, OrderSource>();
        services.AddScoped<ISearchSource, ResultSource>();
        services.AddScoped<SearchIndexer>();
        services.AddScoped<SearchCheck>();
        services.AddScoped<Reindexer>();
        services.AddScoped<IOutboxHandler, SearchMessages>();
        services.AddSingleton<SavedNotes>();
        services.AddHostedService<SavedNotesIndexing>();
        services.AddHostedService<IndexKeeper>();
        return services;
    }
}
