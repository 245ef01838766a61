using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff;

internal sealed class StaffService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit) : IStaff
{
    public async Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var staff = await db.Users.AsNoTracking()
            .OrderBy(u => u.FullName).ThenBy(u => u.Id)
            .Select(u => new StaffLine(u.Id, u.UserName!, u.FullName, u.Role, u.Specialty, u.Status, u.LastLoginAt, u.ProfileImageUrl))
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "staff.read"));
        await db.SaveChangesAsync(cancellation);
        return staff;
    }
}
