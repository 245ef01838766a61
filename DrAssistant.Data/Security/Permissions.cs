namespace DrAssistant.Data.Security;

/// <summary>The permission strings, spelled as in a session: <c>verb:thing</c>. One authorization policy each.</summary>
public static class Permissions
{
    /// <summary>Names, ages and contact data; the appointment book needs it.</summary>
    public const string ReadPatients = "read:patients";
    public const string WritePatients = "write:patients";

    /// <summary>Asking that two records of one person become one.</summary>
    public const string RequestMerges = "request:merges";

    /// <summary>Deciding on it, and undoing it.</summary>
    public const string ApproveMerges = "approve:merges";

    public const string ReadAppointments = "read:appointments";
    public const string WriteAppointments = "write:appointments";

    /// <summary>Hours, leave, holidays and visit lengths: everybody's for reception and admins, for a doctor their own.</summary>
    public const string WriteCalendars = "write:calendars";

    /// <summary>Making and revoking the links of waiting-room displays.</summary>
    public const string ManageDisplays = "manage:displays";

    /// <summary>The clinical record: encounters, notes, vitals, conditions.</summary>
    public const string ReadEncounters = "read:encounters";
    public const string WriteEncounters = "write:encounters";

    public const string ReadNotes = "read:notes";
    public const string WriteNotes = "write:notes";
    public const string SignNotes = "sign:notes";

    public const string WriteVitals = "write:vitals";

    /// <summary>The list of allergies, on a patient who is there; reception adds to it by registering.</summary>
    public const string WriteAllergies = "write:allergies";

    public const string ReadPrescriptions = "read:prescriptions";
    public const string WritePrescriptions = "write:prescriptions";

    /// <summary>The practice's register of Schedule H1 medicines, of all patients.</summary>
    public const string ReadH1Register = "read:h1-register";

    /// <summary>How often doctors sign over a serious finding: counts, and no patient.</summary>
    public const string ReadOverrideRates = "read:override-rates";

    /// <summary>Adding, changing and withdrawing medicines of the formulary.</summary>
    public const string ManageFormulary = "manage:formulary";

    public const string ReadOrders = "read:orders";
    public const string WriteOrders = "write:orders";

    /// <summary>Typing in a result, and placing what a laboratory sent and nobody could match.</summary>
    public const string WriteResults = "write:results";
    public const string ReviewResults = "review:results";

    /// <summary>The order catalogue with its reference ranges and sets, the directory of providers, and who of them may send results.</summary>
    public const string ManageCatalogue = "manage:catalogue";

    /// <summary>What was scanned, photographed or sent from elsewhere about a patient.</summary>
    public const string ReadDocuments = "read:documents";
    public const string WriteDocuments = "write:documents";

    public const string ReadTasks = "read:tasks";
    public const string WriteTasks = "write:tasks";

    public const string ReadAlerts = "read:alerts";

    public const string ManageUsers = "manage:users";
    public const string ReadAudit = "read:audit";
    public const string OperateSystem = "operate:system";

    /// <summary>Every permission there is, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ReadPatients, WritePatients, RequestMerges, ApproveMerges, ReadAppointments, WriteAppointments, WriteCalendars, ManageDisplays, ReadEncounters, WriteEncounters,
        ReadNotes, WriteNotes, SignNotes, WriteVitals, WriteAllergies, ReadPrescriptions, WritePrescriptions,
        ReadH1Register, ReadOverrideRates, ManageFormulary, ReadOrders, WriteOrders, WriteResults, ReviewResults, ManageCatalogue,
        ReadDocuments, WriteDocuments, ReadTasks, WriteTasks, ReadAlerts,
        ManageUsers, ReadAudit, OperateSystem,
    ];
}
