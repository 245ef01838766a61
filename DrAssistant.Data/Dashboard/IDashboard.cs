using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Data.Dashboard;

/// <summary>The one door to a doctor's day. Reads only; every patient it shows is in the audit trail.</summary>
public interface IDashboard
{
    /// <summary>The signed-in doctor's day of the practice, in one round trip to PostgreSQL.</summary>
    Task<Result<DoctorDay>> TodayAsync(CancellationToken cancellation);

    /// <summary>The signed-in doctor's unsigned notes and the amendments that are open on them, oldest first; from the document store, so it may fail alone.</summary>
    Task<Result<IReadOnlyList<DraftToSign>>> DraftsToSignAsync(CancellationToken cancellation);
}

/// <summary>What a doctor sees on coming in.</summary>
public sealed record DoctorDay(
    DateOnly Day,
    DateTimeOffset ReadAt,
    IReadOnlyList<DayVisit> Visits,
    NextPatient? Next,
    IReadOnlyList<TaskLine> Tasks,
    IReadOnlyList<AlertLine> Alerts,
    IReadOnlyList<ResultToReview> Results,
    DayFigures Figures)
{
    /// <summary>The doctor's first appointment after today; a day without patients names it.</summary>
    public DateTimeOffset? NextVisitAfterToday { get; init; }

    public override string ToString() => $"{nameof(DoctorDay)} {Day:O}";
}

/// <summary>One line of the schedule, by time.</summary>
public sealed record DayVisit(
    Guid AppointmentId,
    Guid PatientId,
    PersonName Name,
    Age Age,
    Gender Gender,
    string? Mrn,
    DateTimeOffset Start,
    DateTimeOffset End,
    AppointmentStatus Status,
    AppointmentType Type,
    string? Reason,
    string? Token,
    string? Room,
    DateTimeOffset? CheckedInAt,
    bool VitalsDone)
{
    /// <summary>Since when the patient is with the doctor.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The visit that goes on; null where none does.</summary>
    public Guid? OpenEncounterId { get; init; }

    public override string ToString() => $"{nameof(DayVisit)} {AppointmentId}";
}

/// <summary>The first who can be seen: urgent, then waiting longest with vitals done, then by time.</summary>
public sealed record NextPatient(
    DayVisit Visit,
    AllergiesStatus AllergiesStatus,
    DateTimeOffset? AllergiesRecordedAt,
    IReadOnlyList<string> Allergies,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<VitalLine> Vitals,
    DateTimeOffset? VitalsAt,
    string? VitalsBy)
{
    public override string ToString() => $"{nameof(NextPatient)} {Visit.AppointmentId}";
}

/// <summary>A report that waits for its doctor, by its worst value; critical first, then abnormal, oldest first.</summary>
public sealed record ResultToReview(
    Guid ResultId,
    Guid PatientId,
    PersonName Patient,
    string Test,
    string Value,
    string? Unit,
    ResultFlag Flag,
    DateTimeOffset IssuedAt,
    decimal? ReferenceLow,
    decimal? ReferenceHigh,
    IReadOnlyList<decimal> Trend)
{
    /// <summary>How many other values of the same report wait with it.</summary>
    public int More { get; init; }

    public override string ToString() => $"{nameof(ResultToReview)} {ResultId}";
}

/// <summary>A note that is not signed yet.</summary>
public sealed record DraftToSign(
    Guid NoteId, Guid EncounterId, Guid PatientId, PersonName Patient, DateTimeOffset EncounterStart, DateTimeOffset UpdatedAt, NoteType NoteType, string? Missing)
{
    /// <summary>It is the draft of an amendment: the note is signed, and what it changes is not.</summary>
    public bool IsAmendment { get; init; }

    /// <summary>Since when it waits: the visit, or the day on which the amendment was begun.</summary>
    public DateTimeOffset Since { get; init; }

    public override string ToString() => $"{nameof(DraftToSign)} {NoteId}";
}

/// <summary>The few figures of the day.</summary>
public sealed record DayFigures(
    int Seen,
    int ToSee,
    int Total,
    int NoShow,
    int Waiting,
    DateTimeOffset? LongestWaitSince,
    int ResultsToReview,
    int CriticalResults,
    int AbnormalResults,
    TimeSpan? RunningLate);
