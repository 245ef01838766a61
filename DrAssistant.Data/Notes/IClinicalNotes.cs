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
    /// The note of a visit, begun when there is none yet, or none but what was entered in error. Asked twice at once, both get the same note.
    /// </summary>
    Task<Result<NoteView>> BeginAsync(NoteStart start, CancellationToken cancellation);

    /// <summary>The note of a visit as it is now, or the last one that was entered in error where no other counts; not found when nobody began one.</summary>
    Task<Result<NoteView>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation);

    /// <summary>One note as it is now, or the draft of an amendment.</summary>
    Task<Result<NoteView>> ReadAsync(Guid noteId, CancellationToken cancellation);

    /// <summary>
    /// A signed note for paper. That it is printed is in the audit trail; what is no longer as it was signed is not printed.
    /// </summary>
    Task<Result<NoteView>> PrintAsync(Guid noteId, CancellationToken cancellation);

    /// <summary>A patient's notes, newest first. What was entered in error is counted and left out unless it is asked for.</summary>
    Task<Result<NoteList>> ListAsync(NoteListQuery query, CancellationToken cancellation);

    /// <summary>
    /// Saves a draft as it was typed. What others wrote into other fields meanwhile stays, and the answer says so; where both
    /// wrote into one field, both values are kept in the note side by side (<see cref="NoteView.Conflicts"/>) until somebody
    /// settles it. Nothing is ever overwritten. Saving what is there already changes nothing and is no version.
    /// </summary>
    Task<Result<SavedNote>> SaveAsync(NoteDraft draft, CancellationToken cancellation);

    /// <summary>
    /// Saves <paramref name="draft"/> with what an earlier note of this patient says put into its empty fields, each marked
    /// with the date it comes from until it is edited or kept. Vitals are never carried: they are measured anew.
    /// </summary>
    /// <param name="draft">The text as it is on the page.</param>
    /// <param name="fromNoteId">A signed or amended note of the same patient.</param>
    /// <param name="fields">Which fields, such as <c>subjective.pastMedicalHistory</c>; null for all that are empty.</param>
    /// <param name="cancellation">Nobody waits any more.</param>
    Task<Result<SavedNote>> CopyForwardAsync(NoteDraft draft, Guid fromNoteId, IReadOnlyCollection<string>? fields, CancellationToken cancellation);

    /// <summary>
    /// Saves <paramref name="draft"/> and puts sentences of a draft behind what stands in their fields, never over it. That the note was
    /// written with help, the confidence and the transcript are in the note from then on. What was taken already is not taken twice.
    /// </summary>
    Task<Result<SavedNote>> TakeDraftedAsync(NoteDraft draft, DraftTaking taking, CancellationToken cancellation);

    /// <summary>Takes sentences out again, where they still stand as they went in; those that somebody wrote on stay and are said to stay.</summary>
    Task<Result<SavedNote>> PutBackDraftedAsync(NoteDraft draft, DraftPuttingBack back, CancellationToken cancellation);

    /// <summary>
    /// Signs a draft, or the draft of an amendment: from then on nothing changes it. Refused with a <see cref="SigningRefusal"/>
    /// that lists what is open, with a plain refusal when the password is wrong (it counts as a failed sign-in) or the note
    /// is not at that version any more.
    /// </summary>
    Task<Result<NoteView>> SignAsync(NoteSigning signing, CancellationToken cancellation);

    /// <summary>
    /// Begins to amend a signed note, or goes on with the amendment that is open. The answer is a draft with an id of its own,
    /// filled with what was signed; the note stays as it is until the draft is signed.
    /// </summary>
    Task<Result<NoteView>> AmendAsync(NoteAct act, CancellationToken cancellation);

    /// <summary>Gives up the draft of an amendment. It stays in the record and is shown nowhere.</summary>
    Task<Result<NoteView>> GiveUpAmendmentAsync(NoteAct act, CancellationToken cancellation);

    /// <summary>Adds a signed paragraph to a signed note, which itself stays as it is.</summary>
    Task<Result<NoteView>> AddAddendumAsync(AddendumDraft addendum, CancellationToken cancellation);

    /// <summary>Marks a note as entered in error: it leaves every summary and stays in the record.</summary>
    Task<Result<NoteView>> MarkEnteredInErrorAsync(NoteAct act, CancellationToken cancellation);

    /// <summary>The versions that are kept of a note, newest first: each that was signed, and the last of every stretch of drafting.</summary>
    Task<Result<IReadOnlyList<NoteVersionLine>>> VersionsAsync(Guid noteId, CancellationToken cancellation);

    /// <summary>One version, as it was.</summary>
    Task<Result<NoteView>> VersionAsync(Guid noteId, int version, CancellationToken cancellation);

    /// <summary>What changed between two versions, field by field in the order of the note, with the words that went and came.</summary>
    Task<Result<IReadOnlyList<FieldDifference>>> DifferencesAsync(Guid noteId, int from, int to, CancellationToken cancellation);
}
