using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Portal.Components.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Scheduling;

/// <summary>A visit of today, and whose.</summary>
public sealed record DoctorsVisit(BookedVisit Visit, string DoctorName);

/// <summary>
/// Somebody who came without an appointment: who, with which doctor, how urgent; then the token. Body and foot only, for a dialog or a panel.
/// </summary>
public partial class WalkInPanel(
    IBooking booking, IScheduling scheduling, ClinicClock clock, IJSRuntime script, NavigationManager navigation, PatientQuestion question)
{
    private IReadOnlyList<DoctorLine> _lines = [];
    private IReadOnlyList<DoctorsVisit> _visits = [];
    private WalkInDraft _draft = new();
    private PatientHit? _patient;
    private Guid? _wanted;
    private BookedVisit? _done;
    private Refusal? _refusal;
    private string _typed = "";
    private string? _focus;

    /// <summary>Who it is, where that is known already.</summary>
    [Parameter]
    public Guid? PatientId { get; set; }

    /// <summary>Checked in; the token still stands here.</summary>
    [Parameter]
    public EventCallback<BookedVisit> OnDone { get; set; }

    /// <summary>They have an appointment today after all: it is that one that is checked in.</summary>
    [Parameter]
    public EventCallback<DoctorsVisit> OnBooked { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>What of today's book is the chosen patient's and not over: nobody is to be booked a second time by mistake.</summary>
    private IEnumerable<DoctorsVisit> Today => _patient is { } patient
        ? _visits.Where(v => v.Visit.PatientId == patient.Id && v.Visit.Place is not (QueuePlace.Done or QueuePlace.NotComing))
        : [];

    protected override async Task OnInitializedAsync()
    {
        _wanted = PatientId;
        await ReadAsync();
        _focus ??= _patient is null ? "walk-in-patient" : "walk-in-reason";
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } id)
        {
            _focus = null;
            await script.InvokeVoidAsync("clinicDialog.focus", id);
        }
    }

    private Task ReadAsync() => LoadAsync(
        cancellation => scheduling.DayAsync(clock.Today, cancellation),
        read =>
        {
            _refusal = read.Refusal ?? _refusal;
            _lines = read.Value is { } book ? DoctorLine.Of(book, clock.Now) : [];
            _visits = [.. read.Value?.Doctors.SelectMany(d => d.Visits.Select(v => new DoctorsVisit(v, d.DoctorName))) ?? []];
            _draft.DoctorId ??= _lines.Count > 0 ? _lines[0].DoctorId : null;
        });

    private Task TakeAsync() => SaveAsync(async () =>
    {
        _draft.PatientId = _patient?.Id;
        var visit = await booking.WalkInAsync(_draft, CancellationToken.None);
        _refusal = visit.Refusal;
        if (visit.Succeeded)
        {
            (_done, _focus) = (visit.Value, "walk-in-done");
            await OnDone.InvokeAsync(visit.Value);
        }
        else if (_patient is null)
        {
            _focus = "walk-in-patient";
        }
    });

    // What was focused is gone with the list; the next thing to type is why they came.
    private void Choose(PatientHit? patient)
    {
        (_patient, _wanted) = (patient, null);
        _focus = patient is null ? null : Today.Any(v => v.Visit.Place is QueuePlace.Expected or QueuePlace.Arrived) ? "walk-in-booked" : "walk-in-reason";
    }

    private Task AgainAsync()
    {
        (_draft, _patient, _done, _typed, _focus) = (new WalkInDraft(), null, null, "", "walk-in-patient");
        return ReadAsync();
    }

    // What was typed goes along, and comes back by the registration's own "Check in".
    private void Register(string typed)
    {
        question.Carry(typed);
        navigation.NavigateTo("/patients/register");
    }

    private static string Stands(BookedVisit visit) => visit.Place switch
    {
        QueuePlace.Expected or QueuePlace.Arrived => "is booked",
        QueuePlace.WithDoctor => "is with the doctor, booked",
        _ => $"is checked in as {visit.Token}, booked",
    };

    private string DoctorOf(Guid? id) => _lines.FirstOrDefault(l => l.DoctorId == id)?.Name ?? "";

    private string? ErrorOf(string field) => _refusal is { } refusal && string.Equals(refusal.Field, field, StringComparison.Ordinal) ? refusal.Message : null;

    private static bool IsBesideField(Refusal refusal) => refusal.Field is nameof(WalkInDraft.PatientId) or nameof(WalkInDraft.DoctorId) or nameof(WalkInDraft.Reason);

    /// <summary>A doctor to choose, with about how long one waits there.</summary>
    private sealed record DoctorLine(Guid DoctorId, string Name, string? Specialty, string Words, TimeSpan Wait)
    {
        /// <summary>Those who work at this hour, the shortest wait first; where nobody does, those who still will, or everybody.</summary>
        public static IReadOnlyList<DoctorLine> Of(DayBook book, DateTimeOffset now)
        {
            var working = book.Doctors.Where(d => d.Hours.Open.Any(o => o.From <= now && now < o.To)).ToList();
            var later = book.Doctors.Where(d => d.Hours.Open.Any(o => now < o.To)).ToList();
            var offered = working.Count > 0 ? working : later.Count > 0 ? later : book.Doctors;
            return [.. offered.Select(Line).OrderBy(l => l.Wait).ThenBy(l => l.Name, StringComparer.CurrentCulture)];
        }

        private static DoctorLine Line(DoctorColumn doctor)
        {
            var ahead = doctor.Visits.Count(v => v.Place is QueuePlace.Waiting or QueuePlace.WithNurse or QueuePlace.Called);
            var wait = TimeSpan.FromMinutes(ahead * doctor.Hours.SlotMinutes);
            var words = ahead == 0 ? "nobody waits" : $"{Common.Words.Count(ahead, "waits", "wait")}, about {ClinicFormat.Waiting(wait)}";
            return new DoctorLine(doctor.DoctorId, doctor.DoctorName, doctor.Specialty, doctor.Hours.FreeSlots == 0 ? $"{words} · no free time left" : words, wait);
        }
    }
}
