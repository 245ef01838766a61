using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Results;

internal sealed class ResultInboxService(
    SecuredBatch batch, IDbContextFactory<ClinicDb> clinic, InboxViews views, ReportAnswering answering, ReportTasks tasks, ICurrentUser user, AuditTrail audit,
    OutboxWriter outbox, ClinicClock clock) : IResultInbox
{
    private static readonly TimeSpan UndoneWithin = TimeSpan.FromMinutes(2);

    public async Task<Result<ResultInbox>> ReadAsync(bool practice, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        var (rows, reviewed) = await batch.ReadAsync(
            [ResultInboxQuery.List(doctor, practice), ResultInboxQuery.ReviewedToday(doctor, clock.DayBounds(clock.Today).From)],
            async (reader, token) =>
            {
                var waiting = await reader.ListAsync(InboxRow.Of, token);
                return (waiting, (await reader.ListAsync(row => (int)row.GetInt64(0), token)).Single());
            },
            cancellation);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "results.inbox") { PatientIds = [.. rows.Select(r => r.Patient).Distinct()] });
        await db.SaveChangesAsync(cancellation);
        return new ResultInbox(views.Lines(rows.Take(ResultInboxQuery.MostValues)), reviewed, rows.Count > ResultInboxQuery.MostValues);
    }

    public async Task<Result<int>> CountAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        return await batch.ReadAsync(
            [ResultInboxQuery.Count(doctor)], async (reader, token) => (await reader.ListAsync(row => (int)row.GetInt64(0), token)).Single(), cancellation);
    }

    public async Task<Result<InboxReport>> OpenAsync(Guid reportId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults))
        {
            return Refusal.Forbidden;
        }

        var rows = await batch.ReadAsync([ResultInboxQuery.One(reportId)], (reader, token) => reader.ListAsync(InboxRow.WithPrevious, token), cancellation);
        if (rows.Count == 0)
        {
            return Refusal.NotFound("Result");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "result.read") { PatientId = rows[0].Patient, ResourceType = "order", ResourceId = rows[0].Order });
        await db.SaveChangesAsync(cancellation);
        return views.Report(rows);
    }

    public async Task<Result<InboxReport>> AcknowledgeAsync(Guid reportId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        return await answering.AcknowledgeAsync(reportId, doctor, cancellation) is { } refusal ? refusal : await OpenAsync(reportId, cancellation);
    }

    public async Task<Result<ReviewMark>> ReviewAsync(IReadOnlyList<Guid> reportIds, string? comment, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        return await answering.ReviewAsync(reportIds, comment, doctor, cancellation);
    }

    public async Task<Result<ReviewMark>> TakeBackAsync(ReviewMark mark, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        if (clock.Now - mark.At > UndoneWithin)
        {
            return Refusal.Conflict("That was too long ago to be taken back. Write to the file what you think of it now.");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var values = (await ReportAnswering.OfReportsAsync(db, mark.ReportIds, cancellation)).Where(r => r.ReviewedBy == doctor && r.ReviewedAt == mark.At).ToList();
        foreach (var patient in values.GroupBy(v => v.PatientId))
        {
            patient.ToList().ForEach(v => v.TakeReviewBack());
            audit.Add(db, new AuditEntry(AuditAction.Update, "result.review-undone") { PatientId = patient.Key, ResourceType = "result", ResourceId = patient.First().Id });
            outbox.Add(db, "result.changed", patient.First().ReportId, patient.Key);
        }

        await db.SaveChangesAsync(cancellation);
        return mark;
    }

    public async Task<Result<Guid>> FollowUpAsync(Guid reportId, string title, int inDays, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || !user.Can(Permissions.WriteTasks) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        return await tasks.FollowUpAsync(reportId, title, inDays, doctor, cancellation);
    }

    public async Task<Result<Guid>> TellTheDeskAsync(Guid reportId, DeskMessage message, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReviewResults) || !user.Can(Permissions.WriteTasks) || user.Id is not { } doctor)
        {
            return Refusal.Forbidden;
        }

        return await tasks.TellTheDeskAsync(reportId, message, doctor, cancellation);
    }
}
