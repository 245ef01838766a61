using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>An invented Thursday in a practice in Kolkata's time zone; it is 10:41.</summary>
internal static class Day
{
    public static readonly TimeSpan India = TimeSpan.FromHours(5.5);

    public static DateOnly Date { get; } = new(2026, 11, 5);

    public static DateTimeOffset Now { get; } = At(10, 41);

    public static DateTimeOffset At(int hour, int minute) => new(new DateTime(2026, 11, 5, hour, minute, 0, DateTimeKind.Unspecified), India);

    public static DayVisit Visit(
        string first, string last, DateTimeOffset start, AppointmentStatus status, int? waited = null,
        AppointmentType type = AppointmentType.FollowUp, string? reason = null, string? token = null)
        => new(
            Guid.CreateVersion7(), Guid.CreateVersion7(), new PersonName(first, last), Age.On(Date, new DateOnly(1988, 3, 1)), Gender.Male,
            "SC26-005120-6", start, start.AddMinutes(15), status, type, reason, token, "Room 1",
            waited is { } minutes ? Now.AddMinutes(-minutes) : null, VitalsDone: waited is not null);

    public static DoctorDay Of(params DayVisit[] visits)
    {
        var next = Array.Find(visits, v => v.Status is AppointmentStatus.CheckedIn);
        var waiting = visits.Where(v => v.Status is AppointmentStatus.CheckedIn).ToList();
        return new DoctorDay(
            Date, Now, visits, next is null ? null : Next(next), [], [], [],
            new DayFigures(
                visits.Count(v => v.Status is AppointmentStatus.Completed), visits.Count(v => v.Status < AppointmentStatus.Completed), visits.Length,
                NoShow: 0, waiting.Count, waiting.Min(v => v.CheckedInAt), ResultsToReview: 0, CriticalResults: 0, AbnormalResults: 0, RunningLate: null));
    }

    public static NextPatient Next(DayVisit visit) => new(
        visit, AllergiesStatus.Known, null, ["Penicillin"], ["Hypertension"], [new VitalLine("BP", "168/102", ResultFlag.High)], At(10, 38), "Sr. Mary");

    public static BookedVisit Booked(DayVisit v) => new(
        v.AppointmentId, v.PatientId, v.Name, v.Age, v.Gender, v.Mrn, v.Start, v.End, v.Status, v.Type, v.Reason, v.Token, v.Room, v.CheckedInAt);

    public static DayBook Book(DateOnly day, params DayVisit[] visits)
        => new(day, Now, [new DoctorColumn(Guid.CreateVersion7(), "Dr. Meera Iyer", "General medicine", [.. visits.Select(Booked)])]);

    public static TaskLine Task(string title, DateTimeOffset? due = null)
        => new(Guid.CreateVersion7(), title, null, null, due, TaskPriority.High, ClinicTaskStatus.Pending);

    public static AlertLine Alert(string title, AlertSeverity severity)
        => new(Guid.CreateVersion7(), AlertType.LabResult, severity, title, "", null, null, At(10, 12), IsRead: false, ActionUrl: null);

    public static DraftToSign Draft(string first, string last)
        => new(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), new PersonName(first, last), At(9, 0).AddDays(-2), At(9, 20).AddDays(-2), NoteType.Soap, null) { Since = At(9, 0).AddDays(-2) };

    public static ChartBanner Banner(Guid id, string first, string last, bool inCare = true) => new(
        id, new PersonName(first, last), "SC26-005120-6", new DateOnly(1988, 3, 1), DateOfBirthEstimated: false, Age.On(Date, new DateOnly(1988, 3, 1)), Gender.Male,
        inCare, GlassBrokenUntil: null, inCare ? "XX-XXXX-XXXX-4108" : null, inCare ? "B+" : null,
        inCare ? AllergiesStatus.Known : AllergiesStatus.NotAsked, null, inCare ? [new AllergyLine("Penicillins", "anaphylaxis", AllergySeverity.Severe)] : [],
        inCare ? ["Type 2 diabetes"] : [], [], DeceasedAt: null);

    public static PatientHit Hit(string first, string last)
        => new(Guid.CreateVersion7(), new PersonName(first, last), "SC26-005120-6", new DateOnly(1988, 3, 1), Age.On(Date, new DateOnly(1988, 3, 1)), Gender.Male, InCare: true);

    public static Task<Result<T>> Answer<T>(T value) => System.Threading.Tasks.Task.FromResult<Result<T>>(value);
}
