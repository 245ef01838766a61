using Microsoft.AspNetCore.Identity;

namespace DrAssistant.Data.Staff;

/// <summary>A person who works here: the seed's <c>users</c> with what sign-in needs.</summary>
internal sealed class StaffMember : IdentityUser<Guid>
{
    public required string FullName { get; set; }

    public required StaffRole Role { get; set; }

    public string? Specialty { get; set; }

    public string? ProfileImageUrl { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? LastLoginAt { get; set; }

    public StaffStatus Status { get; set; } = StaffStatus.Active;

    /// <summary>Theme, dashboard layout and the like, as JSON; see <c>StaffPreferences</c>.</summary>
    public string? Preferences { get; set; }

    public string? Qualification { get; set; }

    public string? RegistrationNumber { get; set; }

    public string? RegistrationCouncil { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>Nobody knows the password of <paramref name="nobodys"/>: only a link lets this person in again.</summary>
    public void ForgetPassword(string nobodys) => (PasswordHash, PasswordChangedAt) = (nobodys, null);

    public void ChoosePassword(string hash, DateTimeOffset now)
    {
        (PasswordHash, PasswordChangedAt) = (hash, now);
        ForgiveFailures();
    }

    public bool IsLockedAt(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>One more wrong password; the last one allowed locks the account for a while.</summary>
    public void CountFailure(DateTimeOffset now, int allowed, TimeSpan locked)
    {
        AccessFailedCount++;
        if (AccessFailedCount >= allowed)
        {
            (AccessFailedCount, LockoutEnd) = (0, now + locked);
        }
    }

    /// <summary>The right password: earlier mistakes are forgiven.</summary>
    public void ForgiveFailures() => (AccessFailedCount, LockoutEnd) = (0, null);

    public void CountSignIn(DateTimeOffset now)
    {
        ForgiveFailures();
        LastLoginAt = now;
    }
}

/// <summary>Only an active person signs in or sees a row.</summary>
public enum StaffStatus
{
    Active,
    Inactive,
}
