using System.Globalization;
using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Scheduling;

namespace DrAssistant.Data.Import.Demo;

/// <summary>What reaches people today: alerts about results, drafts, tasks and bookings.</summary>
internal sealed class DemoInbox(DemoMoment moment, DemoTeam team, DemoRecord record)
{
    public void Alert(DemoPanel panel, IReadOnlyList<OrderResult> results, Appointment? urgent)
    {
        var doctor = team.Doctor(panel);
        var critical = results.First(IsCritical);
        var abnormal = results.Where(r => r.Flag is ResultFlag.Low or ResultFlag.High or ResultFlag.Abnormal).ToList();
        Raise(doctor, AlertType.LabResult, AlertSeverity.Critical, $"{InWords(critical)}, critical", Limits(critical), critical.IssuedAt, critical.PatientId, "results", critical.Id);
        Raise(
            doctor, AlertType.LabResult, AlertSeverity.High, $"{abnormal.Count} abnormal results to review",
            string.Join(", ", abnormal.Select(InWords)), abnormal.Max(r => r.IssuedAt), null, "results", abnormal[0].Id);
        Tasked(doctor);
        Unsigned(doctor);
        if (urgent is not null)
        {
            Raise(
                doctor, AlertType.Appointment, AlertSeverity.High, "Booked as urgent", $"{urgent.Reason}. Overlaps the visit that is due.",
                urgent.CheckInTime ?? urgent.CreatedAt, urgent.PatientId, "appointments", urgent.Id);
        }

        Settled(doctor);
    }

    /// <summary>For those who run the practice: that all of this is invented.</summary>
    public void TellAdmin() => Raise(
        team.Admin, AlertType.System, AlertSeverity.Low, "This is the demo practice",
        "Everybody in it is invented. Set up your own practice on an empty database.", moment.Now.AddMinutes(-1), null, "demo", null);

    private static bool IsCritical(OrderResult result) => result.Flag is ResultFlag.CriticalLow or ResultFlag.CriticalHigh;

    private static string InWords(OrderResult result) => result.ValueNumber is { } number
        ? $"{result.Name} {ClinicFormat.Number(number)} {UnitWords.Of(result.Unit)}"
        : Short($"{result.Name}: {result.ValueText}");

    // A culture is a sentence: it is cut between words, and says so.
    private static string Short(string words) => words.Length <= 80 ? words : $"{words[..words.LastIndexOf(' ', 79)].TrimEnd(',', ';')} …";

    private static string Limits(OrderResult result) => (result.ReferenceLow, result.ReferenceHigh) switch
    {
        ({ } low, { } high) => $"Reference {ClinicFormat.Number(low)} to {ClinicFormat.Number(high)}. Acknowledge it, then act.",
        ({ } low, null) => $"Reference from {ClinicFormat.Number(low)}. Acknowledge it, then act.",
        (null, { } high) => $"Reference up to {ClinicFormat.Number(high)}. Acknowledge it, then act.",
        _ => "Acknowledge it, then act.",
    };

    private void Tasked(Guid doctor)
    {
        var task = record.Tasks.First(t => t.AssignedTo == doctor && t.CreatedBy != doctor);
        Raise(doctor, AlertType.Task, AlertSeverity.Medium, "New task from the nurses", task.Title, task.CreatedAt, task.PatientId, "tasks", task.Id);
    }

    private void Unsigned(Guid doctor)
    {
        var draft = record.Notes.Where(n => n.DoctorId == doctor && n.Status is NoteStatus.Draft).MinBy(n => n.CreatedAt)!;
        var days = (int)(moment.Now - draft.CreatedAt).TotalDays;
        var written = days <= 1 ? "Written a day ago." : string.Create(CultureInfo.InvariantCulture, $"Written {days} days ago.");
        Raise(
            doctor, AlertType.Other, AlertSeverity.Medium, "A draft note waits for your signature", written,
            moment.Now.AddHours(-3), draft.PatientId, "clinical_notes", draft.Id);
    }

    /// <summary>One that was read yesterday.</summary>
    private void Settled(Guid doctor)
    {
        var earlier = record.Results.Last(r => r.ReviewedBy == doctor && r.Flag is ResultFlag.Low or ResultFlag.High);
        Raise(
            doctor, AlertType.LabResult, AlertSeverity.High, $"{InWords(earlier)}, abnormal", Limits(earlier), earlier.IssuedAt, earlier.PatientId, "results", earlier.Id)
            .Acknowledge(earlier.ReviewedAt ?? moment.Now);
    }

    private Alert Raise(
        Guid person, AlertType type, AlertSeverity severity, string title, string message, DateTimeOffset at, Guid? patient, string source, Guid? subject)
    {
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(),
            UserId = person,
            PatientId = patient,
            AlertType = type,
            Severity = severity,
            Title = title.Length <= 100 ? title : title[..100],
            Message = message,
            CreatedAt = at,
            Source = source,
            SourceId = subject,
            ActionUrl = patient is { } id ? $"/patients/{id}" : null,
        };
        record.Alerts.Add(alert);
        return alert;
    }
}
