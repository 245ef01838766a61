using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Security;

/// <summary>
/// Who is acting: the person of a circuit or request, or the practice's own background work.
/// Services ask it on their first line; PostgreSQL is told its id at every connection.
/// </summary>
public interface ICurrentUser
{
    /// <summary>The signed-in person, or null: nobody, and nobody sees no rows.</summary>
    Guid? Id { get; }

    StaffRole? Role { get; }

    string? FullName { get; }

    /// <summary>The session under which they act, for the audit trail.</summary>
    Guid? SessionId { get; }

    /// <summary>Where they act from, for the audit trail.</summary>
    string? IpAddress { get; }

    string? UserAgent { get; }

    /// <summary>True for background work, which connects as <c>clinic_worker</c>.</summary>
    bool IsSystem { get; }

    /// <summary>Whether their role grants <paramref name="permission"/>, one of <see cref="Permissions"/>.</summary>
    bool Can(string permission);
}
