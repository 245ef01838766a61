using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>A member of staff of a test's clinic.</summary>
internal sealed record ClinicPerson(Guid Id, StaffRole Role, string FullName);

/// <summary>Who is asking in a test's scope: the person named to <see cref="ClinicUnderTest.As"/>, and nobody before that.</summary>
internal sealed class TestUser : ICurrentUser
{
    private ClinicPerson? _person;

    public Guid? Id => _person?.Id;

    public StaffRole? Role => _person?.Role;

    public string? FullName => _person?.FullName;

    public Guid? SessionId { get; private set; }

    public string? IpAddress => _person is null ? null : "192.0.2.7";

    public string? UserAgent => _person is null ? null : "A browser";

    public bool IsSystem => false;

    public bool Can(string permission) => RolePermissions.Grants(Role, permission);

    public void Become(ClinicPerson person) => (_person, SessionId) = (person, Guid.CreateVersion7());
}
