using DrAssistant.Data.Alerts.Delivery;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Patients.Finding;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Reference;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Search;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Messages;
using DrAssistant.Data.Stores.Objects;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Stores.Search;
using DrAssistant.Data.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Data;

/// <summary>Everything the portal needs of this assembly, in one call.</summary>
public static class ClinicData
{
    /// <summary>
    /// Registers the doors, the stores and the background work. <typeparamref name="TPerson"/> is the portal's answer
    /// to "who is asking?" within a circuit or request.
    /// </summary>
    public static IServiceCollection AddClinicData<TPerson>(this IServiceCollection services, IConfiguration configuration)
        where TPerson : class, ICurrentUser
    {
        services.AddOptions<ClinicOptions>().Bind(configuration.GetSection(ClinicOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClinicOptions>, ClinicOptionsValidator>();
        services.AddOptions<AlertDeliveryOptions>().Bind(configuration.GetSection(AlertDeliveryOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AlertDeliveryOptions>, AlertDeliveryOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ClinicClock>();
        services.AddValidation();
        services.AddWhoIsAsking<TPerson>();
        services.AddKeys();
        services.AddPostgres();
        services.AddDocumentStore(configuration);
        services.AddObjectStore(configuration);
        services.AddSearchIndex(configuration);
        services.AddBroadcast(configuration);
        services.AddOutbox();
        services.AddSignIn(configuration);
        services.AddFeatures();
        services.AddDrafting(configuration);
        services.AddRecordings(configuration);
        return services;
    }

    private static void AddWhoIsAsking<TPerson>(this IServiceCollection services)
        where TPerson : class, ICurrentUser
    {
        services.AddScoped<TPerson>();
        services.AddScoped<SystemScope.Marker>();
        services.AddSingleton<SystemUser>();
        services.AddScoped<ICurrentUser>(provider => provider.GetRequiredService<SystemScope.Marker>().IsSystem
            ? provider.GetRequiredService<SystemUser>()
            : provider.GetRequiredService<TPerson>());
        services.AddScoped<CareTeam>();
        services.AddScoped<AuditTrail>();
    }

    private static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ClinicOptions>>().Value;
            return KeyRing.Open(options.KeyRingPath, options.MasterKeyPath, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<PhiCipher>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton(provider => new SecretSealer(provider.GetRequiredService<PhiCipher>()));
    }

    private static void AddPostgres(this IServiceCollection services)
    {
        services.AddScoped<UserContextInterceptor>();
        services.AddScoped<SecuredBatch>();

        // Scoped, not pooled: a pooled factory builds its options once, and one person's interceptor would serve everybody.
        services.AddDbContextFactory<ClinicDb>(
            (provider, options) =>
            {
                // No connection here: UserContextInterceptor takes it from the pool of whoever is asking.
                options.UseNpgsql();
                options.AddInterceptors(
                    provider.GetRequiredService<UserContextInterceptor>(),
                    provider.GetRequiredService<OutboxSignalInterceptor>());
            },
            ServiceLifetime.Scoped);
    }

    private static void AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxSignalInterceptor>();
        services.AddScoped<OutboxWriter>();
        services.AddHostedService<OutboxRelay>();
        services.AddSingleton<ParkedMessages>();
    }

    private static void AddBooking(this IServiceCollection services)
    {
        services.AddSingleton<PlacingRules>();
        services.AddScoped<Overtaken>();
        services.AddScoped<CalendarReader>();
        services.AddScoped<SlotFinder>();
        services.AddScoped<BookingFactsReader>();
        services.AddScoped<BookingWriter>();
        services.AddScoped<LostSlot>();
        services.AddScoped<AppointmentActs>();
        services.AddScoped<SeriesBooking>();
        services.AddScoped<WalkIns>();
        services.AddScoped<IBooking, BookingService>();
        services.AddScoped<CalendarKeeping>();
        services.AddScoped<CalendarViews>();
        services.AddScoped<ICalendars, CalendarService>();
    }

    private static void AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<PatientVault>();
        services.AddSingleton<ReferenceDataLoader>();
        services.AddFinding();
        services.AddScoped<IPatients, PatientService>();
        services.AddRegistration();
        services.AddAllergies();
        services.AddSingleton<MergeComparer>();
        services.AddSingleton<MergeStore>();
        services.AddScoped<MergeReading>();
        services.AddScoped<IPatientMerging, MergingService>();
        services.AddScoped<IOutboxHandler, NotesFollowMerges>();
        services.AddScoped<TimelineNotes>().AddScoped<TimelineDocuments>();
        services.AddScoped<IPatientTimeline, PatientTimelineService>();
        services.AddScoped<IScheduling, SchedulingService>();
        services.AddScoped<IQueue, QueueService>();
        services.AddScoped<QueueStory>();
        services.AddSingleton<ConsultingRooms>();
        services.AddSingleton<DeskIdentity>();
        services.AddScoped<IDisplays, DisplayService>();
        services.AddSingleton<DisplayReader>();
        services.AddSingleton<TokenCounter>();
        services.AddBooking();
        services.AddEncounters();
        services.AddNotes();
        services.AddFormulary();
        services.AddPrescribing();
        services.AddPrinting();
        services.AddOrdering();
        services.AddDocuments();
        services.AddSearch();
        services.AddScoped<ITaskList, TaskListService>();
        services.AddScoped<ITaskKeeping, TaskKeepingService>();
        services.AddScoped<TaskChanging>();
        services.AddScoped<TaskRules>();
        services.AddScoped<IOutboxHandler, TaskChanges>();
        services.AddScoped<TaskWriter>();
        services.AddScoped<IAlerts, AlertService>();
        services.AddSingleton<AlertWriter>();
        services.AddScoped<ResultAlerts>();
        services.AddScoped<IOutboxHandler, TaskAlerts>();
        services.AddSingleton<IAlertChannel, SmtpChannel>();
        services.AddSingleton<IAlertChannel, SmsGatewayChannel>();
        services.AddScoped<IOutboxHandler, AlertDelivery>();
        services.AddScoped<IOutboxHandler, AppointmentAlerts>();
        services.AddScoped<IOutboxHandler, AnsweredAlerts>();
        services.AddScoped<IDashboard, DashboardService>();
        services.AddScoped<ISystemState, SystemStateService>();
        services.AddScoped<IStaff, StaffService>();
        services.AddScoped<IPreferences, PreferenceService>();
        services.AddSingleton<INotificationChoices, NotificationChoices>();
        services.AddScoped<AuditFinder>();
        services.AddScoped<IAuditTrail, AuditTrailService>();
        services.AddSingleton<DayFeed>();
        services.AddSingleton<IDayFeed>(provider => provider.GetRequiredService<DayFeed>());
        services.AddScoped<IOutboxHandler, DayFeedHandler>();
        services.AddHostedService<DayFeedOfOthers>();
    }
}
