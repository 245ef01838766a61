using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Ordering.Results;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering;

/// <summary>What can be ordered and what was, in one call.</summary>
internal static class OrderingFeature
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddSingleton<OrderCatalogueStore>();
        services.AddScoped<IOrderCatalogue, OrderCatalogueService>();
        services.AddScoped<IProviders, ProviderService>();
        services.AddScoped<IResultHistory, ResultHistoryService>();
        services.AddResults();
        return services;
    }
}
