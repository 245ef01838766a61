using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Data.Prescribing;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Patients.Timeline;

/// <summary>A visit with one of everything, and what a timeline says of it.</summary>
internal static class AFullVisit
{
    public static readonly SoapContent Note = new()
    {
        Subjective = new Subjective { ChiefComplaint = "Cough for a week" },
        Assessment = new Assessment { ClinicalImpression = "Bronchitis" },
        Plan = new Plan { Treatments = ["Rest", "Fluids"], FollowUp = "In a week" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<Result<TimelinePage>> PageAsync(ActingPerson acting, Guid patient, TimelineFilter? filter = null)
        => acting.Get<IPatientTimeline>().PageAsync(patient, filter ?? TimelineFilter.All, null, Cancellation);

    public static TimelineFilter Text(string text) => new(new HashSet<TimelineKind>(), Text: text);

    public static string Told(TimelineEntry entry) => $"{entry.Title} ({entry.Status}): " + string.Join(" | ", entry.Parts.OrderBy(p => entry.Kind is TimelineKind.Prescription ? p.Text : "").Select(p =>
        p.Text + (p.Value is null ? "" : $"={p.Value}") + (p.Unit is null ? "" : $" {p.Unit}") + (p.Flag is ResultFlag.Normal ? "" : p.Flag)));

    public static async Task<(ClinicPerson Asha, Guid Visit, Guid Meera)> FullVisitAsync(ClinicUnderTest clinic, DateTimeOffset? reported = null)
    {
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var at = clinic.At("09:00");
        var visit = await clinic.Given.EncounterAsync(asha, meera, at, complaint: "Cough");
        await clinic.Given.NoteAsync(asha, meera, visit, Note, at);
        await clinic.Given.ConditionAsync(meera, "Acute bronchitis", encounter: visit);
        var prescription = Guid.CreateVersion7();
        await clinic.Given.SaveAsync(new Prescription
        {
            Id = prescription,
            EncounterId = visit,
            PatientId = meera,
            DoctorId = asha.Id,
            Status = PrescriptionStatus.Signed,
            SignedAt = at,
            ValidFrom = clinic.Days.Today,
            Items =
            [
                Item("Paracetamol 500 mg", "1 tablet", "1-0-1", "5 days", null),
                Item("Old drug", "1", "1-0-0", null, at),
            ],
        });
        await clinic.Given.ResultAsync(asha, meera, "HbA1c", 6.1m, ResultFlag.High, at, encounter: visit, reported: reported);
        await clinic.Given.ResultAsync(asha, meera, "Cancelled test", 1, at: at, status: ResultStatus.Cancelled, encounter: visit, reported: reported);
        await clinic.Given.VitalAsync(meera, "8480-6", 142, "mm[Hg]", at, visit);
        await clinic.Given.VitalAsync(meera, "8462-4", 88, "mm[Hg]", at, visit);
        await clinic.Given.VitalAsync(meera, "8867-4", 72, "/min", at, visit);
        await clinic.Given.SaveAsync(
            new Observation
            {
                Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Category = "social-history", Code = "72166-2",
                CodeSystem = Given.Loinc, Name = "Smoking status", ValueText = "Never smoked", EffectiveAt = at,
            },
            new Procedure { Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Name = "Nebulisation", Reason = "wheeze", StartedAt = at },
            Vaccine("Influenza", ImmunizationStatus.Completed, at), Vaccine("Tetanus", ImmunizationStatus.NotDone, at.AddMinutes(1)),
            Vaccine("Mistake", ImmunizationStatus.EnteredInError, at));
        return (asha, visit, meera);

        PrescriptionItem Item(string name, string dosage, string frequency, string? duration, DateTimeOffset? stopped) => new()
        {
            Id = Guid.CreateVersion7(), PrescriptionId = prescription, PatientId = meera, MedicationName = name, Dosage = dosage,
            Frequency = frequency, Duration = duration, StoppedAt = stopped,
        };

        Immunization Vaccine(string name, ImmunizationStatus status, DateTimeOffset given) => new()
        {
            Id = Guid.CreateVersion7(), PatientId = meera, EncounterId = visit, Code = "140", CodeSystem = "http://hl7.org/fhir/sid/cvx",
            Name = name, GivenAt = given, Status = status,
        };
    }

    public static async Task OrderAsync(ClinicUnderTest clinic, ClinicPerson doctor, Guid patient, Guid visit, string name)
    {
        var order = Guid.CreateVersion7();
        await clinic.Given.SaveAsync(new Order
        {
            Id = order,
            EncounterId = visit,
            PatientId = patient,
            DoctorId = doctor.Id,
            OrderType = OrderType.Imaging,
            Items = [new OrderItem { Id = Guid.CreateVersion7(), OrderId = order, PatientId = patient, ItemCode = name, ItemName = name }],
        });
    }
}
