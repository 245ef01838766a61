using DrAssistant.Data.Staff;

namespace DrAssistant.Data.Security;

/// <summary>
/// The practice's own background work: the outbox relay, an import, the demo practice. It connects as
/// <c>clinic_worker</c>, has no page, and every permission is its own because no person can become it.
/// </summary>
internal sealed class SystemUser : ICurrentUser
{
    public Guid? Id => null;

    public StaffRole? Role => null;

    public string? FullName => "Dr. Assistant";

    public Guid? SessionId => null;

    public string? IpAddress => null;

    public string? UserAgent => null;

    public bool IsSystem => true;

    public bool Can(string permission) => true;
}
