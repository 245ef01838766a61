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
        return await ReadAsync(db, Worst(Lines(db).Where(l => l.Alert.UserId == person && !l.Alert.IsRead)).Take(MostAlerts), cancellation);
    }

    public async Task<Result<IReadOnlyList<AlertLine>>> SomeAsync(IReadOnlyList<Guid> alertIds, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var some = alertIds.Take(MostAlerts).ToList();
        return await ReadAsync(db, Worst(Lines(db).Where(l => l.Alert.UserId == person && some.Contains(l.Alert.Id))), cancellation);
    }

    public async Task<Result<IReadOnlyList<AlertLine>>> ListAsync(AlertQuestion question, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var mine = Lines(db).Where(l => l.Alert.UserId == person
            && (question.Severity == null || l.Alert.Severity == question.Severity)
            && (question.Type == null || l.Alert.AlertType == question.Type)
            && (question.Before == null || l.Alert.CreatedAt < question.Before));
        return await ReadAsync(
            db,
            question.History
                ? mine.OrderByDescending(l => l.Alert.CreatedAt).ThenBy(l => l.Alert.Id).Take(AlertQuestion.PageSize)
                : Worst(mine.Where(l => !l.Alert.IsRead)).Take(MostAlerts),
            cancellation);
    }

    public async Task<Result<int>> MarkAllReadAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAlerts) || user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = time.GetUtcNow();
        var read = await db.Alerts.Where(a => a.UserId == person && !a.IsRead && a.Severity != AlertSeverity.Critical)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsRead, true).SetProperty(a => a.ReadAt, now), cancellation);
        if (read > 0)
        {
            audit.Add(db, new AuditEntry(AuditAction.Update, "alerts.mark-read"));
            outbox.Add(db, "alert.changed", subjectId: null, patientId: null, new Dictionary<string, string> { ["user"] = person.ToString() });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return read;
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

    private static IQueryable<Line> Worst(IQueryable<Line> lines)
        => lines
            .OrderBy(l => l.Alert.Severity == AlertSeverity.Critical ? 0 : l.Alert.Severity == AlertSeverity.High ? 1 : l.Alert.Severity == AlertSeverity.Medium ? 2 : 3)
            .ThenByDescending(l => l.Alert.LastAt ?? l.Alert.CreatedAt).ThenBy(l => l.Alert.Id);

    private async Task<Result<IReadOnlyList<AlertLine>>> ReadAsync(ClinicDb db, IQueryable<Line> lines, CancellationToken cancellation)
    {
        var read = await lines.AsNoTracking().ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "alerts.read")
        {
            PatientIds = [.. read.Select(l => l.Alert.PatientId).OfType<Guid>().Distinct()],
        });
        await db.SaveChangesAsync(cancellation);
        return read.ConvertAll(View);
    }

    private static IQueryable<Line> Lines(ClinicDb db)
        => from alert in db.Alerts
           join name in db.PatientNames on alert.PatientId equals (Guid?)name.PatientId into names
           from name in names.DefaultIfEmpty()
           select new Line { Alert = alert, Patient = name };

    private static AlertLine View(Line line) => new(
        line.Alert.Id, line.Alert.AlertType, line.Alert.Severity, line.Alert.Title, line.Alert.Message, line.Alert.PatientId,
        line.Patient is null ? null : new PersonName(line.Patient.FirstName, line.Patient.LastName),
        line.Alert.CreatedAt, line.Alert.IsRead, line.Alert.ActionUrl)
    {
        Times = line.Alert.Times,
        LastAt = line.Alert.LastAt,
    };

    private sealed class Line
    {
        public required Alert Alert { get; init; }

        public PatientName? Patient { get; init; }
    }
}
