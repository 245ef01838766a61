using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes;

/// <summary>A note, a version of one, or the draft of an amendment.</summary>
public sealed record NoteView
{
    public required Guid Id { get; init; }

    public required Guid EncounterId { get; init; }

    public required Guid PatientId { get; init; }

    /// <summary>Whose visit it is.</summary>
    public required Guid DoctorId { get; init; }

    public required string DoctorName { get; init; }

    public required NoteStatus Status { get; init; }

    public required NoteType NoteType { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who saved it last.</summary>
    public string? UpdatedBy { get; init; }

    public required SoapContent Content { get; init; }

    public required NoteMetadata Metadata { get; init; }

    /// <summary>Fields copied forward that nobody has edited or kept.</summary>
    public IReadOnlyList<CarriedField> Carried { get; init; } = [];

    /// <summary>Fields into which two people wrote: both values, until somebody settles it.</summary>
    public IReadOnlyList<NoteConflict> Conflicts { get; init; } = [];

    /// <summary>What was taken from drafts, oldest first.</summary>
    public IReadOnlyList<TakenFromDraft> Drafted { get; init; } = [];

    /// <summary>What a draft still needs before it can be signed, in the order of the note.</summary>
    public IReadOnlyList<NoteGap> Gaps { get; init; } = [];

    /// <summary>The signature under this version; null for a draft.</summary>
    public NoteSignature? Signature { get; init; }

    /// <summary>What was added since, oldest first.</summary>
    public IReadOnlyList<NoteAddendum> Addenda { get; init; } = [];

    /// <summary>Vital signs of this version that turned out to be wrong after it was signed. The note itself stays.</summary>
    public IReadOnlyList<VitalCorrected> VitalsCorrected { get; init; } = [];

    /// <summary>Set on the draft of an amendment, and on the amended version: what it amends and why.</summary>
    public Amendment? Amends { get; init; }

    /// <summary>The draft of an amendment that somebody has open.</summary>
    public Guid? OpenAmendmentId { get; init; }

    /// <summary>Who marked it as entered in error, when and why.</summary>
    public ErrorMark? InError { get; init; }

    /// <summary>Whether who reads this may write in it: a draft, and a role that drafts.</summary>
    public bool MayWrite { get; init; }

    /// <summary>Whether who reads this may sign, amend or add to it.</summary>
    public bool MaySign { get; init; }

    public override string ToString() => $"{nameof(NoteView)} {Id} v{Version}";
}

/// <summary>What came of a save.</summary>
/// <param name="Note">The note as it is now, with what others wrote.</param>
/// <param name="Others">What others had written since <see cref="NoteDraft.BasedOn"/>: it is in the note, and the page tells.</param>
/// <param name="NewConflicts">Fields of this save in which somebody else had written: look at <see cref="NoteView.Conflicts"/>.</param>
public sealed record SavedNote(NoteView Note, IReadOnlyList<OthersWriting> Others, IReadOnlyList<string> NewConflicts)
{
    public override string ToString() => $"{nameof(SavedNote)} {Note.Id} v{Note.Version}";
}

/// <summary>A field that somebody else changed meanwhile.</summary>
public sealed record OthersWriting(string Field, string Label, string? By);

/// <summary>A field in which two people wrote. The first value is the one that the note holds.</summary>
/// <param name="Field">Such as <c>subjective.chiefComplaint</c>.</param>
/// <param name="Label">The field's name, as people read it.</param>
/// <param name="Values">Two or more, each by somebody.</param>
public sealed record NoteConflict(string Field, string Label, IReadOnlyList<WrittenValue> Values)
{
    public override string ToString() => $"{nameof(NoteConflict)} {Field}";
}

/// <summary>What one person wrote into a field.</summary>
/// <param name="Content">A note with nothing in it but this field, to take the value from.</param>
/// <param name="Text">The value as text, to show.</param>
/// <param name="ById">Who.</param>
/// <param name="By">Their name.</param>
/// <param name="At">When it reached the server.</param>
public sealed record WrittenValue(SoapContent Content, string Text, Guid ById, string By, DateTimeOffset At)
{
    public override string ToString() => nameof(WrittenValue);
}

/// <summary>A field that was copied forward from an earlier note and that nobody has checked.</summary>
public sealed record CarriedField(string Field, string Label, Guid FromNoteId, DateTimeOffset From);

/// <summary>Sentences of a draft that somebody took into the note at once.</summary>
/// <param name="Sentences">Their places in the draft.</param>
/// <param name="Changed">How many of them went in in the doctor's words.</param>
public sealed record TakenFromDraft(Guid DraftId, string By, DateTimeOffset At, IReadOnlyList<int> Sentences, int Changed);

/// <summary>Something that stands between a draft and its signature.</summary>
public sealed record NoteGap(NoteGapKind Kind, string Field, string Label);

public enum NoteGapKind
{
    /// <summary>A field that every note has.</summary>
    Missing,

    /// <summary>A <c>***</c> that nobody filled.</summary>
    Blank,

    /// <summary>Two values side by side.</summary>
    Conflict,

    /// <summary>Copied forward and not checked. Asked about once; it can be signed all the same.</summary>
    Unchecked,
}

/// <summary>What is open, when a note was to be signed.</summary>
public sealed record SigningRefusal(string Message, IReadOnlyList<NoteGap> Gaps) : Refusal(RefusalKind.Invalid, Message)
{
    /// <summary>Nothing is open but copied text: ask, and sign with <see cref="NoteSigning.CopiesSeen"/>.</summary>
    public bool OnlyUnchecked => Gaps.All(gap => gap.Kind is NoteGapKind.Unchecked);
}

/// <summary>Name, registration and time as they were when somebody signed, and the content they signed.</summary>
public sealed record NoteSignature(
    Guid ById, string Name, string? Qualification, string? RegistrationNumber, string? RegistrationCouncil, DateTimeOffset At)
{
    /// <summary>SHA-256 of the canonical form of what was signed, as 64 hexadecimal digits; null in notes taken over from elsewhere.</summary>
    public string? Hash { get; init; }

    /// <summary>Whether the content still has that hash: asked anew at every reading. False is told to the admins. Null without a hash.</summary>
    public bool? Matches { get; init; }
}

/// <summary>A paragraph added to a signed note.</summary>
public sealed record NoteAddendum(Guid Id, string Text, NoteSignature Signature)
{
    public override string ToString() => $"{nameof(NoteAddendum)} {Id}";
}

/// <summary>A vital sign of a signed note that was marked as entered in error since.</summary>
/// <param name="Name">"Temperature".</param>
/// <param name="Wrong">What the note says, with its unit.</param>
/// <param name="Right">What was measured; null where nothing was.</param>
/// <param name="At">When it was corrected.</param>
/// <param name="By">Who corrected it.</param>
/// <param name="Reason">Why it is wrong.</param>
public sealed record VitalCorrected(string Name, string Wrong, string? Right, DateTimeOffset At, string? By, string? Reason)
{
    public override string ToString() => nameof(VitalCorrected);
}

/// <summary>Which signed version is amended, and why.</summary>
public sealed record Amendment(Guid NoteId, int Version, string Reason)
{
    public override string ToString() => $"{nameof(Amendment)} {NoteId} v{Version}";
}

/// <summary>Who said that a note was entered in error, when and why.</summary>
public sealed record ErrorMark(Guid ById, string By, DateTimeOffset At, string Reason)
{
    public override string ToString() => nameof(ErrorMark);
}
