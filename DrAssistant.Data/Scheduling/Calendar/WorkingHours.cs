namespace DrAssistant.Data.Scheduling.Calendar;

/// <summary>A stretch of a doctor's week; two on one day leave a break between them.</summary>
internal sealed class WorkingHours
{
    public required Guid Id { get; init; }

    public required Guid DoctorId { get; init; }

    public required DayOfWeek Weekday { get; set; }

    public required TimeOnly StartTime { get; set; }

    public required TimeOnly EndTime { get; set; }

    /// <summary>Length of a slot in minutes, 5 to 120.</summary>
    public required short SlotMinutes { get; set; }

    public string? Room { get; set; }
}
