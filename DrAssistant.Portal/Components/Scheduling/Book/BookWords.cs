using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Scheduling.Book;

/// <summary>How the book names and colours what stands in it. The colour only helps: every block carries its word.</summary>
internal static class BookWords
{
    /// <summary>The kinds of the legend, with their words, in the order of a day.</summary>
    public static readonly IReadOnlyList<(string Kind, string Word)> Legend =
    [
        ("booked", "Booked"), ("confirmed", "Confirmed"), ("waiting", "Waiting"), ("nurse", "With nurse"), ("doctor", "With doctor"),
        ("done", "Done"), ("no-show", "No-show"), ("cancelled", "Cancelled"), ("urgent", "Urgent"),
    ];

    /// <summary>The types in the order in which a desk books them.</summary>
    public static readonly IReadOnlyList<AppointmentType> Types =
        [AppointmentType.FollowUp, AppointmentType.InPerson, AppointmentType.Routine, AppointmentType.Telemedicine, AppointmentType.Urgent];

    public static string Of(AppointmentType type) => type switch
    {
        AppointmentType.FollowUp => "Follow-up",
        AppointmentType.InPerson => "New",
        AppointmentType.Routine => "Routine",
        AppointmentType.Telemedicine => "Video",
        AppointmentType.Urgent => "Urgent",
        _ => Sentence(EnumText.Of(type)),
    };

    /// <summary>The class of its colours.</summary>
    public static string Kind(BookedVisit visit) => (visit.Status, visit.Place) switch
    {
        (AppointmentStatus.Cancelled, _) => "cancelled",
        (AppointmentStatus.NoShow, _) => "no-show",
        (AppointmentStatus.Completed, _) => "done",
        _ when visit.Type is AppointmentType.Urgent => "urgent",
        (_, QueuePlace.WithDoctor) => "doctor",
        (_, QueuePlace.WithNurse) => "nurse",
        (_, QueuePlace.Waiting or QueuePlace.Called or QueuePlace.Arrived) => "waiting",
        (AppointmentStatus.Confirmed, _) => "confirmed",
        _ => "booked",
    };

    /// <summary>Where the patient is, in one or two words.</summary>
    public static string State(BookedVisit visit) => visit.Place switch
    {
        QueuePlace.Arrived => "Arrived",
        QueuePlace.Waiting => "Waiting",
        QueuePlace.WithNurse => "With nurse",
        QueuePlace.Called => "Called",
        QueuePlace.WithDoctor => "With doctor",
        QueuePlace.Done => "Done",
        QueuePlace.NotComing when visit.Status is AppointmentStatus.NoShow => "No-show",
        QueuePlace.NotComing => "Cancelled",
        _ when visit.Status is AppointmentStatus.Confirmed => "Confirmed",
        _ => "Booked",
    };

    /// <summary>What a block too small for a word carries instead; the word is then read out.</summary>
    public static string Icon(BookedVisit visit) => Kind(visit) switch
    {
        "urgent" => "priority_high",
        "doctor" => "stethoscope",
        "nurse" => "vital_signs",
        "waiting" => "schedule",
        "done" => "check",
        "no-show" => "person_off",
        "cancelled" => "close",
        "confirmed" => "event_available",
        _ => "calendar_month",
    };

    /// <summary>Whether it takes the doctor's time.</summary>
    public static bool IsLive(BookedVisit visit) => visit.Status is not (AppointmentStatus.Cancelled or AppointmentStatus.NoShow);

    /// <summary>Whether it may still be moved: until the patient has checked in.</summary>
    public static bool IsOpen(BookedVisit visit) => visit.Status is AppointmentStatus.Scheduled or AppointmentStatus.Confirmed;

    public static bool IsHere(BookedVisit visit)
        => visit.Place is QueuePlace.Arrived or QueuePlace.Waiting or QueuePlace.WithNurse or QueuePlace.Called or QueuePlace.WithDoctor;

    /// <summary>"Dr. Iyer has 24 free." of whoever has anything free.</summary>
    public static string FreeWords(IReadOnlyList<BookColumn> columns)
    {
        var free = columns.Where(c => c.Hours.FreeSlots > 0).ToList();
        return free switch
        {
            [] => "",
            [var only] => $"{Words.Doctor(only.DoctorName)} has {only.Hours.FreeSlots} free.",
            _ => $"{free.Sum(c => c.Hours.FreeSlots)} slots are free with {free.Count} doctors.",
        };
    }

    private static string Sentence(string word) => Words.Sentence(word);
}
