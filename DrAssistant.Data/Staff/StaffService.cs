using System.Text.Json;
using System.Text.RegularExpressions;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff;

internal sealed partial class StaffService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit) : IStaff
{
    private static readonly string[] Themes = ["light", "dark", "system"];
    private static readonly string[] FontSizes = ["small", "medium", "large"];

    // Cards and actions are a handful of short words; a preference is no place to keep anything else.
    private const int MostWords = 20;

    public async Task<Result<IReadOnlyList<StaffLine>>> ListAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ManageUsers))
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var staff = await db.Users.AsNoTracking()
            .OrderBy(u => u.FullName).ThenBy(u => u.Id)
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

        if (WrongIn(preferences) is { } field)
        {
            return Refusal.Invalid("These preferences cannot be saved.", field);
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var saved = JsonSerializer.Serialize(preferences, JsonSerializerOptions.Web);
        if (await db.Users.Where(u => u.Id == person).ExecuteUpdateAsync(u => u.SetProperty(s => s.Preferences, saved), cancellation) == 0)
        {
            return Refusal.NotFound("Account");
        }

        audit.Add(db, new AuditEntry(AuditAction.Update, "preferences.save") { ResourceType = "user", ResourceId = person });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return preferences;
    }

    private static string? WrongIn(StaffPreferences preferences)
    {
        if (!Themes.Contains(preferences.Theme))
        {
            return nameof(preferences.Theme);
        }

        if (!FontSizes.Contains(preferences.FontSize))
        {
            return nameof(preferences.FontSize);
        }

        if (!AreWords([preferences.DefaultViews.Schedule, preferences.DefaultViews.PatientList]))
        {
            return nameof(preferences.DefaultViews);
        }

        var lists = new[]
        {
            (nameof(preferences.DashboardLayout), preferences.DashboardLayout),
            (nameof(preferences.HiddenCards), preferences.HiddenCards),
            (nameof(preferences.QuickActions), preferences.QuickActions),
        };
        return lists.Where(list => !AreWords(list.Item2)).Select(list => list.Item1).FirstOrDefault();
    }

    private static bool AreWords(IReadOnlyList<string> names) => names.Count <= MostWords && names.All(name => Word().IsMatch(name));

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9:._-]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
