using System.Text.Json;
using System.Text.RegularExpressions;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DrAssistant.Data.Notes.Texts;

internal sealed partial class NoteTextService(IDbContextFactory<ClinicDb> clinic, ICurrentUser user, AuditTrail audit, TimeProvider time) : INoteTexts
{
    private const int LongestName = 60;
    private const int LongestText = 4_000;

    /// <summary>More of one person's own are no help in finding any.</summary>
    private const int MostOwn = 200;

    public async Task<Result<IReadOnlyList<NoteTemplate>>> TemplatesAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var own = await OwnAsync(db, me, NoteTextKind.Template, cancellation);
        var specialty = await db.Users.Where(u => u.Id == me).Select(u => u.Specialty).SingleOrDefaultAsync(cancellation);
        var starters = NoteStarters.Templates.OrderBy(t => string.Equals(t.Specialty, specialty, StringComparison.OrdinalIgnoreCase) ? 0 : 1);
        return own.ConvertAll(View).Concat(starters.Select(t => new NoteTemplate(t.Id, t.Name, t.Content, IsOwn: false))).ToList();
    }

    public async Task<Result<NoteTemplate>> SaveTemplateAsync(NoteTemplateDraft template, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var name = PlainText.Of(template.Name, LongestName + 1);
        if (name.Length is 0 or > LongestName)
        {
            return Refusal.Invalid($"Give it a name of at most {LongestName} letters.", nameof(template.Name));
        }

        var content = NoteContent.Keep(Reusable(template.Content));
        if (!content.Succeeded)
        {
            return content.Refusal;
        }

        if (NoteFields.Of(content.Value).Count == 0)
        {
            return Refusal.Invalid("There is no text in it that another note could use.", nameof(template.Content));
        }

        var body = JsonSerializer.Serialize(content.Value, NoteJson.Options);
        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (template.Id is null)
        {
            return await AddAsync(db, me, NoteTextKind.Template, name, NoteSection.Any, body, cancellation) is { } made ? View(made) : Taken(nameof(template.Name));
        }

        if (await FindAsync(db, me, template.Id, cancellation) is not { } own)
        {
            return Refusal.NotFound("Template");
        }

        (own.Name, own.Body) = (name, body);
        return await SavedAsync(db, own, AuditAction.Update, "note-text.save", cancellation) ? View(own) : Taken(nameof(template.Name));
    }

    public async Task<Refusal?> RemoveTemplateAsync(string templateId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await RemoveAsync(db, await FindAsync(db, me, templateId, cancellation), "Template", cancellation);
    }

    public async Task<Result<IReadOnlyList<TextShortcut>>> ShortcutsAsync(CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        var own = (await OwnAsync(db, me, NoteTextKind.Shortcut, cancellation)).ConvertAll(Shortcut);
        var taken = own.Select(s => s.Key).ToHashSet();
        return own.Concat(NoteStarters.Shortcuts.Where(s => !taken.Contains(s.Key)).Select(s => new TextShortcut(s.Key, s.Text, s.Section, IsOwn: false))).ToList();
    }

    public async Task<Result<TextShortcut>> SaveShortcutAsync(TextShortcutDraft shortcut, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        var key = KeyOf(shortcut.Key);
        if (!Key().IsMatch(key))
        {
            return Refusal.Invalid("A key is a point and 2 to 19 letters or digits, such as .nad.", nameof(shortcut.Key));
        }

        var text = NoteContent.Plain(shortcut.Text ?? "").Trim();
        if (text.Length is 0 or > LongestText || !Enum.IsDefined(shortcut.Section))
        {
            return Refusal.Invalid($"Write what takes its place, in at most {LongestText} characters.", nameof(shortcut.Text));
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        if (await OfKeyAsync(db, me, key, cancellation) is not { } own)
        {
            return await AddAsync(db, me, NoteTextKind.Shortcut, key, shortcut.Section, text, cancellation) is { } made ? Shortcut(made) : Taken(nameof(shortcut.Key));
        }

        (own.Body, own.Section) = (text, shortcut.Section);
        return await SavedAsync(db, own, AuditAction.Update, "note-text.save", cancellation) ? Shortcut(own) : Taken(nameof(shortcut.Key));
    }

    public async Task<Refusal?> RemoveShortcutAsync(string key, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return await RemoveAsync(db, await OfKeyAsync(db, me, KeyOf(key), cancellation), "Shortcut", cancellation);
    }

    /// <summary>The text of a template, one's own or a starter; null where there is none of that id.</summary>
    public async Task<SoapContent?> ContentAsync(string templateId, CancellationToken cancellation)
    {
        if (NoteStarters.Templates.FirstOrDefault(t => t.Id == templateId) is { } starter)
        {
            return starter.Content;
        }

        await using var db = await clinic.CreateDbContextAsync(cancellation);
        return user.Id is { } me && await FindAsync(db, me, templateId, cancellation) is { } own ? View(own).Content : null;
    }

    private static Refusal Taken(string field) => Refusal.Conflict("You have one of that name already, or too many.") with { Field = field };

    /// <summary>Vitals, results and diagnoses are of one patient.</summary>
    private static SoapContent Reusable(SoapContent content) => content with
    {
        Objective = content.Objective is { } objective ? objective with { VitalSigns = null, LabResults = null, ImagingResults = null } : null,
        Assessment = content.Assessment is { } assessment ? assessment with { Diagnoses = null } : null,
    };

    private static string KeyOf(string? typed) => PlainText.Of(typed, 40).ToLowerInvariant();

    private static NoteTemplate View(NoteText text)
        => new(text.Id.ToString(), text.Name, JsonSerializer.Deserialize<SoapContent>(text.Body, NoteJson.Options)!, IsOwn: true);

    private static TextShortcut Shortcut(NoteText text) => new(text.Name, text.Body, text.Section, IsOwn: true);

    private static Task<List<NoteText>> OwnAsync(ClinicDb db, Guid me, NoteTextKind kind, CancellationToken cancellation) => db.NoteTexts.AsNoTracking()
        .Where(t => t.OwnerId == me && t.Kind == kind && t.RemovedAt == null).OrderBy(t => t.Name).Take(MostOwn).ToListAsync(cancellation);

    private static async Task<NoteText?> FindAsync(ClinicDb db, Guid me, string templateId, CancellationToken cancellation) => Guid.TryParse(templateId, out var id)
        ? await db.NoteTexts.SingleOrDefaultAsync(t => t.Id == id && t.OwnerId == me && t.Kind == NoteTextKind.Template && t.RemovedAt == null, cancellation)
        : null;

    private static Task<NoteText?> OfKeyAsync(ClinicDb db, Guid me, string key, CancellationToken cancellation)
        => db.NoteTexts.SingleOrDefaultAsync(t => t.Name == key && t.OwnerId == me && t.Kind == NoteTextKind.Shortcut && t.RemovedAt == null, cancellation);

    private async Task<NoteText?> AddAsync(ClinicDb db, Guid me, NoteTextKind kind, string name, NoteSection section, string body, CancellationToken cancellation)
    {
        if (await db.NoteTexts.CountAsync(t => t.OwnerId == me && t.Kind == kind && t.RemovedAt == null, cancellation) >= MostOwn)
        {
            return null;
        }

        var made = new NoteText { Id = Guid.CreateVersion7(), OwnerId = me, Kind = kind, Name = name, Section = section, Body = body };
        db.NoteTexts.Add(made);
        return await SavedAsync(db, made, AuditAction.Create, "note-text.save", cancellation) ? made : null;
    }

    private async Task<Refusal?> RemoveAsync(ClinicDb db, NoteText? own, string what, CancellationToken cancellation)
    {
        if (own is null)
        {
            return Refusal.NotFound(what);
        }

        own.RemovedAt = time.GetUtcNow();
        await SavedAsync(db, own, AuditAction.Delete, "note-text.remove", cancellation);
        return null;
    }

    private async Task<bool> SavedAsync(ClinicDb db, NoteText text, AuditAction action, string deed, CancellationToken cancellation)
    {
        audit.Add(db, new AuditEntry(action, deed) { ResourceType = "note-text", ResourceId = text.Id });
        try
        {
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\.[a-z0-9]{2,19}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
