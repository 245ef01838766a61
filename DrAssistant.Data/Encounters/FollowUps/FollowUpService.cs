using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Encounters;

internal sealed class FollowUpService(
    IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox, TimeProvider time) : IFollowUps
{
    private const int Most = 200;
    private const int ShortestReason = 3;
    private const int LongestReason = 200;

    public async Task<Result<IReadOnlyList<FollowUpLine>>> ToBookAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadAppointments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var open = db.FollowUps.AsNoTracking().Where(f => f.Status == FollowUpStatus.Open && (user.Role != StaffRole.Doctor || f.DoctorId == me));
        var rows = await FollowUpLines.Of(db, open)
            .Where(row => row.Booked == null)
            .OrderBy(row => row.FollowUp.DueOn).ThenBy(row => row.FollowUp.Id)
            .Take(Most)
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "follow-ups.read") { PatientIds = [.. rows.Select(row => row.FollowUp.PatientId).Distinct()] });
        await db.SaveChangesAsync(cancellation);
        return rows.ConvertAll(FollowUpLines.View);
    }

    public async Task<Result<FollowUpLine>> DropAsync(Guid followUpId, string reason, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteAppointments) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var why = PlainText.Of(reason);
        if (why.Length is < ShortestReason or > LongestReason)
        {
            return Refusal.Invalid($"Say why, in {ShortestReason} to {LongestReason} characters.", nameof(reason));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await db.FollowUps.SingleOrDefaultAsync(f => f.Id == followUpId, cancellation) is not { } followUp)
        {
            return Refusal.NotFound("Follow-up");
        }

        if (user.Role is StaffRole.Doctor && followUp.DoctorId != me)
        {
            return Refusal.Invalid("This follow-up is with another doctor.");
        }

        if (followUp.Drop(time.GetUtcNow(), me, why) is { } refusal)
        {
            return refusal;
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "follow-up.drop")
        {
            PatientId = followUp.PatientId,
            ResourceType = "follow_up",
            ResourceId = followUpId,
            Reason = why,
        });
        outbox.Add(db, "appointment.follow-up", followUpId, followUp.PatientId);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("Someone else changed this follow-up. Reload and try again.");
        }

        return FollowUpLines.View(await FollowUpLines.Of(db, db.FollowUps.AsNoTracking().Where(f => f.Id == followUpId)).SingleAsync(cancellation));
    }
}
