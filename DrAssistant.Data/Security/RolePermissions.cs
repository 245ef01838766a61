using System.Collections.Frozen;
using DrAssistant.Data.Staff;
using static DrAssistant.Data.Security.Permissions;

namespace DrAssistant.Data.Security;

/// <summary>Who may do what, on one screen. Row-level security draws the same lines again beneath it.</summary>
public static class RolePermissions
{
    private static readonly FrozenDictionary<StaffRole, FrozenSet<string>> Granted = new Dictionary<StaffRole, FrozenSet<string>>
    {
        [StaffRole.Doctor] = Of(
            ReadPatients, WritePatients, RequestMerges, ReadAppointments, WriteAppointments, WriteCalendars,
            ReadEncounters, WriteEncounters, ReadNotes, WriteNotes, SignNotes, WriteVitals, WriteAllergies,
            ReadPrescriptions, WritePrescriptions, ReadH1Register, ReadOrders, WriteOrders, WriteResults, ReviewResults,
            ReadDocuments, WriteDocuments, ReadTasks, WriteTasks, ReadAlerts),

        [StaffRole.Nurse] = Of(
            ReadPatients, ReadAppointments, WriteAppointments,
            ReadEncounters, ReadNotes, WriteNotes, WriteVitals, WriteAllergies,
            ReadPrescriptions, ReadOrders, WriteResults, ReadDocuments, WriteDocuments, ReadTasks, WriteTasks, ReadAlerts),

        [StaffRole.Receptionist] = Of(
            ReadPatients, WritePatients, RequestMerges, ReadAppointments, WriteAppointments, WriteCalendars, ManageDisplays, ReadTasks, WriteTasks, ReadAlerts),

        // Admins run the practice's accounts and systems; nothing clinical is theirs to read.
        [StaffRole.Admin] = Of(WriteCalendars, ManageUsers, ApproveMerges, ReadAudit, ReadOverrideRates, OperateSystem, ManageDisplays, ManageFormulary, ManageCatalogue, ReadTasks, WriteTasks, ReadAlerts),
    }.ToFrozenDictionary();

    /// <summary>Whether <paramref name="role"/> grants <paramref name="permission"/>. No role grants nothing.</summary>
    public static bool Grants(StaffRole? role, string permission)
        => role is { } known && Granted[known].Contains(permission);

    /// <summary>The permissions of a role, for a session record or the documentation.</summary>
    public static IReadOnlySet<string> Of(StaffRole role) => Granted[role];

    private static FrozenSet<string> Of(params string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);
}
