using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Prescribing;

/// <summary>Why not, in the words that several acts share.</summary>
internal static class PrescriptionRefusals
{
    /// <summary>A draft is finished soon after the visit; later, things have changed and the patient is seen again.</summary>
    public static readonly TimeSpan AfterTheVisit = TimeSpan.FromDays(3);

    public static Refusal NotFound { get; } = Refusal.NotFound("Prescription");

    public static Refusal AnothersChart { get; } = Refusal.Conflict("This prescription belongs to another patient's chart. Close this page and open it again.");

    public static Refusal AnothersVisit { get; } = Refusal.Conflict("This visit belongs to another patient's chart. Close this page and open it again.");

    public static Refusal AnotherDoctors { get; } = Refusal.Invalid("This draft is another doctor's.");

    public static Refusal TooMany { get; } = Refusal.Conflict("A prescription has at most 30 medicines. Sign this one, and begin another.");

    public static Refusal Busy { get; } = Refusal.Conflict("Someone else changed this prescription. Reload and try again.");

    public static Refusal ReasonNeeded { get; } = Refusal.Invalid("Say why, in 3 to 255 characters.", "Reason");

    /// <summary>Withdrawn medicines, by name.</summary>
    public static Refusal Withdrawn(IEnumerable<string> names)
        => Refusal.Invalid($"No longer in the formulary: {string.Join(", ", names)}. Choose another medicine.", nameof(MedicineLineDraft.MedicineId));

    /// <summary>Whether somebody may be prescribed for at all.</summary>
    public static Refusal? Of(Patient patient) => patient switch
    {
        { Status: PatientStatus.Merged } => Refusal.Conflict("This record was merged into another. Prescribe in the one that stays."),
        { DeceasedAt: not null } => Refusal.Conflict("This patient is recorded as deceased."),
        { Status: PatientStatus.Inactive } => Refusal.Conflict("This patient is inactive. Make the record active first."),
        _ => null,
    };

    /// <summary>Whether this doctor may still write in the visit. A replacement corrects what was signed in it, whenever that was.</summary>
    public static Refusal? Of(Encounter visit, Guid me, DateTimeOffset now, bool replaces) => visit switch
    {
        { Status: EncounterStatus.Cancelled } => Refusal.Conflict("This visit was cancelled: nothing is prescribed in it."),
        _ when replaces => null,
        _ when visit.DoctorId != me => Refusal.Invalid("This visit is another doctor's. Prescribe in a visit of your own."),
        { Status: EncounterStatus.Completed } when visit.EndTime + AfterTheVisit < now
            => Refusal.Conflict("This visit ended more than three days ago. Start a new one to prescribe."),
        _ => null,
    };
}
