using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What an editor of notes needs beside the note: who else is there, shortcuts, the key of what the browser keeps. Without any of it a note can be written.</summary>
public sealed class NoteAids(IServiceProvider services, IDraftKeys keys)
{
    private readonly INotePresence? _presence = services.GetService<INotePresence>();
    private readonly INoteTexts? _texts = services.GetService<INoteTexts>();

    internal async Task<(BrowserKey? Key, IReadOnlyList<BrowserShortcut> Shortcuts)> StartAsync(Guid noteId, Func<NoteNews, Task> heard)
    {
        if (_presence is not null)
        {
            await _presence.JoinAsync(noteId, heard, CancellationToken.None);
        }

        var key = await keys.CurrentAsync(CancellationToken.None);
        Result<IReadOnlyList<TextShortcut>> shortcuts = _texts is null ? Refusal.NotFound("Shortcuts") : await _texts.ShortcutsAsync(CancellationToken.None);
        return (
            key.Succeeded ? new BrowserKey(key.Value.Id, Convert.ToBase64String([.. key.Value.Key])) : null,
            [.. (shortcuts.Value ?? []).Select(s => new BrowserShortcut(s.Key, s.Text, s.Section.ToString().ToLower(CultureInfo.InvariantCulture)))]);
    }

    public void Write(string? field) => _presence?.Write(field);

    public void Leave() => _presence?.Leave();

    /// <summary>Null when that session was signed out or ended; whatever else is in the way is no answer, and what the browser keeps stays.</summary>
    public async Task<string?> FindKeyAsync(Guid keyId)
    {
        var found = await keys.FindAsync(keyId, CancellationToken.None);
        return found.Succeeded ? Convert.ToBase64String([.. found.Value.Key])
            : found.Refusal.Kind is RefusalKind.NotFound ? null
            : throw new InvalidOperationException("Nobody can say now whether that key is still there.");
    }
}
