namespace DrAssistant.Data.Staff;

/// <summary>What a person is employed as; it decides what they may do (see <c>RolePermissions</c>).</summary>
public enum StaffRole
{
    Doctor,
    Nurse,
    Receptionist,
    Admin,
}
