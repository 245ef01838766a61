using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>The first who can be seen, with what one wants to know before they come in, and one click to start.</summary>
public partial class NextPatientCard(IEncounters encounters, ClinicClock clock, NavigationManager navigation)
{
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public DoctorDay Day { get; set; } = default!;

    private string Nobody
    {
        get
        {
            if (Day.Visits.Count == 0)
            {
                return Day.NextVisitAfterToday is { } later
                    ? $"No patients today. Next: {ClinicFormat.DateWithWeekday(clock.DayOf(later))} {Time(later)}."
                    : "No patients today.";
            }

            var due = Day.Visits.FirstOrDefault(v => v.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed);
            return due is null
                ? "Nobody is waiting. Everybody booked today has been."
                : $"Nobody is waiting. Next at {Time(due.Start)}, {due.Name.Spoken}.";
        }
    }

    private Task StartAsync(DayVisit visit) => SaveAsync(async () =>
    {
        var started = await encounters.StartAsync(visit.AppointmentId, CancellationToken.None);
        _refusal = started.Refusal;
        if (started.Succeeded)
        {
            navigation.NavigateTo(Words.VisitOf(started.Value.EncounterId));
        }
    });

    private string Time(DateTimeOffset at) => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(at).DateTime));
}
