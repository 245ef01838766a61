namespace DrAssistant.Data.Notes;

/// <summary>From a signed note to the draft of its amendment, and from that, once it is signed, to the note's next version.</summary>
internal static class NoteAmendments
{
    /// <summary>A draft beside the note, filled with what was signed.</summary>
    public static ClinicalNote Begin(ClinicalNote note, int number, string reason, Guid by, DateTimeOffset at) => new()
    {
        Id = NoteIds.OfAmendment(note.Id, number),
        IsAmendment = true,
        EncounterId = note.EncounterId,
        PatientId = note.PatientId,
        DoctorId = note.DoctorId,
        CreatedAt = at,
        UpdatedAt = at,
        UpdatedBy = by,
        NoteType = note.NoteType,
        Content = note.Content,
        Metadata = new NoteMetadata { TemplateUsed = note.Metadata.TemplateUsed, AiAssisted = note.Metadata.AiAssisted, WordCount = note.Metadata.WordCount },
        Tags = note.Tags,
        Attachments = note.Attachments,
        Amends = new StoredAmendment(note.Id, note.Version, reason),
    };

    /// <summary>
    /// The note with what a signed amendment says. It follows from the two alone, so whoever finds an amendment that was signed and
    /// not carried over can carry it over.
    /// </summary>
    public static ClinicalNote Carry(ClinicalNote note, ClinicalNote amendment, StoredSignature signature) => note with
    {
        Version = note.Version + 1,
        Status = NoteStatus.Amended,
        UpdatedAt = signature.At,
        UpdatedBy = signature.By,
        SignedBy = signature.By,
        SignedAt = signature.At,
        Signature = signature,
        Editions = Math.Max(note.Editions, 1) + 1,
        Content = amendment.Content,
        Written = amendment.Written,
        Carried = amendment.Carried,
        Amends = amendment.Amends,
        Metadata = note.Metadata with
        {
            TemplateUsed = amendment.Metadata.TemplateUsed ?? note.Metadata.TemplateUsed,
            AiAssisted = note.Metadata.AiAssisted || amendment.Metadata.AiAssisted,
            EditCount = (note.Metadata.EditCount ?? 0) + (amendment.Metadata.EditCount ?? 0),
            CompletionTime = NoteStretches.Seconds(amendment, signature.At),
        },
    };
}
