using System.Text.Json;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;

namespace DrAssistant.Data.Staff.Preferences;

/// <summary>Preferences are a column of the person's account; who changes them holds the row meanwhile.</summary>
internal sealed class PreferenceService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, OutboxWriter outbox) : IPreferences
{
    public const string Changed = "preferences.changed";

    public async Task<Result<StaffPreferences>> MineAsync(CancellationToken cancellation)
    {
        if (user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return Read(await db.Users.Where(u => u.Id == person).Select(u => u.Preferences).SingleOrDefaultAsync(cancellation));
    }

    public async Task<Result<StaffPreferences>> ChangeAsync(Func<StaffPreferences, StaffPreferences> change, CancellationToken cancellation)
    {
        if (user.Id is not { } person)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var held = await db.Users.FromSql($"SELECT * FROM users WHERE id = {person} FOR UPDATE").AsNoTracking().ToListAsync(cancellation);
        if (held is not [var account])
        {
            return Refusal.NotFound("Account");
        }

        var changed = change(Read(account.Preferences));
        if (PreferenceRules.Check(changed) is { } refusal)
        {
            return refusal;
        }

        var saved = JsonSerializer.Serialize(changed, JsonSerializerOptions.Web);
        await db.Users.Where(u => u.Id == person).ExecuteUpdateAsync(u => u.SetProperty(s => s.Preferences, saved), cancellation);
        audit.Add(db, new AuditEntry(AuditAction.Update, "preferences.save") { ResourceType = "user", ResourceId = person });
        outbox.Add(db, Changed, person, ids: new Dictionary<string, string> { ["user"] = person.ToString() });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    /// <summary>What was kept, by a later or an earlier release too: what it does not say is as usual.</summary>
    internal static StaffPreferences Read(string? kept)
        => kept is null ? new StaffPreferences() : JsonSerializer.Deserialize<StaffPreferences>(kept, JsonSerializerOptions.Web)!;
}
