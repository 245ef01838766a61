namespace DrAssistant.Data.Scheduling;

public enum AppointmentStatus
{
    Scheduled,
    Confirmed,
    CheckedIn,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}

public enum AppointmentType
{
    InPerson,
    Telemedicine,
    FollowUp,
    Urgent,
    Routine,
}
