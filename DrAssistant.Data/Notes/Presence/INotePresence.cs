using DrAssistant.Data.Common;

namespace DrAssistant.Data.Notes.Presence;

/// <summary>
/// Who else has a note open, and which field they are writing in. It lives as long as the pages do and is kept nowhere.
/// One page is at one note at a time; it leaves by itself when its circuit ends.
/// </summary>
public interface INotePresence
{
    /// <summary>
    /// Sits down at a note. <paramref name="heard"/> is called when somebody comes, goes, writes elsewhere, or when the note
    /// was saved. Null, or why not.
    /// </summary>
    Task<Refusal?> JoinAsync(Guid noteId, Func<NoteNews, Task> heard, CancellationToken cancellation);

    /// <summary>Says in which field one writes, at each message from the page; null when one stopped. It fades five seconds after the last word.</summary>
    void Write(string? field);

    /// <summary>Goes away from the note.</summary>
    void Leave();
}

/// <summary>What happened at a note.</summary>
/// <param name="Others">Who else is there.</param>
/// <param name="SavedVersion">The version that somebody else just saved, to be read again; null when it is only about who is there.</param>
public sealed record NoteNews(IReadOnlyList<NoteWriter> Others, int? SavedVersion = null);

/// <summary>Somebody else at the note.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Field">The field that they are writing in, such as <c>plan.followUp</c>; null when they only look.</param>
/// <param name="Label">That field's name, as people read it.</param>
public sealed record NoteWriter(Guid UserId, string Name, string? Field, string? Label);
