using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff;

internal sealed class StaffService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit) : IStaff
{
    private static readonly string[] Themes = ["light", "dark", "system"];
    private static readonly string[] FontSizes = ["small", "medium", "large"];

    // Cards of Today are a handful; a preference is no place to keep anything else.
    private const int MostCards = 20;

    public async Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var staff = await db.Users.AsNoTracking()
            .OrderBy(u => u.FullName)
            .Select(u => new StaffLine(u.Id, u.UserName!, u.FullName, u.Role, u.Specialty, u.Status, u.LastLoginAt))
            .ToListAsync(cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Read, "staff.read"));
        await db.SaveChangesAsync(cancellation);
        return staff;
    }

    public async Task<Result<StaffPreferences>> PreferencesAsync(CancellationToken cancellation)
    {
        if (user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var kept = await db.Users.Where(u => u.Id == person).Select(u => u.Preferences).SingleOrDefaultAsync(cancellation);
        return kept is null ? new StaffPreferences() : JsonSerializer.Deserialize<StaffPreferences>(kept, JsonSerializerOptions.Web)!;
    }

    public async Task<Result<StaffPreferences>> SavePreferencesAsync(StaffPreferences preferences, CancellationToken cancellation)
    {
        if (user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        if (!Themes.Contains(preferences.Theme) || !FontSizes.Contains(preferences.FontSize)
            || preferences.DashboardLayout.Count > MostCards || preferences.HiddenCards.Count > MostCards)
        {
            return Refusal.Invalid("These preferences cannot be saved.");
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var saved = JsonSerializer.Serialize(preferences, JsonSerializerOptions.Web);
        await db.Users.Where(u => u.Id == person).ExecuteUpdateAsync(u => u.SetProperty(s => s.Preferences, saved), cancellation);
        return preferences;
    }
}
