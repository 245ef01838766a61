using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering.Results;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Alerts;

internal sealed class AlertService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, ResultAcknowledging results,
    TimeProvider time) : IAlerts
{
    private const int MostAlerts = 100;

    public async Task<Result<IReadOnlyList<AlertLine>>> UnreadAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var unread = await Lines(db)
            .Where(l => l.Alert.UserId == person && !l.Alert.IsRead)
            .OrderBy(l => l.Alert.Severity == AlertSeverity.Critical ? 0 : l.Alert.Severity == AlertSeverity.High ? 1 : l.Alert.Severity == AlertSeverity.Medium ? 2 : 3)
            .ThenByDescending(l => l.Alert.CreatedAt).ThenBy(l => l.Alert.Id)
            .Take(MostAlerts)
            .AsNoTracking()
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "alerts.read")
        {
            PatientIds = [.. unread.Select(l => l.Alert.PatientId).OfType<Guid>().Distinct()],
        });
        await db.SaveChangesAsync(cancellation);
        return unread.ConvertAll(View);
    }

    public async Task<Result<int>> CountUnreadAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await db.Alerts.CountAsync(a => a.UserId == person && !a.IsRead, cancellation);
    }

    public async Task<Result<AlertLine>> AcknowledgeAsync(Guid alertId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await Lines(db).SingleOrDefaultAsync(l => l.Alert.Id == alertId && l.Alert.UserId == person, cancellation) is not { } line)
        {
            return Refusal.NotFound("Alert");
        }

        if (line.Alert.AcknowledgedAt is not null)
        {
            return View(line); // said already, in another tab
        }

        line.Alert.Acknowledge(time.GetUtcNow());
        if (line.Alert is { Source: ResultAlerts.Source, SourceId: { } report } && user.Can(Permissions.ReviewResults))
        {
            await results.AcknowledgeAsync(db, report, person, time.GetUtcNow(), cancellation);
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "alert.acknowledge")
        {
            PatientId = line.Alert.PatientId,
            ResourceType = "alert",
            ResourceId = alertId,
        });
        outbox.Add(db, "alert.changed", alertId, line.Alert.PatientId, new Dictionary<string, string> { ["user"] = person.ToString() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Said in two tabs at once: the other one's word is kept, once.
            return await AcknowledgeAsync(alertId, cancellation);
        }

        return View(line);
    }

    private static IQueryable<Line> Lines(ClinicDb db)
        => from alert in db.Alerts
           join name in db.PatientNames on alert.PatientId equals (Guid?)name.PatientId into names
           from name in names.DefaultIfEmpty()
           select new Line { Alert = alert, Patient = name };

    private static AlertLine View(Line line) => new(
        line.Alert.Id, line.Alert.AlertType, line.Alert.Severity, line.Alert.Title, line.Alert.Message, line.Alert.PatientId,
        line.Patient is null ? null : new PersonName(line.Patient.FirstName, line.Patient.LastName),
        line.Alert.CreatedAt, line.Alert.IsRead, line.Alert.ActionUrl);

    private sealed class Line
    {
        public required Alert Alert { get; init; }

        public PatientName? Patient { get; init; }
    }
}
