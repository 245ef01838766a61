using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Encounters.Vitals;
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
        services.AddScoped<VitalsReader>();
        services.AddScoped<VitalsFacts>();
        services.AddScoped<VitalsWriter>();
        services.AddScoped<VitalsCorrector>();
        services.AddScoped<IVitals, VitalsService>();
        services.AddScoped<IGrowth, GrowthService>();
        services.AddScoped<IPregnancy, PregnancyService>();
        services.AddScoped<IDiagnosisCodes, DiagnosisCodeService>();
        return services;
    }
}
