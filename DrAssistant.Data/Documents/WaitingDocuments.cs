using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Documents;

/// <summary>
/// Tells the admins that documents wait for the object store for longer than an hour: it is away or full, and nobody who looks at a chart can do
/// anything about it. Told once and then once a day while it stays so; the next time that the store is away is told at once.
/// </summary>
internal sealed class WaitingDocuments(ClinicDataSources clinic, AlertWriter alerts, ClinicClock clock)
{
    public const string Source = "documents.waiting";

    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    /// <summary>Looks, and tells if need be.</summary>
    public async Task TellAsync(CancellationToken cancellation)
    {
        await using var look = clinic.Worker.CreateCommand("""
            SELECT count(*), min(uploaded_at), (array_agg(id ORDER BY uploaded_at, id))[1] FROM patient_documents WHERE status = 'queued' AND uploaded_at < $1
            """);
        look.Parameters.Add(new NpgsqlParameter { Value = clock.Now - Patience });
        await using var found = await look.ExecuteReaderAsync(cancellation);
        if (!await found.ReadAsync(cancellation) || found.GetInt64(0) is not (> 0 and var count))
        {
            return;
        }

        var what = count == 1 ? "1 document has" : $"{ClinicFormat.Number(count)} documents have";
        await alerts.RemindAdminsAsync(
            new AlertDraft(
                AlertType.System,
                AlertSeverity.High,
                "Documents wait for the object store",
                $"{what} waited since {ClinicFormat.DateAndTime(found.Instant(1), clock)}. Until the object store takes them they stand sealed in the database and can be opened. See that it answers and has room.")
            {
                Source = Source,
                SourceId = found.GetGuid(2), // the first of an outage: another outage has another one
                ActionUrl = "/",
            },
            BetweenReminders,
            cancellation);
    }
}
