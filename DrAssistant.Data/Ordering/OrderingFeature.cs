using DrAssistant.Data.Ordering.Basket;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Printing;
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
        services.AddScoped<IOrderCatalogueKeeping, OrderCatalogueKeepingService>();
        services.AddScoped<OrderReading>();
        services.AddScoped<BasketWriter>();
        services.AddScoped<BasketSigner>();
        services.AddScoped<IOrders, OrderService>();
        services.AddScoped<LetterWriter>();
        services.AddScoped<OrderSheetWriter>();
        services.AddScoped<IOrderPrints, OrderPrintService>();
        services.AddScoped<IProviders, ProviderService>();
        services.AddScoped<IResultHistory, ResultHistoryService>();
        services.AddResults();
        services.AddResultMessages();
        return services;
    }
}
