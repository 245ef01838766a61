using System.Text.Json;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Alerts;

/// <summary>Tells a doctor that somebody else upset their day: a visit of today was cancelled, or moved in, out or about.</summary>
internal sealed class AppointmentAlerts(ClinicDataSources clinic, AlertWriter alerts, ClinicClock clock) : IOutboxHandler
{
    public const string Kind = "appointment.upset";

    private const string Source = "appointments";

    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal) { Kind };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
        if (message.SubjectId is not { } id || !ids.TryGetValue("user", out var doctor) || !ids.TryGetValue("was", out var was))
        {
            return;
        }

        await using var ask = clinic.Worker.CreateCommand("SELECT a.status = 'cancelled', a.start_time, a.doctor_id FROM appointments a WHERE a.id = $1");
        ask.Parameters.Add(new NpgsqlParameter { Value = id });
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            return;
        }

        var (cancelled, start, with) = (reader.GetBoolean(0), reader.Instant(1), reader.GetGuid(2));
        await reader.DisposeAsync();
        var from = DateTimeOffset.Parse(was, System.Globalization.CultureInfo.InvariantCulture);
        var (title, text) = cancelled ? ($"Cancelled today: {Words(from)}", "The visit will not take place.")
            : with != Guid.Parse(doctor) ? ($"Moved away from you: {Words(from)}", "Another doctor sees the patient.")
            : ($"Moved: {Words(from)} to {Words(start)}", "The visit takes place at another time.");
        await alerts.RaiseAsync(
            [Guid.Parse(doctor)],
            new AlertDraft(AlertType.Appointment, AlertSeverity.Medium, title, text) { PatientId = message.PatientId, Source = Source, SourceId = id, ActionUrl = "/" },
            cancellation);
    }

    private string Words(DateTimeOffset at)
        => clock.DayOf(at) == clock.Today ? ClinicFormat.Time(clock.TimeOf(at)) : ClinicFormat.DateAndTime(at, clock);
}
