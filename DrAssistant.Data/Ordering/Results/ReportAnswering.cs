using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>Acknowledging and reviewing whole reports.</summary>
internal sealed class ReportAnswering(
    IDbContextFactory<ClinicDb> clinic, ResultAcknowledging acknowledging, AuditTrail audit, OutboxWriter outbox, ClinicClock clock)
{
    private const int LongestComment = 500;
    private const int MostAtOnce = 100;

    /// <summary>The values that stand of these reports, by the report's id or, where they were taken over without one, by the order's.</summary>
    public static async Task<List<OrderResult>> OfReportsAsync(ClinicDb db, IReadOnlyList<Guid> reports, CancellationToken cancellation)
    {
        var items = await db.OrderItems.Where(i => reports.Contains(i.OrderId)).Select(i => i.Id).ToListAsync(cancellation);
        return await db.Results
            .Where(r => r.SupersededBy == null && (reports.Contains(r.ReportId!.Value) || (r.ReportId == null && items.Contains(r.OrderItemId))))
            .ToListAsync(cancellation);
    }

    public async Task<Refusal?> AcknowledgeAsync(Guid report, Guid doctor, CancellationToken cancellation)
    {
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var values = await OfReportsAsync(db, [report], cancellation);
        if (values.Count == 0)
        {
            return Refusal.NotFound("Result");
        }

        var now = Now();
        var open = values.Where(v => v is { IsCritical: true, AcknowledgedAt: null }).ToList();
        if (open.Count == 0)
        {
            return null; // said already, in another tab
        }

        // Alerts go by the report, and by the value where it came without one.
        foreach (var about in open.Select(v => v.ReportId ?? v.Id).Distinct().ToList())
        {
            await acknowledging.AcknowledgeAsync(db, about, doctor, now, cancellation);
            foreach (var alert in await db.Alerts
                .Where(a => a.UserId == doctor && a.Source == ResultAlerts.Source && a.SourceId == about && a.AcknowledgedAt == null).ToListAsync(cancellation))
            {
                alert.Acknowledge(now);
                outbox.Add(db, "alert.changed", alert.Id, alert.PatientId, new Dictionary<string, string> { ["user"] = doctor.ToString() });
            }
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "result.acknowledge") { PatientId = open[0].PatientId, ResourceType = "result", ResourceId = open[0].Id });
        return await SaveAsync(db, "acknowledged", cancellation);
    }

    public async Task<Result<ReviewMark>> ReviewAsync(IReadOnlyList<Guid> reports, string? comment, Guid doctor, CancellationToken cancellation)
    {
        var words = PlainText.Of(comment);
        if (words.Length > LongestComment)
        {
            return Refusal.Invalid($"A note to the file has at most {LongestComment} characters.", nameof(comment));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var values = reports.Count > MostAtOnce ? [] : await OfReportsAsync(db, reports, cancellation);
        if (Refuse(values, reports) is { } refusal)
        {
            return refusal;
        }

        var mark = new ReviewMark(reports, Now());
        foreach (var patient in values.Where(v => v.ReviewedAt is null && v.Status is not ResultStatus.Preliminary).GroupBy(v => v.PatientId).ToList())
        {
            foreach (var value in patient)
            {
                value.Review(doctor, mark.At, words.Length > 0 ? words : null);
            }

            audit.Add(db, new AuditEntry(AuditAction.Update, "result.review") { PatientId = patient.Key, ResourceType = "result", ResourceId = patient.First().Id });
            outbox.Add(db, "result.changed", patient.First().ReportId, patient.Key);
        }

        return await SaveAsync(db, "reviewed", cancellation) is { } conflict ? conflict : mark;
    }

    private static Refusal? Refuse(List<OrderResult> values, IReadOnlyList<Guid> reports)
    {
        if (values.Count == 0)
        {
            return Refusal.NotFound("Result");
        }

        if (values.Exists(v => v is { IsCritical: true, AcknowledgedAt: null, ReviewedAt: null }))
        {
            return Refusal.Conflict("A critical value is acknowledged first, then reviewed.");
        }

        if (reports.Count > 1 && values.Exists(v => v.Flag is not ResultFlag.Normal))
        {
            return Refusal.Conflict("Only values within their range are reviewed together. Look at the others one by one.");
        }

        return values.TrueForAll(v => v.Status is ResultStatus.Preliminary) ? Refusal.Conflict("This is preliminary. It is reviewed when it is final.")
            : values.TrueForAll(v => v.ReviewedAt is not null) ? Refusal.Conflict("Somebody has reviewed this already.")
            : null;
    }

    private static async Task<Refusal?> SaveAsync(ClinicDb db, string deed, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict($"Somebody else {deed} this at the same moment. Look at it again.");
        }
    }

    /// <summary>As the database keeps it, so that a review is found again by its time.</summary>
    private DateTimeOffset Now()
    {
        var now = clock.Now;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
