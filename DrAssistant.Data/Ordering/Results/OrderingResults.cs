using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Registers what results need.</summary>
internal static class OrderingResults
{
    public static void AddResults(this IServiceCollection services)
    {
        services.AddSingleton<ResultJudging>();
        services.AddScoped<ResultFiling>();
    }
}
