using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;
using DrAssistant.Data.Scheduling.Calendar;
using DrAssistant.Portal.Components.Patients;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>The booking form. It edits the form that it is given, so that closing it, or a click elsewhere, loses nothing.</summary>
public partial class BookingEditor(IBooking booking, ICalendars calendars, KeptBooking kept, ClinicClock clock)
{
    private const string RepeatField = "Repeat";

    private static readonly string[] Placed =
    [
        nameof(AppointmentDraft.PatientId), nameof(AppointmentDraft.DoctorId), nameof(AppointmentDraft.Day), nameof(AppointmentDraft.Start), nameof(AppointmentDraft.Minutes),
        nameof(AppointmentDraft.Type), nameof(AppointmentDraft.Reason), nameof(AppointmentDraft.OutsideHoursReason), RepeatField,
    ];

    private static readonly int[] UsualLengths = [5, 10, 15, 20, 30, 45, 60];

    private readonly SlotOffer _offer = new();
    private PatientPicker? _picker;
    private IReadOnlyDictionary<AppointmentType, int>? _lengths;
    private SlotTaken? _taken;
    private Refusal? _refusal;
    private BookedSeries? _series;
    private bool _answered;
    private object? _version;
    private SlotQuestion? _question;

    [Parameter, EditorRequired]
    public BookingForm Form { get; set; } = default!;

    [Parameter, EditorRequired]
    public IReadOnlyList<BookDoctor> Doctors { get; set; } = [];

    /// <summary>The columns that are on the screen: whether a time is within the hours is known for them before anything is sent.</summary>
    [Parameter]
    public IReadOnlyList<BookColumn> Columns { get; set; } = [];

    /// <summary>A slot was clicked while something was typed.</summary>
    [Parameter]
    public bool Kept { get; set; }

    /// <summary>The book cannot be read, so nothing is booked into it.</summary>
    [Parameter]
    public bool Broken { get; set; }

    [Parameter]
    public BookScript? Script { get; set; }

    [Parameter]
    public EventCallback<BookedNow> OnBooked { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Parameter]
    public EventCallback<string> OnRegister { get; set; }

    private Refusal? Unplaced => SaveFailure?.AsRefusal() ?? (_refusal is { } refusal && _taken is null && !Placed.Contains(refusal.Field) ? refusal : null);

    private Guid? Asked => Form.AnyOf is null ? Form.Draft.DoctorId : null;

    private ChosenSlot? Chosen => Form.Draft is { DoctorId: { } doctor, Day: { } day, Start: { } start } ? new ChosenSlot(doctor, day, start) : null;

    private string DoctorValue => Form.AnyOf is { } any ? $"any:{any}" : Form.Draft.DoctorId?.ToString() ?? "";

    private IEnumerable<string> Specialties => Doctors.Select(d => d.Specialty).Where(s => !string.IsNullOrEmpty(s)).Select(s => s!).Distinct().Order(StringComparer.CurrentCulture);

    private IEnumerable<int> Lengths => UsualLengths.Append(Form.Draft.Minutes).Distinct().Order();

    private string? ReasonError => ErrorOf(nameof(AppointmentDraft.Reason))
        ?? (Form.Draft.Reason?.Length > AppointmentDraft.LongestReason ? $"{Form.Draft.Reason.Length - AppointmentDraft.LongestReason} characters too many; at most {AppointmentDraft.LongestReason} are kept." : null);

    private string BookWord => Form.Draft.Start is { } start && Doctors.FirstOrDefault(d => d.Id == Form.Draft.DoctorId) is { } doctor
        ? $"Book {(Form.Draft.Day == clock.Today || Form.Draft.Day is not { } day ? "" : day.ToString("ddd dd-MMM", CultureInfo.InvariantCulture) + " ")}{ClinicFormat.Time(start)} with {doctor.ShortName}"
        : "Book";

    private bool NeedsHoursReason
        => !string.IsNullOrEmpty(Form.Draft.OutsideHoursReason) || _refusal?.Field == nameof(AppointmentDraft.OutsideHoursReason) || IsOutsideHours();

    public Task FocusAsync() => _picker is { } picker && Form.Patient is null ? picker.FocusAsync().AsTask() : Script?.FocusAsync("#booking-reason") ?? Task.CompletedTask;

    // How long a visit takes is a courtesy: without the answer the usual quarter of an hour stands.
    protected override Task OnInitializedAsync()
        => LoadAsync(calendars.PracticeAsync, practice =>
        {
            _lengths = practice.Value?.VisitMinutes;
            UsualLength();
        });

    protected override async Task OnParametersSetAsync()
    {
        // Somebody else's booking, or a click on another slot: what is free is asked again, and nothing that was typed is touched.
        if (!ReferenceEquals(_version, Columns) || _question != Question())
        {
            _version = Columns;
            await OfferAsync();
        }
    }

    private string? ErrorOf(string field) => _refusal is { } refusal && refusal.Field == field ? refusal.Message : null;

    private string? Invalid(string field) => ErrorOf(field) is null ? null : "true";

    private bool IsOutsideHours()
        => Chosen is { } chosen && Columns.FirstOrDefault(c => c.DoctorId == chosen.DoctorId && c.Day == chosen.Day) is { Hours.Open.Count: > 0 } column
            && clock.At(chosen.Day, chosen.Start) is var at && !column.Hours.Open.Any(o => o.From <= at && o.To >= at.AddMinutes(Form.Draft.Minutes));

    private async Task ChosenAsync(PatientHit? hit)
    {
        Form.Choose(hit);
        if (_refusal?.Field == nameof(AppointmentDraft.PatientId))
        {
            _refusal = null;
        }

        if (hit is not null && Script is not null)
        {
            // What was focused is gone with the list; the next thing to type is why they come.
            await Script.FocusAsync("#booking-reason");
        }
    }

    private Task DoctorAsync(ChangeEventArgs change)
    {
        var value = change.Value as string ?? "";
        Form.AnyOf = value.StartsWith("any:", StringComparison.Ordinal) ? value[4..] : null;
        Form.Draft.DoctorId = Guid.TryParse(value, out var doctor) ? doctor : null;
        return AskAgainAsync();
    }

    private Task DayAsync(DateOnly? day)
    {
        if (day is { } read)
        {
            Form.Offer(read, clock);
            return AskAgainAsync();
        }

        Form.Draft.Day = null;
        return OnChanged.InvokeAsync();
    }

    private Task StartAsync(TimeOnly? start)
    {
        (Form.Draft.Start, Form.OwnStart, _refusal, _taken) = (start, true, null, null);
        return OnChanged.InvokeAsync();
    }

    private Task MinutesAsync(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var minutes))
        {
            (Form.Draft.Minutes, Form.OwnLength) = (minutes, true);
        }

        return AskAgainAsync();
    }

    private Task TypeAsync(AppointmentType type)
    {
        Form.Draft.Type = type;
        UsualLength();
        return AskAgainAsync();
    }

    private void UsualLength()
    {
        if (!Form.OwnLength && _lengths is not null && _lengths.TryGetValue(Form.Draft.Type, out var minutes))
        {
            Form.Draft.Minutes = minutes;
        }
    }
}

/// <summary>What was just booked, for the line that says so.</summary>
public sealed record BookedNow(BookedVisit First, int Count, Guid DoctorId)
{
    public override string ToString() => First.ToString();
}
