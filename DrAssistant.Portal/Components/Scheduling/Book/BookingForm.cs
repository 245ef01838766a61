using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Scheduling.Booking;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>A booking while it is typed: the draft, and what is only there for the one who types. Nothing in it is lost by a click elsewhere.</summary>
public sealed class BookingForm
{
    private const int UsualMinutes = 15;

    public AppointmentDraft Draft { get; private set; } = NewDraft();

    public PatientHit? Patient { get; private set; }

    /// <summary>Who is to be booked, while only the id is known.</summary>
    public Guid? Wanted { get; set; }

    /// <summary>What stands in the patient's field while nobody is chosen.</summary>
    public string PatientText { get; set; } = "";

    /// <summary>Anybody of this specialty; empty is anybody at all, null a certain doctor.</summary>
    public string? AnyOf { get; set; }

    public bool Repeat { get; set; }

    public int Weeks { get; set; } = 4;

    public int Times { get; set; } = 3;

    /// <summary>From where the free times are offered: a clicked slot, or the beginning of a day.</summary>
    public DateTimeOffset? OfferFrom { get; set; }

    /// <summary>The length was chosen by hand, so another type does not change it.</summary>
    public bool OwnLength { get; set; }

    /// <summary>The start was chosen by somebody, and not by the first free time.</summary>
    public bool OwnStart { get; set; }

    /// <summary>Something would have to be typed again.</summary>
    public bool Touched => Patient is not null || PatientText.Length > 0 || !string.IsNullOrEmpty(Draft.Reason);

    public void Choose(PatientHit? patient)
    {
        Patient = patient;
        Draft.PatientId = patient?.Id;
        (Wanted, PatientText) = (null, "");
    }

    /// <summary>A slot of the grid: doctor, day and time change, all else stays as it was typed.</summary>
    public void Take(ChosenSlot slot, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(slot);
        ArgumentNullException.ThrowIfNull(clock);
        (Draft.DoctorId, Draft.Day, Draft.Start) = (slot.DoctorId, slot.Day, slot.Start);
        (AnyOf, OwnStart) = (null, true);
        OfferFrom = clock.At(slot.Day, slot.Start);
    }

    /// <summary>A free time that was offered; it may be of another doctor.</summary>
    public void Take(FreeSlot free, ClinicClock clock)
    {
        var slot = ChosenSlot.Of(free, clock);
        (Draft.DoctorId, Draft.Day, Draft.Start) = (slot.DoctorId, slot.Day, slot.Start);
        OwnStart = true;
    }

    /// <summary>From the day's beginning, or from now where it is today.</summary>
    public void Offer(DateOnly day, ClinicClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Draft.Day = day;
        (Draft.Start, OwnStart) = (null, false);
        OfferFrom = day > clock.Today ? clock.At(day, TimeOnly.MinValue) : null;
    }

    /// <summary>The same visit at another time, as one of a series that did not fit.</summary>
    public AppointmentDraft Again(FreeSlot free, ClinicClock clock)
    {
        var slot = ChosenSlot.Of(free, clock);
        return new AppointmentDraft
        {
            PatientId = Draft.PatientId,
            DoctorId = slot.DoctorId,
            Day = slot.Day,
            Start = slot.Start,
            Minutes = Draft.Minutes,
            Type = Draft.Type,
            Reason = Draft.Reason,
        };
    }

    /// <summary>After a booking: empty, at the same doctor and day.</summary>
    public void Clear()
    {
        var (doctor, day) = (Draft.DoctorId, Draft.Day);
        Draft = NewDraft();
        (Draft.DoctorId, Draft.Day) = (doctor, day);
        (Patient, Wanted, PatientText, AnyOf, Repeat, OfferFrom, OwnLength, OwnStart) = (null, null, "", null, false, null, false, false);
    }

    // Most of what a desk books is somebody coming back.
    private static AppointmentDraft NewDraft() => new() { Type = AppointmentType.FollowUp, Minutes = UsualMinutes };
}

/// <summary>
/// The booking that is being typed in one open tab, so that registering somebody in the middle of it loses nothing. It is forgotten
/// after a while, and with the tab: it names a patient.
/// </summary>
public sealed class KeptBooking(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private BookingForm _form = new();
    private DateTimeOffset _usedAt;
    private bool _wanted;

    /// <summary>The form, or a new one where the old was left alone too long.</summary>
    public BookingForm Form
    {
        get
        {
            if (time.GetUtcNow() - _usedAt > Patience)
            {
                _form = new BookingForm();
                _wanted = false;
            }

            _usedAt = time.GetUtcNow();
            return _form;
        }
    }

    /// <summary>Somebody is being registered in the middle of a booking.</summary>
    public bool Waits => _wanted && time.GetUtcNow() - _usedAt <= Patience;

    /// <summary>Away to register somebody: the panel opens by itself when the desk comes back.</summary>
    public void Leave() => (_, _wanted) = (Form, true);

    /// <summary>
    /// Somebody was found elsewhere and is to be booked: the panel opens by itself. What was typed for another patient is not theirs, and goes.
    /// </summary>
    public void Want(Guid patientId)
    {
        if (Form.Patient is { } other && other.Id != patientId)
        {
            Form.Clear();
        }

        (Form.Wanted, _wanted) = (Form.Patient is null ? patientId : null, true);
    }

    /// <summary>The person was registered and is the one who is booked.</summary>
    public void Bring(PatientHit registered) => Form.Choose(registered);

    /// <summary>Whether the panel waits to be opened; asked once.</summary>
    public bool IsWanted()
    {
        var wanted = Waits;
        _wanted = false;
        return wanted;
    }
}
