using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Components.Common;

/// <summary>The screens' words for what the doors name by an enum, and the addresses that many of them link to.</summary>
internal static class Words
{
    public static string Of(AppointmentStatus status, bool forDoctor = false) => status switch
    {
        AppointmentStatus.Scheduled => "Booked",
        AppointmentStatus.Confirmed => "Confirmed",
        AppointmentStatus.CheckedIn => "Waiting",
        AppointmentStatus.InProgress => forDoctor ? "With you" : "With doctor",
        AppointmentStatus.Completed => "Done",
        AppointmentStatus.Cancelled => "Cancelled",
        AppointmentStatus.NoShow => "No-show",
        _ => Sentence(EnumText.Of(status)),
    };

    public static string Of(Gender gender) => gender switch
    {
        Gender.Male => "Male",
        Gender.Female => "Female",
        _ => "Other",
    };

    public static string Letter(Gender gender) => Of(gender)[..1];

    public static string Of(StaffRole? role) => role switch
    {
        StaffRole.Doctor => "Doctor",
        StaffRole.Nurse => "Nurse",
        StaffRole.Receptionist => "Reception",
        StaffRole.Admin => "Administrator",
        _ => "",
    };

    public static string Of(ResultFlag flag) => flag switch
    {
        ResultFlag.Low => "low",
        ResultFlag.High => "high",
        ResultFlag.CriticalLow => "critically low",
        ResultFlag.CriticalHigh => "critically high",
        ResultFlag.Abnormal => "abnormal",
        _ => "",
    };

    public static string Arrow(ResultFlag flag) => flag switch
    {
        ResultFlag.Low => "↓",
        ResultFlag.High => "↑",
        ResultFlag.CriticalLow => "↓↓",
        ResultFlag.CriticalHigh => "↑↑",
        ResultFlag.Abnormal => "!",
        _ => "",
    };

    public static bool IsCritical(ResultFlag flag) => flag is ResultFlag.CriticalLow or ResultFlag.CriticalHigh;

    /// <summary><c>in_progress</c> is "In progress"; a word that is a sentence already stays as it is.</summary>
    public static string Sentence(string word)
    {
        var text = word.Replace('_', ' ');
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>"1 visit", "2 visits"; the plural is given where it is not the word with an s.</summary>
    public static string Count(int number, string one, string? many = null)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:#,##0} {(number == 1 ? one : many ?? one + "s")}");

    /// <summary>"Dr. Meera Iyer" is "Dr. Iyer" where space is short.</summary>
    public static string Doctor(string name) => name.Split(' ') is ["Dr.", .., var last] ? $"Dr. {last}" : name;

    /// <summary>"Dr. Meera Iyer" is "Iyer" among nothing but doctors.</summary>
    public static string LastName(string name) => name.Split(' ')[^1];

    /// <summary>"Sr. Mary Thomas" is "Sr. Mary" where space is short.</summary>
    public static string Colleague(string name) => name.Split(' ') is [var title, var first, ..] && title.EndsWith('.') ? $"{title} {first}" : name;

    public static string Of(EncounterType type) => type switch
    {
        EncounterType.OfficeVisit => "Office visit",
        EncounterType.HomeVisit => "Home visit",
        _ => Sentence(EnumText.Of(type)),
    };

    public static string EditOf(Guid patientId) => $"/patients/{patientId}/edit";

    /// <summary>The address of a patient's photo; another photo has another one, so that a page fetches it anew.</summary>
    public static string? PhotoOf(Guid patientId, DateTimeOffset? at)
        => at is { } taken ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/patients/{patientId}/photo?at={taken.ToUnixTimeMilliseconds()}") : null;

    public static string VisitOf(Guid encounterId) => $"/visits/{encounterId}";

    /// <summary>A visit with its prescriptions open beside the note.</summary>
    public static string PrescribingIn(Guid encounterId) => $"/visits/{encounterId}?panel=prescription";

    public static string ChartOf(Guid patientId) => $"/patients/{patientId}";

    public static string VitalsOf(Guid patientId) => $"/patients/{patientId}?tab=vitals";

    /// <summary>What a patient takes and was prescribed, with one prescription marked.</summary>
    public static string MedicationsOf(Guid patientId, Guid? prescriptionId = null) => $"/patients/{patientId}?tab=medications{(prescriptionId is { } id ? $"&prescription={id}" : "")}";

    public static string OrdersOf(Guid patientId, Guid? orderId = null) => $"/patients/{patientId}?tab=orders{(orderId is { } id ? $"&order={id}" : "")}";

    /// <summary>A patient's results over time, with those of one order marked.</summary>
    public static string ResultsOf(Guid patientId, Guid? orderId = null) => $"/patients/{patientId}?tab=results{(orderId is { } id ? $"&order={id}" : "")}";

    /// <summary>A patient's results over time, with one of them open.</summary>
    public static string ResultOf(Guid patientId, Guid resultId) => $"/patients/{patientId}?tab=results&result={resultId}";

    /// <summary>The notes of a chart, with one of them open.</summary>
    public static string NotesOf(Guid patientId, Guid? noteId = null) => $"/patients/{patientId}?tab=notes{(noteId is { } id ? $"&note={id}" : "")}";

    /// <summary>The documents of a chart, with one of them open.</summary>
    public static string DocumentsOf(Guid patientId, Guid? documentId = null) => $"/patients/{patientId}?tab=documents{(documentId is { } id ? $"&document={id}" : "")}";

    /// <summary>The documents of a chart, about to add some to a visit, note, order or result.</summary>
    public static string AddDocumentsTo(Guid patientId, string what, Guid id) => $"/patients/{patientId}?tab=documents&add={what}&to={id}";

    /// <summary>A visit with the draft of an amendment in its note's place.</summary>
    public static string AmendingIn(Guid encounterId, Guid draftId) => $"/visits/{encounterId}?amendment={draftId}";

    /// <summary>An alert's own address, when it is one of this portal's.</summary>
    public static bool IsOwnAddress(string? address)
        => address is ['/', ..] and not ['/', '/' or '\\', ..];
}
