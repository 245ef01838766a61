using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>The desk's day: a column a doctor, who comes when, and the check-in. It shows no reason of a visit and nothing clinical.</summary>
public partial class DayBookPanel(IScheduling scheduling, ICurrentUser user, IJSRuntime script)
{
    private DateOnly _day;
    private DayBook? _book;
    private Refusal? _refusal;
    private string _filter = "";
    private string? _checkedIn;
    private (BookedVisit Visit, DoctorColumn Doctor)? _checkingIn;
    private bool _reveal;

    private string? ReadAt => _book is { } book ? Time(book.ReadAt) : null;

    protected override Task OnInitializedAsync()
    {
        _day = Clock.Today;
        Follow(null);
        return OpenAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // In the afternoon the morning's visits fill the screen: begin with who is still to come.
        if (_reveal && _book is not null)
        {
            _reveal = false;
            await script.InvokeVoidAsync("clinicShell.reveal", ".booked:not(.completed, .cancelled, .no_show)");
        }
    }

    protected override bool Concerns(DayChange change)
        => change.Kind.StartsWith("appointment", StringComparison.Ordinal) || change.Kind.StartsWith("encounter", StringComparison.Ordinal);

    protected override Task ReloadAsync()
        => LoadAsync(
            cancellation => scheduling.DayAsync(_day, cancellation),
            read => (_book, _refusal) = (read.Succeeded ? read.Value : _book, read.Refusal));

    private static bool IsComing(BookedVisit visit) => visit.Status is not AppointmentStatus.Cancelled;

    private static bool IsHere(BookedVisit visit) => visit.Status is AppointmentStatus.CheckedIn or AppointmentStatus.InProgress;

    private bool CanCheckIn(BookedVisit visit)
        => visit.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed
            && _day == Clock.Today
            && user.Can(Permissions.WriteAppointments);

    private IEnumerable<BookedVisit> Shown(DoctorColumn doctor)
    {
        var words = _filter.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return doctor.Visits.Where(v => Array.TrueForAll(words, word =>
            v.Name.Spoken.Contains(word, StringComparison.CurrentCultureIgnoreCase)
            || v.Mrn?.Contains(word, StringComparison.OrdinalIgnoreCase) is true
            || string.Equals(v.Token, word, StringComparison.OrdinalIgnoreCase)));
    }

    private Task GoToAsync(DateOnly day)
    {
        // Never one day's people under another day's name.
        (_day, _book, _checkedIn) = (day, null, null);
        return OpenAsync();
    }

    private Task OpenAsync()
    {
        _reveal = _day == Clock.Today;
        return ReloadAsync();
    }

    private Task ShowCheckedInAsync(BookedVisit visit)
    {
        _checkedIn = $"Token {visit.Token}: {visit.Name.Spoken}, {_checkingIn?.Doctor.DoctorName}. Checked in {Time(Clock.Now)}.";
        return ReloadAsync();
    }

    private string Time(DateTimeOffset at) => ClinicFormat.Time(TimeOnly.FromDateTime(Clock.Local(at).DateTime));
}
