using System.Text.Json;
using System.Text.Json.Nodes;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Notes;

/// <summary>Makes a document of a note and a note of a document. What is clinical is sealed to its collection, field and document.</summary>
internal sealed class NoteSealer(PhiCipher cipher)
{
    /// <summary>The status of an addendum among the versions.</summary>
    public const string Addendum = "addendum";

    private const int SchemaVersion = 1;

    /// <summary>The document under the id that it gets: a note's own, or that of a version which is kept.</summary>
    public StoredDocument Seal(DocumentCollection collection, Guid id, ClinicalNote note)
    {
        var body = new NoteBody
        {
            SchemaVersion = SchemaVersion,
            NoteId = id == note.Id ? null : note.Id,
            NoteType = EnumText.Of(note.NoteType),
            Content = Seal("content", note.Content)!,
            RawTranscription = cipher.Protect(At("rawTranscription"), note.RawTranscription),
            AiSummary = cipher.Protect(At("aiSummary"), note.AiSummary),
            AiConfidenceScore = note.AiConfidenceScore,
            SignedBy = note.SignedBy,
            SignedAt = note.SignedAt,
            Metadata = note.Metadata,
            Tags = note.Tags,
            Attachments = note.Attachments,
            UpdatedBy = note.UpdatedBy,
            Editions = note.Editions,
            Signature = note.Signature,
            Written = [.. note.Written.Select(field => new WrittenField(field.Key, field.Value.By, field.Value.At, field.Value.Version))],
            Carried = [.. note.Carried.Select(field => new CarriedBody(field.Key, field.Value.NoteId, field.Value.At))],
            Amends = Seal("amends", note.Amends),
            InError = Seal("inError", note.InError),
            Conflicts = Seal("conflicts", note.Conflicts.Count == 0 ? null : note.Conflicts),
            Drafted = Seal("drafted", note.Drafted.Count == 0 ? null : note.Drafted),
        };
        return new StoredDocument(
            id, note.PatientId, note.EncounterId, note.DoctorId, EnumText.Of(note.Status), note.Version,
            note.CreatedAt, note.UpdatedAt, JsonSerializer.Serialize(body, NoteJson.Options));

        FieldAddress At(string field) => Address(collection, field, id);

        byte[]? Seal<T>(string field, T? value)
            where T : class
            => value is null ? null : cipher.Protect(At(field), JsonSerializer.Serialize(value, NoteJson.Options));
    }

    public ClinicalNote Open(DocumentCollection collection, StoredDocument document)
    {
        var body = JsonSerializer.Deserialize<NoteBody>(document.Body, NoteJson.Options)
            ?? throw new InvalidDataException($"Note {document.Id} has no body.");
        return new ClinicalNote
        {
            Id = body.NoteId ?? document.Id,
            IsAmendment = collection is DocumentCollection.NoteAmendments,
            EncounterId = document.EncounterId ?? throw new InvalidDataException($"Note {document.Id} has no encounter."),
            PatientId = document.PatientId,
            DoctorId = document.DoctorId ?? throw new InvalidDataException($"Note {document.Id} has no doctor."),
            CreatedAt = document.CreatedAt,
            UpdatedAt = document.UpdatedAt,
            Status = EnumText.Parse<NoteStatus>(document.Status),
            Version = document.Version,
            NoteType = EnumText.Parse<NoteType>(body.NoteType),
            Content = Open<SoapContent>("content", body.Content)!,
            RawTranscription = cipher.Reveal(At("rawTranscription"), body.RawTranscription),
            AiSummary = cipher.Reveal(At("aiSummary"), body.AiSummary),
            AiConfidenceScore = body.AiConfidenceScore,
            SignedBy = body.SignedBy,
            SignedAt = body.SignedAt,
            Metadata = body.Metadata,
            Tags = body.Tags,
            Attachments = body.Attachments,
            UpdatedBy = body.UpdatedBy,
            Editions = body.Editions,
            Signature = body.Signature,
            Written = body.Written.ToDictionary(w => w.Field, w => new FieldMark(w.By, w.At, w.Version)),
            Carried = body.Carried.ToDictionary(c => c.Field, c => new CarriedFrom(c.NoteId, c.At)),
            Amends = Open<StoredAmendment>("amends", body.Amends),
            InError = Open<StoredError>("inError", body.InError),
            Conflicts = Open<Dictionary<string, IReadOnlyList<FieldValue>>>("conflicts", body.Conflicts) ?? [],
            Drafted = Open<List<DraftedPart>>("drafted", body.Drafted) ?? [],
        };

        FieldAddress At(string field) => Address(collection, field, document.Id);

        T? Open<T>(string field, byte[]? sealedText)
            where T : class
            => cipher.Reveal(At(field), sealedText) is { } text ? JsonSerializer.Deserialize<T>(text, NoteJson.Options) : null;
    }

    /// <summary>The document with the mark that it should not have been written. What it says is not sealed anew: it stays, byte by byte.</summary>
    public StoredDocument Mark(DocumentCollection collection, StoredDocument document, ClinicalNote marked)
    {
        var body = JsonNode.Parse(document.Body)!.AsObject();
        body["inError"] = Convert.ToBase64String(cipher.Protect(Address(collection, "inError", document.Id), JsonSerializer.Serialize(marked.InError, NoteJson.Options)));
        body["metadata"] = JsonSerializer.SerializeToNode(marked.Metadata, NoteJson.Options);
        body["updatedBy"] = JsonSerializer.SerializeToNode(marked.UpdatedBy, NoteJson.Options);
        return document with { Status = EnumText.Of(marked.Status), Version = marked.Version, UpdatedAt = marked.UpdatedAt, Body = body.ToJsonString() };
    }

    /// <summary>An addendum, which lies among the versions: there nothing is ever rewritten.</summary>
    public StoredDocument Seal(ClinicalNote note, StoredAddendum addendum) => new(
        addendum.Id, note.PatientId, note.EncounterId, addendum.Signature.By, Addendum, note.Version, addendum.Signature.At, addendum.Signature.At,
        JsonSerializer.Serialize(
            new AddendumBody(SchemaVersion, note.Id, cipher.Protect(Address(DocumentCollection.NoteVersions, "content", addendum.Id), addendum.Text), addendum.Signature),
            NoteJson.Options));

    public StoredAddendum OpenAddendum(StoredDocument document)
    {
        var body = JsonSerializer.Deserialize<AddendumBody>(document.Body, NoteJson.Options)!;
        return new StoredAddendum(
            document.Id, body.NoteId, cipher.Reveal(Address(DocumentCollection.NoteVersions, "content", document.Id), body.Content), body.Signature);
    }

    private static FieldAddress Address(DocumentCollection collection, string field, Guid id)
        => new(collection switch
        {
            DocumentCollection.NoteVersions => "noteVersions",
            DocumentCollection.NoteAmendments => "noteAmendments",
            _ => "clinicalNotes",
        }, field, id);

    /// <summary>The document as it is stored; byte arrays are ciphertext, as base64 in JSON and binary in BSON.</summary>
    private sealed record NoteBody
    {
        public required int SchemaVersion { get; init; }

        /// <summary>Whose version it is, in a version that is kept.</summary>
        public Guid? NoteId { get; init; }

        public required string NoteType { get; init; }

        public required byte[] Content { get; init; }

        public byte[]? RawTranscription { get; init; }

        public byte[]? AiSummary { get; init; }

        public double? AiConfidenceScore { get; init; }

        public Guid? SignedBy { get; init; }

        public DateTimeOffset? SignedAt { get; init; }

        public required NoteMetadata Metadata { get; init; }

        public IReadOnlyList<string> Tags { get; init; } = [];

        public IReadOnlyList<Guid> Attachments { get; init; } = [];

        public Guid? UpdatedBy { get; init; }

        public int Editions { get; init; }

        public StoredSignature? Signature { get; init; }

        public IReadOnlyList<WrittenField> Written { get; init; } = [];

        public IReadOnlyList<CarriedBody> Carried { get; init; } = [];

        public byte[]? Conflicts { get; init; }

        public byte[]? Drafted { get; init; }

        public byte[]? Amends { get; init; }

        public byte[]? InError { get; init; }

        public override string ToString() => nameof(NoteBody);
    }

    private sealed record AddendumBody(int SchemaVersion, Guid NoteId, byte[] Content, StoredSignature Signature);

    // Lists and no dictionaries: a path has points, which are no part of a field's name in every version of MongoDB.
    private sealed record WrittenField(string Field, Guid By, DateTimeOffset At, int Version);

    private sealed record CarriedBody(string Field, Guid NoteId, DateTimeOffset At);
}
