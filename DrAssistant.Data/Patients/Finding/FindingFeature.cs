using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Patients.Finding;

internal static class FindingFeature
{
    public static void AddFinding(this IServiceCollection services)
    {
        services.AddSingleton<NameRules>();
        services.AddSingleton<NameWords>();
        services.AddHostedService(provider => provider.GetRequiredService<NameWords>());
        services.AddSingleton<PatientSearchQuery>();
        services.AddScoped<PatientFinder>();
    }
}
