using DrAssistant.Data.Patients.Essentials;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Patients.Allergies;

/// <summary>What the list of allergies and the essentials beside a note need, in one call.</summary>
internal static class AllergiesFeature
{
    public static IServiceCollection AddAllergies(this IServiceCollection services)
    {
        services.AddSingleton<AllergyLists>();
        services.AddScoped<AllergyWriter>();
        services.AddScoped<IAllergies, AllergyService>();
        services.AddScoped<IPatientEssentials, PatientEssentialsService>();
        return services;
    }
}
