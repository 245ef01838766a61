namespace DrAssistant.Data.Notes;

/// <summary>A page of a patient's notes.</summary>
/// <param name="Notes">Newest first.</param>
/// <param name="InError">How many notes of the patient were entered in error and are left out.</param>
/// <param name="Next">Where the next page starts; null at the end.</param>
public sealed record NoteList(IReadOnlyList<NoteLine> Notes, long InError, NoteCursor? Next)
{
    public override string ToString() => $"{nameof(NoteList)} of {Notes.Count}";
}

/// <summary>A note in a list.</summary>
/// <param name="Id">The note.</param>
/// <param name="EncounterId">Its visit.</param>
/// <param name="Status">Draft, signed, amended, entered in error.</param>
/// <param name="NoteType">Soap and others.</param>
/// <param name="DoctorId">Whose visit it was.</param>
/// <param name="DoctorName">Their name.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="SignedAt">When it was signed last.</param>
/// <param name="Editions">How many signed versions there are.</param>
/// <param name="ChiefComplaint">What the patient came with.</param>
/// <param name="Diagnoses">The names of the diagnoses, the primary one first.</param>
public sealed record NoteLine(
    Guid Id,
    Guid EncounterId,
    NoteStatus Status,
    NoteType NoteType,
    Guid DoctorId,
    string DoctorName,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SignedAt,
    int Editions,
    string? ChiefComplaint,
    IReadOnlyList<string> Diagnoses)
{
    /// <summary>How many words it has.</summary>
    public int Words { get; init; }

    public override string ToString() => $"{nameof(NoteLine)} {Id}";
}

/// <summary>A version that is kept.</summary>
/// <param name="Version">Counts every save.</param>
/// <param name="Edition">Counts what was signed: 1 is the original, 2 its first amendment. Null for a draft.</param>
/// <param name="Status">What the note was at that version.</param>
/// <param name="At">When that version was made.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">Of an amendment, or of an entry in error.</param>
/// <param name="Signature">Under a signed version.</param>
/// <param name="IsCurrent">It is what the note says now.</param>
public sealed record NoteVersionLine(
    int Version, int? Edition, NoteStatus Status, DateTimeOffset At, string? By, string? Reason, NoteSignature? Signature, bool IsCurrent)
{
    public override string ToString() => $"{nameof(NoteVersionLine)} v{Version}";
}

/// <summary>A field that two versions have differently.</summary>
/// <param name="Field">Such as <c>plan.followUp</c>.</param>
/// <param name="Label">Its name, as people read it.</param>
/// <param name="Runs">The words in order; together, those that stayed and were added are the newer text.</param>
public sealed record FieldDifference(string Field, string Label, IReadOnlyList<WordRun> Runs)
{
    public override string ToString() => $"{nameof(FieldDifference)} {Field}";
}

/// <summary>Words that stayed, were added, or were removed; with the blanks between them.</summary>
public sealed record WordRun(WordChange Change, string Text)
{
    public override string ToString() => $"{nameof(WordRun)} {Change}";
}

public enum WordChange
{
    Same,
    Added,
    Removed,
}
