using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Drafting;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Prescribing.Taking;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Prescribing;

/// <summary>What prescriptions need, in one call.</summary>
internal static class PrescribingFeature
{
    public static IServiceCollection AddPrescribing(this IServiceCollection services)
    {
        services.AddSingleton<PrescriptionSeal>();
        services.AddScoped<PrescriptionReading>();
        services.AddScoped<PrescriptionHistory>();
        services.AddScoped<MedicationReading>();
        services.AddScoped<DraftWriter>();
        services.AddScoped<DraftBeginning>();
        services.AddScoped<DraftRepeating>();
        services.AddScoped<IPrescriptions, PrescriptionService>();
        services.AddScoped<SafetyFacts>();
        services.AddScoped<DraftChecker>();
        services.AddScoped<FindingKeeper>();
        services.AddScoped<IPrescriptionSafety, PrescriptionSafetyService>();
        services.AddScoped<OpenPoints>();
        services.AddScoped<TeleconsultCheck>();
        services.AddScoped<PrescriptionSigner>();
        services.AddScoped<PrescriptionFates>();
        services.AddScoped<PrescriptionReplacing>();
        services.AddScoped<IPrescriptionSigning, PrescriptionSigningService>();
        services.AddSingleton<IPrescriptionVerification, PrescriptionVerification>();
        services.AddScoped<FavouriteList>();
        services.AddScoped<FrequentMedicines>();
        services.AddScoped<MedicineSets>();
        services.AddScoped<IFavouriteMedicines, FavouriteService>();
        services.AddScoped<IPrescriptionRegister, RegisterService>();
        return services;
    }
}
