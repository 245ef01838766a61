using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Dashboard;

public partial class TodaysPatientsCard
{
    private static readonly (Choice Choice, string Words)[] Choices = [(Choice.ToSee, "To see"), (Choice.Waiting, "Waiting"), (Choice.All, "All")];

    private Choice _choice = Choice.ToSee;

    private enum Choice
    {
        ToSee,
        Waiting,
        All,
    }

    [Parameter, EditorRequired]
    public DoctorDay Day { get; set; } = default!;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    private IReadOnlyList<DayVisit> Shown => [.. Day.Visits.Where(v => _choice switch
    {
        Choice.ToSee => !IsOver(v),
        Choice.Waiting => v.Status is AppointmentStatus.CheckedIn,
        _ => true,
    })];

    private string Nobody => _choice switch
    {
        Choice.Waiting => "Nobody is waiting.",
        Choice.ToSee when Day.Visits.Count > 0 => "Everybody has been seen.",
        _ => "No patients today.",
    };

    private static bool IsOver(DayVisit visit)
        => visit.Status is AppointmentStatus.Completed or AppointmentStatus.Cancelled or AppointmentStatus.NoShow;
}
