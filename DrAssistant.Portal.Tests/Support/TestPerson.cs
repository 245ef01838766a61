using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>Somebody who asks, as a page's circuit would say it.</summary>
internal sealed record TestPerson(Guid? Id, StaffRole? Role) : ICurrentUser
{
    public static TestPerson Nobody { get; } = new(null, null);

    public string? FullName => null;

    public Guid? SessionId => null;

    public string? IpAddress => null;

    public string? UserAgent => null;

    public bool IsSystem => false;

    public static TestPerson Doctor(Guid id) => new(id, StaffRole.Doctor);

    /// <summary>One of the people of <see cref="TwoCharts"/>.</summary>
    public static TestPerson Of(Person person) => new(TwoCharts.Id(person), person switch
    {
        Person.Nobody => null,
        Person.Nila or Person.Nora => StaffRole.Nurse,
        Person.Desk => StaffRole.Receptionist,
        Person.Admin => StaffRole.Admin,
        _ => StaffRole.Doctor,
    });

    public bool Can(string permission) => RolePermissions.Grants(Role, permission);
}
