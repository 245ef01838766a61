using DrAssistant.Data.Prescribing.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Prescribing.Formulary;

/// <summary>The formulary and what is checked against it, in one call.</summary>
internal static class FormularyFeature
{
    public static IServiceCollection AddFormulary(this IServiceCollection services)
    {
        services.AddSingleton<FormularyStore>();
        services.AddSingleton<SafetyChecks>();
        services.AddScoped<IFormulary, FormularyService>();
        services.AddScoped<IFormularyKeeping, FormularyKeepingService>();
        return services;
    }
}
