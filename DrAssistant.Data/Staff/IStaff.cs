using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff;

/// <summary>The one door to who works here.</summary>
public interface IStaff
{
    /// <summary>Everybody with an account, by name. For admins.</summary>
    Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation);
}

public sealed record StaffLine(
    Guid Id, string UserName, string FullName, StaffRole Role, string? Specialty, StaffStatus Status, DateTimeOffset? LastLoginAt, string? ProfileImageUrl = null);
