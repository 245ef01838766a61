using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.Accounts;

/// <summary>An account as admins see it.</summary>
internal static class AccountViews
{
    public static Task<AccountView?> OfAsync(ClinicDb db, Guid id, DateTimeOffset now, CancellationToken cancellation)
        => db.Users.AsNoTracking().Where(u => u.Id == id)
            .Select(u => new AccountView(u.Id, u.UserName!, u.Email!, u.FullName, u.Role, u.Status, u.LastLoginAt, u.CreatedAt)
            {
                Specialty = u.Specialty,
                Qualification = u.Qualification,
                RegistrationNumber = u.RegistrationNumber,
                RegistrationCouncil = u.RegistrationCouncil,
                Phone = u.PhoneNumber,
                ProfileImageUrl = u.ProfileImageUrl,
                PasswordChangedAt = u.PasswordChangedAt,
                HasSecondFactor = db.SecondFactors.Any(f => f.UserId == u.Id && f.Secret != null),
                LinkExpiresAt = db.AccountLinks.Where(l => l.UserId == u.Id && l.UsedAt == null && l.RevokedAt == null && l.ExpiresAt > now)
                    .Select(l => (DateTimeOffset?)l.ExpiresAt).FirstOrDefault(),
                Version = u.ConcurrencyStamp ?? "",
            })
            .SingleOrDefaultAsync(cancellation);
}
