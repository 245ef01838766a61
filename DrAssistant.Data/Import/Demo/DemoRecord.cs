using DrAssistant.Data.Alerts;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Data.Import.Demo;

/// <summary>Everything the demo practice will hold, before any of it is written.</summary>
internal sealed class DemoRecord
{
    public List<HoursRow> Hours { get; } = [];

    public List<LeaveRow> Leaves { get; } = [];

    public List<HolidayRow> Holidays { get; } = [];

    public List<Patient> Patients { get; } = [];

    public List<PatientNameTerms> Names { get; } = [];

    public List<Allergy> Allergies { get; } = [];

    public List<Appointment> Appointments { get; } = [];

    public List<TokenRow> Tokens { get; } = [];

    public List<Encounter> Encounters { get; } = [];

    public List<Observation> Observations { get; } = [];

    public List<Condition> Conditions { get; } = [];

    public List<Immunization> Immunizations { get; } = [];

    public List<Prescription> Prescriptions { get; } = [];

    public List<KeptFavourite> Favourites { get; } = [];

    public List<KeptSet> Sets { get; } = [];

    public List<Order> Orders { get; } = [];

    public List<OrderResult> Results { get; } = [];

    public List<ClinicTask> Tasks { get; } = [];

    public List<Alert> Alerts { get; } = [];

    public List<ClinicalNote> Notes { get; } = [];
}

/// <summary>A row of <c>working_hours</c>, its weekday a number as there.</summary>
internal sealed record HoursRow(Guid Id, Guid DoctorId, short Weekday, TimeOnly StartTime, TimeOnly EndTime, short SlotMinutes, string Room);

/// <summary>A row of <c>doctor_leave</c>.</summary>
internal sealed record LeaveRow(Guid Id, Guid DoctorId, DateTimeOffset FromTime, DateTimeOffset ToTime, string Reason);

/// <summary>A row of <c>practice_holidays</c>.</summary>
internal sealed record HolidayRow(DateOnly Day, string Name);

/// <summary>A row of <c>queue_tokens</c>.</summary>
internal sealed record TokenRow(Guid DoctorId, DateOnly Day, char Letter, short LastNumber);
