using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>Who waits, who is with a doctor, who is expected, of today. The same for everybody; only clinical roles get the way to the chart.</summary>
public partial class QueuePanel(IScheduling scheduling, ICurrentUser user)
{
    private DayBook? _book;
    private Refusal? _refusal;
    private Guid? _doctor;

    [Parameter]
    public string? Heading { get; set; }

    private bool Clinical => user.Can(Permissions.ReadEncounters);

    private IEnumerable<DoctorColumn> Chosen => _book?.Doctors.Where(d => _doctor is null || d.DoctorId == _doctor) ?? [];

    private IReadOnlyList<Place> InRoom => InState(AppointmentStatus.InProgress);

    private IReadOnlyList<Place> Expected => InState(AppointmentStatus.Scheduled, AppointmentStatus.Confirmed);

    private IReadOnlyList<Place> Over
        => [.. InState(AppointmentStatus.Completed, AppointmentStatus.NoShow).Reverse()];

    protected override Task OnInitializedAsync()
    {
        Follow(null);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change)
        => change.Kind.StartsWith("appointment", StringComparison.Ordinal) || change.Kind.StartsWith("encounter", StringComparison.Ordinal);

    protected override Task ReloadAsync()
        => LoadAsync(
            cancellation => scheduling.DayAsync(Clock.Today, cancellation),
            read => (_book, _refusal) = (read.Succeeded ? read.Value : _book, read.Refusal));

    /// <summary>Urgent, then longest wait; the first of each doctor is the next one in.</summary>
    private static IReadOnlyList<Place> Waiting(IEnumerable<DoctorColumn> doctors) => [.. doctors
        .SelectMany(d => d.Visits
            .Where(v => v.Status is AppointmentStatus.CheckedIn)
            .OrderByDescending(v => v.Type is AppointmentType.Urgent)
            .ThenBy(v => v.CheckedInAt)
            .Select((v, at) => new Place(v, d, at == 0)))
        .OrderByDescending(p => p.Visit.Type is AppointmentType.Urgent)
        .ThenBy(p => p.Visit.CheckedInAt)];

    private static int InHouse(DoctorColumn doctor)
        => doctor.Visits.Count(v => v.Status is AppointmentStatus.CheckedIn or AppointmentStatus.InProgress);

    /// <summary>"Dr. Meera Iyer" is "Dr. Iyer" where space is short.</summary>
    private static string ShortName(string name) => name.Split(' ') is ["Dr.", .., var last] ? $"Dr. {last}" : name;

    private TimeSpan? Longest(DayBook book)
        => Waiting(book.Doctors).Min(p => p.Visit.CheckedInAt) is { } since ? Clock.Now - since : null;

    private string NobodyYet(DayBook book)
    {
        var first = book.Doctors.SelectMany(d => d.Visits)
            .Where(v => v.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed)
            .MinBy(v => v.Start);
        return first is null
            ? "Nobody has arrived, and nobody is booked today."
            : $"Nobody has arrived yet. First booked {ClinicFormat.Time(TimeOnly.FromDateTime(Clock.Local(first.Start).DateTime))}, {first.Name.Spoken}.";
    }

    private IReadOnlyList<Place> InState(params AppointmentStatus[] states) => [.. Chosen
        .SelectMany(d => d.Visits.Where(v => states.Contains(v.Status)).Select(v => new Place(v, d, IsNext: false)))
        .OrderBy(p => p.Visit.Start)];

    private sealed record Place(BookedVisit Visit, DoctorColumn Doctor, bool IsNext);
}
