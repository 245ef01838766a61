using DrAssistant.Data.Common;

namespace DrAssistant.Data.Notes;

/// <summary>
/// The one door to clinical notes. Doctors and nurses draft, doctors sign; whose care the patient is in decides whether a
/// note is there at all. Every reading and every writing is in the audit trail.
/// When the store of the notes is away, the answer is a <see cref="RefusalKind.Unavailable"/>: nothing was written, and the
/// page keeps what was typed.
/// </summary>
public interface IClinicalNotes
{
    /// <summary>
    /// The note of a visit, begun when there is none yet. Asked twice at once, both get the same note.
    /// </summary>
    Task<Result<NoteView>> BeginAsync(NoteStart start, CancellationToken cancellation);

    /// <summary>The note of a visit as it is now; not found when nobody began one.</summary>
    Task<Result<NoteView>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>One note as it is now, or the draft of an amendment.</summary>
    Task<Result<NoteView>> ReadAsync(Guid noteId, CancellationToken cancellation);

    /// <summary>
    /// Saves a draft as it was typed. What others wrote into other fields meanwhile stays, and the answer says so; where both
    /// wrote into one field, both values are kept in the note side by side (<see cref="NoteView.Conflicts"/>) until somebody
    /// settles it. Nothing is ever overwritten. Saving what is there already changes nothing and is no version.
    /// </summary>
    Task<Result<SavedNote>> SaveAsync(NoteDraft draft, CancellationToken cancellation);

    /// <summary>
    /// Signs a draft, or the draft of an amendment: from then on nothing changes it. Refused with a <see cref="SigningRefusal"/>
    /// that lists what is open, with a plain refusal when the password is wrong (it counts as a failed sign-in) or the note
    /// is not at that version any more.
    /// </summary>
    Task<Result<NoteView>> SignAsync(NoteSigning signing, CancellationToken cancellation);
}
