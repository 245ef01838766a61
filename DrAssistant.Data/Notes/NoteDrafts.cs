using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>The note of which visit is to be opened. The patient is named as well, and has to be the visit's.</summary>
/// <param name="EncounterId">The visit.</param>
/// <param name="PatientId">Whose chart is on the screen.</param>
/// <param name="TemplateId">What a new note starts with; null for an empty one. A note that is there is not touched by it.</param>
public sealed record NoteStart(Guid EncounterId, Guid PatientId, string? TemplateId = null);

/// <summary>A draft as it is on a page: the whole text, and what it was written upon.</summary>
public sealed record NoteDraft
{
    /// <summary>The note, or the draft of an amendment.</summary>
    public required Guid NoteId { get; init; }

    /// <summary>Whose chart is on the screen. A note of another patient's is refused.</summary>
    public required Guid PatientId { get; init; }

    /// <summary>The version that the page had when it was written.</summary>
    public required int BasedOn { get; init; }

    /// <summary>
    /// The text of that version, as the server gave it: by it the service knows which fields were written here. Without it
    /// every field that differs counts as written here.
    /// </summary>
    public SoapContent? Base { get; init; }

    /// <summary>The whole text.</summary>
    public required SoapContent Content { get; init; }

    /// <summary>Fields in which two values stood side by side, and whose value in <see cref="Content"/> is now the one.</summary>
    public IReadOnlyCollection<string> Settled { get; init; } = [];

    /// <summary>Fields that were copied forward and looked at: their mark goes.</summary>
    public IReadOnlyCollection<string> Kept { get; init; } = [];

    /// <summary>A template whose text goes into the fields that are empty.</summary>
    public string? TemplateId { get; init; }

    public override string ToString() => $"{nameof(NoteDraft)} {NoteId}";
}

/// <summary>Sentences of a draft that go into the note.</summary>
public sealed record DraftTaking(Guid DraftId, IReadOnlyList<SentenceTaking> Sentences);

/// <summary>A sentence that goes into the note.</summary>
/// <param name="Number">Its place in the draft.</param>
/// <param name="Text">In the doctor's words; null as it was proposed.</param>
/// <param name="OnMyWord">It was not heard, and the doctor says that it is so: without this, what has no support is not taken.</param>
public sealed record SentenceTaking(int Number, string? Text = null, bool OnMyWord = false)
{
    public override string ToString() => $"{nameof(SentenceTaking)} {Number}";
}

/// <summary>Sentences that go out of the note again.</summary>
public sealed record DraftPuttingBack(Guid DraftId, IReadOnlyList<int> Sentences);

/// <summary>A doctor's word that a note is finished.</summary>
/// <param name="NoteId">The draft.</param>
/// <param name="PatientId">Whose chart is on the screen.</param>
/// <param name="Version">The version that the doctor has read.</param>
/// <param name="Password">Their password, once more.</param>
/// <param name="CopiesSeen">They were asked about copied text that nobody checked, and sign all the same.</param>
public sealed record NoteSigning(Guid NoteId, Guid PatientId, int Version, string Password, bool CopiesSeen = false)
{
    public override string ToString() => $"{nameof(NoteSigning)} {NoteId}";
}

/// <summary>Something done to a note as a whole, and why.</summary>
public sealed record NoteAct(Guid NoteId, Guid PatientId, string Reason)
{
    public override string ToString() => $"{nameof(NoteAct)} {NoteId}";
}

/// <summary>A paragraph that is added to a signed note, with a signature of its own.</summary>
public sealed record AddendumDraft(Guid NoteId, Guid PatientId, string Text, string Password)
{
    public override string ToString() => $"{nameof(AddendumDraft)} {NoteId}";
}

/// <summary>Which notes of a patient.</summary>
public sealed record NoteListQuery(Guid PatientId)
{
    /// <summary>With those that were entered in error.</summary>
    public bool WithErrors { get; init; }

    /// <summary>The last note of the page before.</summary>
    public NoteCursor? After { get; init; }

    /// <summary>At most 100.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>Where a page of notes ended.</summary>
public sealed record NoteCursor(DateTimeOffset CreatedAt, Guid Id);
