using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Documents;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Senders;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Patients.Merging;
using DrAssistant.Data.Patients.Registration;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Prescribing.Printing;
using DrAssistant.Data.Prescribing.Register;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Data.Scheduling.Display;
using DrAssistant.Data.Search.Saved;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Staff.Accounts;
using DrAssistant.Data.Staff.Photos;
using DrAssistant.Data.Staff.SecondFactor;
using DrAssistant.Data.Staff.SignIn;
using DrAssistant.Data.Stores.Postgres;
using DrAssistant.Data.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data;

/// <summary>The clinic's tables on one screen. One short-lived context a call; entities never leave this assembly.</summary>
internal sealed class ClinicDb(DbContextOptions<ClinicDb> options) : IdentityUserContext<StaffMember, Guid>(options)
{
    private static readonly Dictionary<string, Type> Subjects = new()
    {
        [nameof(Encounter.PatientId)] = typeof(Patient),
        [nameof(Encounter.DoctorId)] = typeof(StaffMember),
        [nameof(Session.UserId)] = typeof(StaffMember),
        [nameof(Encounter.AppointmentId)] = typeof(Appointment),
        [nameof(Observation.EncounterId)] = typeof(Encounter),
        [nameof(OrderResult.OrderItemId)] = typeof(OrderItem),
    };

    public DbSet<WorkingHours> WorkingHours => Set<WorkingHours>();

    public DbSet<DoctorLeave> DoctorLeave => Set<DoctorLeave>();

    public DbSet<PracticeHoliday> PracticeHolidays => Set<PracticeHoliday>();

    public DbSet<VisitLength> VisitLengths => Set<VisitLength>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<StaffPhoto> StaffPhotos => Set<StaffPhoto>();

    public DbSet<KeptFactor> SecondFactors => Set<KeptFactor>();

    public DbSet<SignInTicket> SignInTickets => Set<SignInTicket>();

    public DbSet<Patient> Patients => Set<Patient>();

    public DbSet<PatientName> PatientNames => Set<PatientName>();

    public DbSet<PatientNameTerms> PatientNameTerms => Set<PatientNameTerms>();

    public DbSet<PatientPhoto> PatientPhotos => Set<PatientPhoto>();

    public DbSet<PatientMerge> PatientMerges => Set<PatientMerge>();

    public DbSet<Allergy> Allergies => Set<Allergy>();

    public DbSet<CareTeamMember> CareTeam => Set<CareTeamMember>();

    public DbSet<Appointment> Appointments => Set<Appointment>();

    public DbSet<DisplayLink> DisplayLinks => Set<DisplayLink>();

    public DbSet<Encounter> Encounters => Set<Encounter>();

    public DbSet<FollowUp> FollowUps => Set<FollowUp>();

    public DbSet<Observation> Observations => Set<Observation>();

    public DbSet<Condition> Conditions => Set<Condition>();

    public DbSet<Procedure> Procedures => Set<Procedure>();

    public DbSet<Immunization> Immunizations => Set<Immunization>();

    public DbSet<Prescription> Prescriptions => Set<Prescription>();

    public DbSet<PrescriptionItem> PrescriptionItems => Set<PrescriptionItem>();

    public DbSet<PrescriptionPaper> PrescriptionPapers => Set<PrescriptionPaper>();

    public DbSet<PrescriptionPdfFile> PrescriptionPdfs => Set<PrescriptionPdfFile>();

    public DbSet<PrescriptionFinding> PrescriptionFindings => Set<PrescriptionFinding>();

    public DbSet<H1Line> H1Register => Set<H1Line>();

    public DbSet<KeptFavourite> FavouriteMedicines => Set<KeptFavourite>();

    public DbSet<KeptSet> MedicineSets => Set<KeptSet>();

    public DbSet<PatientDocument> PatientDocuments => Set<PatientDocument>();

    public DbSet<DocumentPart> DocumentParts => Set<DocumentPart>();

    public DbSet<DocumentExtract> DocumentExtracts => Set<DocumentExtract>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderItem> OrderItems => Set<OrderItem>();

    public DbSet<OrderResult> Results => Set<OrderResult>();

    public DbSet<Provider> Providers => Set<Provider>();

    public DbSet<ResultSender> ResultSenders => Set<ResultSender>();

    public DbSet<ResultFile> ResultFiles => Set<ResultFile>();

    public DbSet<ResultMessage> ResultMessages => Set<ResultMessage>();

    public DbSet<UnmatchedResult> UnmatchedResults => Set<UnmatchedResult>();

    public DbSet<ClinicTask> Tasks => Set<ClinicTask>();

    public DbSet<StoredSearch> SavedSearches => Set<StoredSearch>();

    public DbSet<NoteText> NoteTexts => Set<NoteText>();

    public DbSet<Alert> Alerts => Set<Alert>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ClinicDb).Assembly);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.HasDbFunction(((Func<TaskPriority, DateTimeOffset?, DateTimeOffset, int>)TaskRows.Rank).Method).HasName("task_rank");
        OrderBySubject(builder);
        builder.UseSnakeCase();
    }

    /// <summary>Lets one save write a patient and a visit with all that refers to them: EF Core inserts in the order of the references it knows.</summary>
    private static void OrderBySubject(ModelBuilder builder)
    {
        var references = builder.Model.GetEntityTypes()
            .SelectMany(row => row.GetProperties().Where(p => !p.IsPrimaryKey() || p.DeclaringType.ClrType == typeof(PatientNameTerms)))
            .Where(p => Subjects.ContainsKey(p.Name) && !p.IsForeignKey())
            .Select(p => (Row: p.DeclaringType.ClrType, p.Name))
            .ToList();
        foreach (var (row, reference) in references)
        {
            builder.Entity(row).HasOne(Subjects[reference]).WithMany().HasForeignKey(reference).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
