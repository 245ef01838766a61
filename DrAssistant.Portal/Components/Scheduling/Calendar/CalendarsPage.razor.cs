using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling.Calendar;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Calendar;

/// <summary>Hours, leave, holidays and visit lengths: the practice's, and each doctor's.</summary>
public partial class CalendarsPage(ICalendars calendars)
{
    private PracticeCalendarView? _practice;
    private Refusal? _refusal;

    [Parameter]
    public Guid? DoctorId { get; set; }

    protected override Task OnInitializedAsync()
    {
        Follow(null);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change is { Kind: "appointment.calendar", SubjectId: null };

    protected override Task ReloadAsync()
        => LoadAsync(calendars.PracticeAsync, read => (_practice, _refusal) = (read.Value ?? _practice, read.Refusal));
}
