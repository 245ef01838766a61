namespace DrAssistant.Data.Scheduling.Booking;

/// <summary>Makes the appointment that a draft asks for, where the rules have placed it.</summary>
internal static class NewAppointment
{
    public static Appointment Of(AppointmentDraft draft, Guid id, Placed placed, Guid? by, DateTimeOffset now, Guid? seriesId = null) => new()
    {
        Id = id,
        DoctorId = draft.DoctorId!.Value,
        PatientId = draft.PatientId!.Value,
        StartTime = placed.Time.From,
        EndTime = placed.Time.To,
        AppointmentType = draft.Type,
        Reason = PlacingRules.Text(draft.Reason),
        Room = placed.Room,
        CreatedBy = by,
        PlacedAt = now,
        PlacedBy = by,
        OutsideHoursReason = placed.OutsideHoursReason,
        SeriesId = seriesId,
    };
}
