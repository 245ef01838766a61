using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff;

/// <summary>The one door to who works here.</summary>
public interface IStaff
{
    /// <summary>Everybody with an account, by name. For admins.</summary>
    Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation);

    /// <summary>The signed-in person's own preferences; defaults where nothing was chosen.</summary>
    Task<Result<StaffPreferences>> PreferencesAsync(CancellationToken cancellation);

    Task<Result<StaffPreferences>> SavePreferencesAsync(StaffPreferences preferences, CancellationToken cancellation);
}

public sealed record StaffLine(
    Guid Id, string UserName, string FullName, StaffRole Role, string? Specialty, StaffStatus Status, DateTimeOffset? LastLoginAt);

/// <summary>The shape of the seed's <c>user:{userId}:preferences</c>.</summary>
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

    public IReadOnlyList<string> QuickActions { get; init; } = [];
}

public sealed record NotificationPreferences(bool Email = true, bool Push = true, bool Sms = false);

public sealed record DefaultViews(string Schedule = "day", string PatientList = "appointments");
