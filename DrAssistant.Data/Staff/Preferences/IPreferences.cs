using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.Preferences;

/// <summary>The one door to what a person has chosen for themselves: how the portal looks and what it tells them of.</summary>
public interface IPreferences
{
    /// <summary>The signed-in person's own; the usual ones where nothing was chosen.</summary>
    Task<Result<StaffPreferences>> MineAsync(CancellationToken cancellation);

    /// <summary>Changes them as they are now, so that a choice in one tab does not undo one in another. Every open tab of the person hears of it.</summary>
    Task<Result<StaffPreferences>> ChangeAsync(Func<StaffPreferences, StaffPreferences> change, CancellationToken cancellation);
}

/// <summary>The shape of the seed's <c>user:{userId}:preferences</c>, and what the portal keeps beside it.</summary>
public sealed record StaffPreferences
{
    /// <summary>light, dark or system.</summary>
    public string Theme { get; init; } = "system";

    /// <summary>small, medium or large.</summary>
    public string FontSize { get; init; } = "medium";

    /// <summary>The cards of Today in the order chosen; what is missing stands at its usual place.</summary>
    public IReadOnlyList<string> DashboardLayout { get; init; } = [];

    public IReadOnlyList<string> HiddenCards { get; init; } = [];

    /// <summary>Whether the left navigation is folded to a rail.</summary>
    public bool NavigationFolded { get; init; }

    public NotificationPreferences NotificationPreferences { get; init; } = new();

    public DefaultViews DefaultViews { get; init; } = new();

    /// <summary>What the person wants at hand, in their order; null is what is usual for their role.</summary>
    public IReadOnlyList<string>? QuickActions { get; init; }
}

/// <summary>Where a page begins.</summary>
/// <param name="Schedule">How the book opens: day, week or month.</param>
/// <param name="PatientList">Whom the list of patients begins with: appointments (who comes today) or recent (who was seen last).</param>
public sealed record DefaultViews(string Schedule = "day", string PatientList = DefaultViews.Recent)
{
    public const string Appointments = "appointments";
    public const string Recent = "recent";
}
