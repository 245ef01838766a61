using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Notes;

/// <summary>Notes as pages show them.</summary>
internal sealed class NoteViewer(NoteNames names, ICurrentUser user)
{
    public Task<NoteView> ViewAsync(ClinicalNote note, CancellationToken cancellation) => ViewAsync(note, [], null, cancellation);

    public async Task<NoteView> ViewAsync(
        ClinicalNote note, IReadOnlyList<StoredAddendum> addenda, ClinicalNote? openAmendment, CancellationToken cancellation)
    {
        await names.LearnAsync(PeopleIn(note), cancellation);
        var isDraft = note.Status is NoteStatus.Draft;
        return new NoteView
        {
            Id = note.Id,
            EncounterId = note.EncounterId,
            PatientId = note.PatientId,
            DoctorId = note.DoctorId,
            DoctorName = names.Of(note.DoctorId),
            Status = note.Status,
            NoteType = note.NoteType,
            Version = note.Version,
            CreatedAt = note.CreatedAt,
            UpdatedAt = note.UpdatedAt,
            UpdatedBy = note.UpdatedBy is { } by ? names.Of(by) : null,
            Content = note.Content,
            Metadata = note.Metadata,
            Carried = [.. NoteFields.Sort(note.Carried.Keys).Select(path => Carried(path, note.Carried[path]))],
            Conflicts = [.. NoteFields.Sort(note.Conflicts.Keys).Select(path => Conflict(path, note.Conflicts[path]))],
            Drafted = [.. note.Drafted.Select(part => new TakenFromDraft(part.DraftId, names.Of(part.By), part.At, [.. part.Sentences.Select(s => s.Number)], part.Sentences.Count(s => s.IsChanged)))],
            Gaps = isDraft ? NoteGaps.Of(note) : [],
            Signature = SignatureOf(note),
            Addenda = [.. addenda.Select(Addendum)],
            Amends = note.Amends is { } amends ? new Amendment(amends.NoteId, amends.Version, amends.Reason) : null,
            OpenAmendmentId = openAmendment?.Id,
            InError = note.InError is { } error ? new ErrorMark(error.By, names.Of(error.By), error.At, error.Reason) : null,
            MayWrite = isDraft && user.Can(Permissions.WriteNotes),
            MaySign = user.Can(Permissions.SignNotes) && (isDraft ? note.IsAmendment || note.DoctorId == user.Id : note.Status is not NoteStatus.EnteredInError && !note.IsAmendment),
        };
    }

    /// <summary>The note as it is now, and what others did to it meanwhile.</summary>
    public async Task<SavedNote> SavedAsync(ClinicalNote note, MergedNote merged, CancellationToken cancellation)
    {
        var view = await ViewAsync(note, cancellation);
        var others = merged.Others.Select(path => new OthersWriting(
            path, NoteFields.LabelOf(path), note.Written.TryGetValue(path, out var mark) ? names.Of(mark.By) : null));
        return new SavedNote(view, [.. others], merged.NewConflicts);
    }

    private static IEnumerable<Guid> PeopleIn(ClinicalNote note) => note.Written.Values.Select(mark => mark.By)
        .Concat(note.Conflicts.Values.SelectMany(values => values.Select(value => value.By)))
        .Concat(note.Drafted.Select(part => part.By))
        .Concat(new[] { note.DoctorId, note.UpdatedBy, note.SignedBy, note.InError?.By }.OfType<Guid>());

    /// <summary>The hash is computed anew at every reading. That of an amendment is the hash of the note which came of it.</summary>
    public NoteSignature? SignatureOf(ClinicalNote note) => note switch
    {
        { Signature: { } kept } => Signature(kept, note.IsAmendment ? null : NoteHash.Of(note, kept)),
        { SignedBy: { } by, SignedAt: { } at } => new NoteSignature(by, names.Of(by), null, null, null, at),
        _ => null,
    };

    private static NoteSignature Signature(StoredSignature kept, string? hash)
        => new(kept.By, kept.Name, kept.Qualification, kept.RegistrationNumber, kept.RegistrationCouncil, kept.At)
        {
            Hash = kept.Hash,
            Matches = kept.Hash is null || hash is null ? null : kept.Hash == hash,
        };

    private static NoteAddendum Addendum(StoredAddendum addendum) => new(addendum.Id, addendum.Text, Signature(addendum.Signature, NoteHash.Of(addendum)));

    private static CarriedField Carried(string path, CarriedFrom from) => new(path, NoteFields.LabelOf(path), from.NoteId, from.At);

    private NoteConflict Conflict(string path, IReadOnlyList<FieldValue> values)
        => new(path, NoteFields.LabelOf(path), [.. values.Select(value => Written(path, value))]);

    private WrittenValue Written(string path, FieldValue value)
    {
        var content = value.Value is { } node ? NoteFields.Join([KeyValuePair.Create(path, node)]) : new SoapContent();
        return new WrittenValue(content, NoteFields.TextOf(value.Value), value.By, names.Of(value.By), value.At);
    }
}
