using DrAssistant.Data.Alerts;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Scheduling;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Ordering.Results;

/// <summary>
/// A critical value that its doctor has not acknowledged after half an hour goes to the doctors on duty too, once. At night, when nobody is,
/// it waits for the first who comes.
/// </summary>
internal sealed partial class ResultEscalation(IServiceScopeFactory scopes, ClinicClock clock, TimeProvider time, ILogger<ResultEscalation> log) : BackgroundService
{
    public static readonly TimeSpan After = TimeSpan.FromMinutes(30);

    private const int MostAtOnce = 100;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Says how many doctors were told.</summary>
    internal async Task<int> EscalateAsync(CancellationToken cancellation)
    {
        await using var scope = SystemScope.Create(scopes);
        var services = scope.ServiceProvider;
        await using var db = await services.GetRequiredService<IDbContextFactory<ClinicDb>>().CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = clock.Now;
        var due = await DueAsync(db, now, cancellation);
        if (due.Count == 0 || await OnDutyAsync(db, now, cancellation) is not { Count: > 0 } onDuty)
        {
            return 0;
        }

        var (told, alerts, audit) = (0, services.GetRequiredService<ResultAlerts>(), services.GetRequiredService<AuditTrail>());
        foreach (var report in due.GroupBy(r => r.ReportId ?? r.Id))
        {
            var worst = report.First();
            var doctor = await db.OrderItems.Where(i => i.Id == worst.OrderItemId)
                .Join(db.Orders, i => i.OrderId, o => o.Id, (_, o) => o.DoctorId)
                .Join(db.Users, id => id, u => u.Id, (_, u) => new { u.Id, u.FullName }).SingleAsync(cancellation);
            var others = await alerts.EscalateAsync(db, [.. onDuty.Where(id => id != doctor.Id)], worst, doctor.FullName, cancellation);
            if (others.Count == 0)
            {
                continue; // nobody but the one who was told: somebody else may come later
            }

            told += others.Count;
            foreach (var value in report)
            {
                value.Escalate(now);
            }

            audit.Add(db, new AuditEntry(AuditAction.Execute, "result.escalate") { PatientId = worst.PatientId, ResourceType = "result", ResourceId = worst.Id });
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return told;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Every, time, stoppingToken);
                await EscalateAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Paused(e.GetType().Name); // the database is away; what is due is due in half a minute too
            }
        }
    }

    /// <summary>What was taken over from elsewhere is history and rings for nobody. Several portals share the work: a row is locked.</summary>
    private static Task<List<OrderResult>> DueAsync(ClinicDb db, DateTimeOffset now, CancellationToken cancellation)
        => db.Results.FromSql($"""
            SELECT r.*, r.xmin FROM results r
            WHERE r.flag IN ('critical_low', 'critical_high') AND r.acknowledged_at IS NULL AND r.escalated_at IS NULL AND r.superseded_by IS NULL
                AND r.reviewed_at IS NULL AND r.status <> 'cancelled' AND r.source <> 'imported' AND r.created_at <= {now - After}
            ORDER BY r.created_at LIMIT {MostAtOnce} FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellation);

    /// <summary>Whose hours it is, or who sees somebody today; not who is on leave.</summary>
    private async Task<List<Guid>> OnDutyAsync(ClinicDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var (today, time, (from, to)) = (clock.Today.DayOfWeek, clock.TimeOf(now), clock.DayBounds(clock.Today));
        return await db.Users
            .Where(u => u.Role == StaffRole.Doctor && u.Status == StaffStatus.Active)
            .Where(u => !db.DoctorLeave.Any(l => l.DoctorId == u.Id && l.FromTime <= now && l.ToTime > now))
            .Where(u => db.WorkingHours.Any(h => h.DoctorId == u.Id && h.Weekday == today && h.StartTime <= time && h.EndTime > time)
                || db.Appointments.Any(a => a.DoctorId == u.Id && a.StartTime >= from && a.StartTime < to
                    && a.Status != AppointmentStatus.Cancelled && a.Status != AppointmentStatus.NoShow))
            .Select(u => u.Id).ToListAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "Escalating critical results paused: {Error}.")]
    private partial void Paused(string error);
}
