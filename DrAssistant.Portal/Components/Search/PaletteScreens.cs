using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Components.Search;

/// <summary>The screens of a role, by what they are called and what people look for on them.</summary>
internal static class PaletteScreens
{
    public const string Group = "Screens";

    private const int Few = 6;

    private static readonly Screen[] All =
    [
        new("/", "Today", "space_dashboard", "home dashboard start day", null, "G H"),
        new("/appointments", "Appointments", "calendar_month", "book calendar schedule day week", Permissions.ReadAppointments, "G B"),
        new("/queue", "Queue", "view_kanban", "waiting room check-in tokens", Permissions.ReadAppointments, "G Q"),
        new("/patients", "Patients", "groups", "people find list", Permissions.ReadPatients, "G P"),
        new("/patients/register", "Register a patient", "person_add", "new patient registration add", Permissions.WritePatients, null),
        new("/results", "Results", "labs", "laboratory tests inbox review", Permissions.WriteResults, "G R"),
        new("/results/unmatched", "Results that nobody could place", "help_center", "unmatched laboratory", Permissions.WriteResults, null),
        new("/tasks", "Tasks", "checklist", "to do list work", Permissions.ReadTasks, "G T"),
        new("/alerts", "Alerts", "notifications", "bell warnings", Permissions.ReadAlerts, "G A"),
        new("/calendars", "Calendars", "edit_calendar", "hours leave holidays slots", Permissions.WriteCalendars, "G C"),
        new("/prescriptions/h1-register", "H1 register", "menu_book", "schedule h1 prescriptions antibiotics", Permissions.ReadH1Register, null),
        new("/my-texts", "My texts", "text_snippet", "templates shortcuts notes", Permissions.WriteNotes, null),
        new("/settings", "My settings", "settings", "theme password second factor sessions appearance notifications", null, null),
        new("/queue/display", "Displays", "tv", "waiting room screen links", Permissions.ManageDisplays, null),
        new("/admin/users", "Users", "manage_accounts", "accounts staff doctors passwords", Permissions.ManageUsers, null),
        new("/admin/audit", "Audit trail", "policy", "who did saw log", Permissions.ReadAudit, null),
        new("/admin/formulary", "Formulary", "medication", "medicines drugs brands", Permissions.ManageFormulary, null),
        new("/admin/catalogue", "Catalogue", "science", "orders tests sets ranges", Permissions.ManageCatalogue, null),
        new("/admin/laboratories", "Laboratories", "labs", "senders keys files", Permissions.ManageCatalogue, null),
        new("/admin/overrides", "Overrides", "rule", "safety findings rates", Permissions.ReadOverrideRates, null),
        new("/admin/merges", "Merges", "merge", "duplicates two records", Permissions.ApproveMerges, "G M"),
    ];

    /// <summary>Those that have every word that was typed, or its beginning; the first few where nothing was.</summary>
    public static IEnumerable<PaletteLine> For(ICurrentUser user, string typed)
    {
        var words = typed.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var mine = All.Where(screen => screen.Permission is null ? !(screen.Address == "/" && user.Role is StaffRole.Receptionist) : user.Can(screen.Permission));
        return (words.Length == 0 ? mine.Take(Few) : mine.Where(screen => words.All(screen.Has)))
            .Select(screen => new PaletteLine(screen.Address, Group, screen.Icon, PaletteLines.Plain(screen.Name), screen.Address) { Aside = screen.Keys });
    }

    private sealed record Screen(string Address, string Name, string Icon, string Words, string? Permission, string? Keys)
    {
        private readonly string[] _words = $"{Name} {Words}".Split([' ', '-']);

        public bool Has(string word) => _words.Any(own => own.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }
}
