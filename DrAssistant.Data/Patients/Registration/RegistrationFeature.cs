using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Data.Patients.Registration;

internal static class RegistrationFeature
{
    public static void AddRegistration(this IServiceCollection services)
    {
        services.AddSingleton<DuplicateQuery>();
        services.AddSingleton<PhotoVault>();
        services.AddScoped<DuplicateFinder>();
        services.AddScoped<PatientWriter>();
        services.AddScoped<PatientRecords>();
        services.AddScoped<Objections>();
        services.AddScoped<IRegistration, RegistrationService>();
        services.AddScoped<IPatientPhotos, PatientPhotoService>();
    }
}
