using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Encounters;

/// <summary>What visits need, in one call.</summary>
internal static class EncountersFeature
{
    public static IServiceCollection AddEncounters(this IServiceCollection services)
    {
        services.AddScoped<VisitNotes>();
        services.AddScoped<VisitHeads>();
        services.AddScoped<VisitEndings>();
        services.AddScoped<IEncounters, EncounterService>();
        services.AddScoped<IFollowUps, FollowUpService>();
        return services;
    }
}
