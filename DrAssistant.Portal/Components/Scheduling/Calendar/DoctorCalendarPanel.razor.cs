using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling.Calendar;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Calendar;

/// <summary>One doctor's week and leave, read again when somebody else changes them.</summary>
public partial class DoctorCalendarPanel(ICalendars calendars)
{
    private DoctorCalendarView? _calendar;
    private Refusal? _refusal;

    [Parameter, EditorRequired]
    public Guid DoctorId { get; set; }

    protected override Task OnInitializedAsync()
    {
        Follow(null);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change.Kind is "appointment.calendar" && change.SubjectId == DoctorId;

    protected override Task ReloadAsync()
        => LoadAsync(
            cancellation => calendars.OpenAsync(DoctorId, cancellation),
            read => (_calendar, _refusal) = (read.Value ?? _calendar, read.Refusal));

    private void Show(DoctorCalendarView calendar) => _calendar = calendar;
}
