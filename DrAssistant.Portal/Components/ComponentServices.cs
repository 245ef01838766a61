using DrAssistant.Portal.Components.Layout;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Components.Patients;
using DrAssistant.Portal.Components.Patients.Registration;
using DrAssistant.Portal.Components.Scheduling.Book;
using DrAssistant.Portal.Components.Staff;
using DrAssistant.Portal.Components.Tasks;
using DrAssistant.Portal.Components.Voice;

namespace DrAssistant.Portal.Components;

/// <summary>What the parts of one open tab share. Each lives as long as its circuit, so none holds anything of a patient for long.</summary>
public static class ComponentServices
{
    public static IServiceCollection AddClinicComponents(this IServiceCollection services)
        => services
            .AddScoped<OpenWork>()
            .AddScoped<MyPreferences>()
            .AddScoped<TaskDesk>()
            .AddScoped<NoteAids>()
            .AddScoped<PatientQuestion>()
            .AddTransient<DraftDesk>()
            .AddScoped<KeptBooking>()
            .AddScoped<UnfinishedRegistration>();
}
