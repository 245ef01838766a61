using System.Globalization;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>The fields of an appointment that the audit trail keeps before and after an act.</summary>
internal static class AppointmentFields
{
    public static IReadOnlyList<(string Field, string? Value)> Of(Appointment a) =>
    [
        ("doctor_id", a.DoctorId.ToString()),
        ("start_time", a.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        ("end_time", a.EndTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        ("status", EnumText.Of(a.Status)),
        ("appointment_type", EnumText.Of(a.AppointmentType)),
        ("reason", a.Reason),
        ("cancel_reason", a.CancelReason),
        ("outside_hours_reason", a.OutsideHoursReason),
        ("token", a.Token),
    ];

    public static IReadOnlyList<FieldChange> Changes(IReadOnlyList<(string Field, string? Value)> before, Appointment after)
        => [.. before.Zip(Of(after)).Where(f => f.First.Value != f.Second.Value).Select(f => new FieldChange(f.First.Field, f.First.Value, f.Second.Value))];
}
