using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Notes.Texts;
using DrAssistant.Data.Staff.SignIn;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>What an editor of notes needs beside the note: who else is there, shortcuts, the key of what the browser keeps. Without any of it a note can be written.</summary>
public sealed class NoteAids(INotePresence presence, INoteTexts texts, IDraftKeys keys)
{
    internal async Task<(BrowserKey? Key, IReadOnlyList<BrowserShortcut> Shortcuts)> StartAsync(Guid noteId, Func<NoteNews, Task> heard)
    {
        await presence.JoinAsync(noteId, heard, CancellationToken.None);
        var shortcuts = await texts.ShortcutsAsync(CancellationToken.None);
        return (
            await KeyAsync(),
            [.. (shortcuts.Value ?? []).Select(s => new BrowserShortcut(s.Key, s.Text, s.Section.ToString().ToLower(CultureInfo.InvariantCulture)))]);
    }

    /// <summary>The key of this session; null where there is none.</summary>
    internal async Task<BrowserKey?> KeyAsync()
        => await keys.CurrentAsync(CancellationToken.None) is { Succeeded: true } key ? new BrowserKey(key.Value.Id, Convert.ToBase64String([.. key.Value.Key])) : null;

    public void Write(string? field) => presence.Write(field);

    public void Leave() => presence.Leave();

    /// <summary>Null when that session was signed out or ended; whatever else is in the way is no answer, and what the browser keeps stays.</summary>
    public async Task<string?> FindKeyAsync(Guid keyId)
    {
        var found = await keys.FindAsync(keyId, CancellationToken.None);
        return found.Succeeded ? Convert.ToBase64String([.. found.Value.Key])
            : found.Refusal.Kind is RefusalKind.NotFound ? null
            : throw new InvalidOperationException("Nobody can say now whether that key is still there.");
    }
}
