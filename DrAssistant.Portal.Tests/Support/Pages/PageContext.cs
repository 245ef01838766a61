using Bunit;
using Bunit.TestDoubles;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Encounters.Growth;
using DrAssistant.Data.Encounters.Pregnancy;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.History;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Allergies;
using DrAssistant.Data.Patients.Essentials;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Formulary;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Prescribing.Signing;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Scheduling.Queue;
using DrAssistant.Data.Search;
using DrAssistant.Data.Search.Saved;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Photos;
using DrAssistant.Data.Staff.Preferences;
using DrAssistant.Data.Staff.SecondFactor;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Base of the pages' tests: doors that a test opens and shuts, a clock that it winds, a person of a role.</summary>
public abstract class PageContext : BunitContext
{
    // A page gets as long as a busy machine needs: a test that waits waits for something that comes, and only a broken one waits to the end.
    static PageContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(30);

    private protected PageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Clock.Through = act => Renderer.Dispatcher.InvokeAsync(act).GetAwaiter().GetResult();
        Services.AddSingleton<TimeProvider>(Clock);
        var practice = Options.Create(new ClinicOptions { Name = "A practice", TimeZone = "Asia/Kolkata" });
        Services.AddSingleton(practice);
        Services.AddSingleton(new ClinicClock(Clock, practice));
        Services.AddSingleton<ICurrentUser>(Person);
        Services.AddSingleton<IDayFeed>(Feed);
        Services.AddSingleton<IDashboard>(Dashboard);
        Services.AddSingleton<IScheduling>(Scheduling);
        Services.AddSingleton<IBooking>(Booking);
        Services.AddSingleton<ICalendars>(Calendars);
        Services.AddSingleton<IQueue>(Queue);
        Services.AddSingleton<IDisplays>(Displays);
        Services.AddSingleton<ITaskList>(TaskList);
        Keeping = new FakeTaskKeeping(TaskList);
        Services.AddSingleton<ITaskKeeping>(Keeping);
        Services.AddSingleton<IAlerts>(Alerts);
        Services.AddSingleton<IEncounters>(Encounters);
        Services.AddSingleton<IStaff>(Staff);
        Services.AddSingleton<IPreferences>(Preferences);
        Services.AddSingleton<ISessions>(Sessions);
        Services.AddSingleton<ISecondFactor>(SecondFactor);
        Services.AddSingleton<IPatients>(Patients);
        Services.AddSingleton<ISearch>(Searching);
        Services.AddSingleton<ISavedSearches>(SavedSearches);
        Services.AddSingleton<IPatientMerging>(Merging);
        Services.AddSingleton<IPatientTimeline>(Timeline);
        Services.AddSingleton<IRegistration>(Registration);
        Services.AddSingleton<IVitals>(Vitals);
        Services.AddSingleton<IGrowth>(Growth);
        Services.AddSingleton<IPregnancy>(Pregnancy);
        Services.AddSingleton<IAllergies>(AllergyDoor);
        Services.AddSingleton<IPatientEssentials>(EssentialsOf);
        Services.AddSingleton<IPatientPhotos>(Photos);
        Services.AddSingleton<IStaffPhotos>(StaffPhotos);
        AddNotes();
        Favourites = new FakeFavourites(Prescriptions);
        PrescriptionSigning = new FakePrescriptionSigning(Prescriptions);
        Services.AddSingleton<IPrescriptions>(Prescriptions);
        Services.AddSingleton<IFavouriteMedicines>(Favourites);
        Services.AddSingleton<IPrescriptionSafety>(Safety);
        Services.AddSingleton<IPrescriptionSigning>(PrescriptionSigning);
        Services.AddSingleton<IFormulary>(Formulary);
        Services.AddSingleton<IPrescriptionRegister>(Register);
        Services.AddSingleton<IOrders>(Orders);
        Services.AddSingleton<IOrderCatalogue>(Catalogue);
        Services.AddSingleton<IProviders>(Providers);
        Services.AddSingleton<IResultHistory>(History);
        Services.AddSingleton<IResultInbox>(Inbox);
        Services.AddSingleton<IResults>(ResultEntries);
        Services.AddSingleton<IDocuments>(Documents).AddSingleton<IDocumentUploads>(Uploads);
        Services.AddClinicComponents();
        Authorization = this.AddAuthorization();
        SignIn(StaffRole.Doctor);
    }

    private void AddNotes()
    {
        Services.AddSingleton<IClinicalNotes>(Notes);
        Services.AddSingleton<IDiagnosisCodes>(Codes);
        Services.AddSingleton<IRecordings>(Recordings);
        Services.AddSingleton<ITranscripts>(Transcripts);
        Services.AddSingleton<IDraftReviews>(Reviews);
        Services.AddSingleton<IDraftKeys>(DraftKeys);
        Services.AddSingleton<INotePresence>(Presence);
        Services.AddSingleton<INoteTexts>(Texts);
    }

    private protected HandClock Clock { get; } = new(Day.Now);

    private protected FakePerson Person { get; } = new();

    private protected FakeFeed Feed { get; } = new();

    private protected FakeDashboard Dashboard { get; } = new();

    private protected FakeScheduling Scheduling { get; } = new();

    private protected FakeBooking Booking { get; } = new();

    private protected FakeCalendars Calendars { get; } = new();

    private protected FakeQueue Queue { get; } = new();

    private protected FakeDisplays Displays { get; } = new();

    private protected FakeTasks TaskList { get; } = new();

    private protected FakeTaskKeeping Keeping { get; }

    private protected FakeAlerts Alerts { get; } = new();

    private protected FakeEncounters Encounters { get; } = new();

    private protected FakeNotes Notes { get; } = new();

    private protected FakeOrders Orders { get; } = new();

    private protected FakeOrderCatalogue Catalogue { get; } = new();

    private protected FakeProviders Providers { get; } = new();

    private protected FakeResultHistory History { get; } = new();

    private protected FakePregnancy Pregnancy { get; } = new();

    private protected FakeResultInbox Inbox { get; } = new();

    private protected FakeResults ResultEntries { get; } = new();

    private protected FakeDocuments Documents { get; } = new();

    private protected FakeUploads Uploads { get; } = new();

    private protected FakePrescriptions Prescriptions { get; } = new();

    private protected FakeFavourites Favourites { get; }

    private protected FakeSafety Safety { get; } = new();

    private protected FakePrescriptionSigning PrescriptionSigning { get; }

    private protected FakeFormulary Formulary { get; } = new();

    private protected FakeRegister Register { get; } = new();

    private protected FakeCodes Codes { get; } = new();

    private protected FakeRecordings Recordings { get; } = new();

    private protected FakeTranscripts Transcripts { get; } = new();

    private protected FakeDraftReviews Reviews { get; } = new();

    private protected FakeDraftKeys DraftKeys { get; } = new();

    private protected FakePresence Presence { get; } = new();

    private protected FakeTexts Texts { get; } = new();

    private protected FakeStaff Staff { get; } = new();

    private protected FakePreferences Preferences { get; } = new();

    private protected FakeSessions Sessions { get; } = new();

    private protected FakeSecondFactor SecondFactor { get; } = new();

    private protected FakePatients Patients { get; } = new();

    private protected FakeSearch Searching { get; } = new();

    private protected FakeSavedSearches SavedSearches { get; } = new();

    private protected FakeMerging Merging { get; } = new();

    private protected FakeTimeline Timeline { get; } = new();

    private protected FakeRegistration Registration { get; } = new();

    private protected FakeVitals Vitals { get; } = new();

    private protected FakeGrowth Growth { get; } = new();

    private protected FakeAllergies AllergyDoor { get; } = new();

    private protected FakeEssentials EssentialsOf { get; } = new();

    private protected FakePhotos Photos { get; } = new();

    private protected FakeStaffPhotos StaffPhotos { get; } = new();

    private protected BunitAuthorizationContext Authorization { get; }

    private protected void SignIn(StaffRole role)
    {
        Person.Role = role;
        Authorization.SetAuthorized("somebody").SetPolicies([.. RolePermissions.Of(role)]);
    }
}
