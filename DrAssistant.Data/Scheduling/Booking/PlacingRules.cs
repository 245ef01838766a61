using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling.Calendar;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>A time that may be asked for: what the rules leave of a day, a clock time and a length.</summary>
internal sealed record Placed(Period Time, string? Room, string? OutsideHoursReason);

/// <summary>
/// What may be asked of the book at all, each "no" beside the field that it is about. Whether the time is free is not among the
/// rules: the exclusion constraint decides that.
/// </summary>
internal sealed class PlacingRules(ClinicClock clock)
{
    private const int Shortest = 5;
    private const int Longest = 240;
    private const int YearsAhead = 2;

    /// <summary>What a form can be told without looking anything up.</summary>
    public Refusal? Shape(AppointmentDraft draft)
        => draft.PatientId is null ? Refusal.Invalid("Choose a patient.", nameof(draft.PatientId))
            : draft.DoctorId is null ? Refusal.Invalid("Choose a doctor.", nameof(draft.DoctorId))
            : draft.Day is not { } day ? Refusal.Invalid("Choose a day.", nameof(draft.Day))
            : draft.Start is not { } start ? Refusal.Invalid("Choose a time.", nameof(draft.Start))
            : Reason(draft.Reason) ?? Reach(day, start, draft.Minutes, draft.OutsideHoursReason);

    public static Refusal? Reason(string? reason, string field = nameof(AppointmentDraft.Reason))
        => reason?.Trim().Length is { } length and > AppointmentDraft.LongestReason
            ? Refusal.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"At most {AppointmentDraft.LongestReason} characters; this has {length:#,##0}."), field)
            : null;

    public Refusal? Reach(DateOnly day, TimeOnly start, int minutes, string? outsideHours)
        => minutes <= 0 ? Refusal.Invalid("The end must be after the start.", nameof(AppointmentDraft.Minutes))
            : minutes is < Shortest or > Longest
                ? Refusal.Invalid($"A visit takes {Shortest} to {Longest} minutes.", nameof(AppointmentDraft.Minutes))
            : day > clock.Today.AddYears(YearsAhead)
                ? Refusal.Invalid("Appointments are booked at most two years ahead.", nameof(AppointmentDraft.Day))
            : day < clock.Today ? Refusal.Invalid("That day is over.", nameof(AppointmentDraft.Day))
            : !clock.Shows(day, start)
                ? Refusal.Invalid($"{ClinicFormat.Time(start)} does not exist on that day: the clocks go forward.", nameof(AppointmentDraft.Start))
            : Reason(outsideHours, nameof(AppointmentDraft.OutsideHoursReason));

    /// <summary>Whether these two may be booked with each other, as things are now.</summary>
    public static Refusal? People(BookingFacts facts) => facts switch
    {
        { Patient: null } => Refusal.NotFound("Patient"),
        { Patient.Status: PatientStatus.Merged } => Patient("This record was merged into another one. Book the patient under that one."),
        { Patient.Deceased: true } => Patient("This patient is recorded as having died. Nothing can be booked."),
        { Patient.Status: not PatientStatus.Active } => Patient("This patient's record is inactive. Make it active first."),
        { InCare: false } => Patient("This patient is not in your care yet. Reception books the first visit."),
        { Doctor: null } => Refusal.Invalid("Choose a doctor.", nameof(AppointmentDraft.DoctorId)),
        { Doctor: { SeesPatients: false } doctor } => Refusal.Invalid($"{doctor.Short} sees no patients here any more.", nameof(AppointmentDraft.DoctorId)),
        _ => null,
    };

    /// <summary>Whether the doctor can be asked for that time: not over, within hours or with a reason, not in leave.</summary>
    /// <param name="unmoved">A time that stays as it is may have begun: the patient is late, and only the length or the doctor changes.</param>
    public Result<Placed> Place(
        BookingFacts facts, AppointmentType type, DateOnly day, TimeOnly start, int minutes, string? outsideHours, DateTimeOffset? unmoved = null)
    {
        var from = clock.At(day, start);
        var time = new Period(from, from.AddMinutes(minutes));
        var now = clock.Now;

        // Whoever books 11:00 while the clock shows 11:00 is not late.
        if (from < now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)) && from != unmoved)
        {
            return Refusal.Invalid($"{ClinicFormat.Time(start)} is over: it is {Clock(now)}.", nameof(AppointmentDraft.Start));
        }

        var room = type is AppointmentType.Telemedicine ? null : facts.Calendar.HoursOn(day).FirstOrDefault(h => h.Time.Overlaps(time))?.Room;
        return type is AppointmentType.Urgent
            ? new Placed(time, room, Text(outsideHours))
            : Closed(facts, day, time) is { } closed ? closed
            : facts.Calendar.HoursOn(day).Any(h => h.Time.Contains(time)) ? new Placed(time, room, null)
            : Text(outsideHours) is { } reason ? new Placed(time, room, reason)
            : Refusal.Invalid($"{Hours(facts, day)} Say why this visit is outside these hours.", nameof(AppointmentDraft.OutsideHoursReason));
    }

    public static string? Text(string? typed) => PlainText.Of(typed, AppointmentDraft.LongestReason) is { Length: > 0 } text ? text : null;

    /// <summary>Why nobody but an urgent patient can be booked then, or null.</summary>
    public Refusal? Closed(BookingFacts facts, DateOnly day, Period time)
        => facts.Calendar.HolidayOn(day) is { } holiday
                ? Refusal.Invalid($"{ClinicFormat.Date(day)} is a holiday: {holiday}. Only an urgent visit can be booked.", nameof(AppointmentDraft.Day))
            : facts.Calendar.LeaveIn(time) is { } leave
                ? Refusal.Invalid(
                    $"{facts.Doctor!.Short} is on leave until {ClinicFormat.DateAndTime(leave.To, clock)}. Only an urgent visit can be booked.", nameof(AppointmentDraft.Start))
            : null;

    private static string Hours(BookingFacts facts, DateOnly day)
    {
        var hours = facts.Calendar.WeekOn(day.DayOfWeek);
        return hours.Count == 0
            ? $"{facts.Doctor!.Short} does not work on {day.DayOfWeek}s."
            : $"{facts.Doctor!.Short} works {string.Join(" and ", hours.Select(h => $"{ClinicFormat.Time(h.From)} to {ClinicFormat.Time(h.To)}"))} on {day.DayOfWeek}s.";
    }

    private string Clock(DateTimeOffset at) => ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(at).DateTime));

    private static Refusal Patient(string message) => Refusal.Invalid(message, nameof(AppointmentDraft.PatientId));
}
