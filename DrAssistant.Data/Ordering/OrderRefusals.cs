using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Ordering;

/// <summary>Why not, in the words that several acts share.</summary>
internal static class OrderRefusals
{
    public const int MostItems = 60;

    /// <summary>What was forgotten is ordered soon after the visit; later, the patient is seen again.</summary>
    public static readonly TimeSpan AfterTheVisit = TimeSpan.FromDays(3);

    public static Refusal NotFound { get; } = Refusal.NotFound("Order");

    public static Refusal NoVisit { get; } = Refusal.NotFound("Visit");

    public static Refusal NoItem { get; } = Refusal.NotFound("Item");

    public static Refusal AnothersChart { get; } = Refusal.Conflict("This belongs to another patient's chart. Close this page and open it again.");

    public static Refusal Busy { get; } = Refusal.Conflict("Someone else changed this order. Reload and try again.");

    public static Refusal TooMany { get; } = Refusal.Conflict("A basket holds at most 60 items. Sign these, and begin another.");

    public static Refusal Empty { get; } = Refusal.Invalid("There is nothing to sign yet. Add a test, an examination or a referral first.");

    public static Refusal ReasonNeeded { get; } = Refusal.Invalid("Say why, in 3 to 255 characters.", "Reason");

    public static Refusal Unknown { get; } = Refusal.Invalid("This can no longer be ordered. Choose another entry.", "EntryId");

    /// <summary>Whether anything may be ordered for somebody at all.</summary>
    public static Refusal? Of(Patient patient) => patient switch
    {
        { Status: PatientStatus.Merged } => Refusal.Conflict("This record was merged into another. Order in the one that stays."),
        { DeceasedAt: not null } => Refusal.Conflict("This patient is recorded as deceased."),
        { Status: PatientStatus.Inactive } => Refusal.Conflict("This patient is inactive. Make the record active first."),
        _ => null,
    };

    /// <summary>Whether this doctor may still order in the visit.</summary>
    public static Refusal? Of(Encounter visit, Guid me, DateTimeOffset now) => visit switch
    {
        { Status: EncounterStatus.Cancelled } => Refusal.Conflict("This visit was cancelled: nothing is ordered in it."),
        _ when visit.DoctorId != me => Refusal.Invalid("This visit is another doctor's. Order in a visit of your own."),
        { Status: EncounterStatus.Completed } when visit.EndTime + AfterTheVisit < now => Refusal.Conflict("This visit ended more than three days ago. Start a new one to order."),
        _ => null,
    };
}
