using DrAssistant.Data.Security;
using DrAssistant.Data.Staff.Preferences;

namespace DrAssistant.Portal.Components.Settings;

/// <summary>Something that a person does often, at hand on every page.</summary>
/// <param name="Name">As the preferences have it; the first three are the seed's.</param>
/// <param name="Panel">What is opened beside the note, if a visit is going on; without one, a patient is chosen first.</param>
internal sealed record QuickAction(string Name, string Words, string Icon, string Permission, string Address, string? Panel = null)
{
    public static IReadOnlyList<QuickAction> All { get; } =
    [
        new("newPrescription", "New prescription", "pill", Permissions.WritePrescriptions, "/patients", "prescription"),
        new("labOrder", "Laboratory order", "science", Permissions.WriteOrders, "/patients", "orders"),
        new("referral", "Referral", "forward_to_inbox", Permissions.WriteOrders, "/patients", "orders"),
        new("newAppointment", "Appointment", "calendar_add_on", Permissions.WriteAppointments, "/appointments"),
        new("registerPatient", "Register a patient", "person_add", Permissions.WritePatients, "/patients/register"),
        new("findPatient", "Find a patient", "person_search", Permissions.ReadPatients, "/patients"),
        new("queue", "Waiting room", "view_kanban", Permissions.ReadAppointments, "/queue"),
        new("results", "Results to review", "labs", Permissions.WriteResults, "/results"),
        new("tasks", "Tasks", "checklist", Permissions.ReadTasks, "/tasks"),
    ];

    public static IReadOnlyList<QuickAction> OfferedTo(ICurrentUser user) => [.. All.Where(a => user.Can(a.Permission))];

    /// <summary>What the person chose, or the first three that their role has.</summary>
    public static IReadOnlyList<QuickAction> ChosenBy(StaffPreferences preferences, ICurrentUser user)
    {
        var offered = OfferedTo(user);
        return preferences.QuickActions is { } chosen
            ? [.. chosen.Select(name => offered.FirstOrDefault(a => a.Name == name)).OfType<QuickAction>().Distinct()]
            : [.. offered.Take(3)];
    }
}
