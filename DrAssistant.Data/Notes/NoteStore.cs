using System.Text.Json;
using System.Text.Json.Serialization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Notes;

/// <summary>
/// Clinical notes in the document store: composes the access filter into every call, and encrypts what is clinical
/// before it leaves for the store, so that neither the store nor its backup can be read without the key ring.
/// </summary>
internal sealed class NoteStore(IDocumentStore store, CareTeam careTeam, PhiCipher cipher)
{
    private const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task<ClinicalNote?> FindAsync(Guid id, CancellationToken cancellation)
        => await store.FindAsync(DocumentCollection.ClinicalNotes, id, await careTeam.AccessAsync(cancellation), cancellation) is { } found
            ? Open(found)
            : null;

    /// <summary>Newest first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<ClinicalNote>> ListAsync(DocumentQuery query, CancellationToken cancellation)
    {
        var found = await store.ListAsync(DocumentCollection.ClinicalNotes, query, await careTeam.AccessAsync(cancellation), cancellation);
        return [.. found.Select(Open)];
    }

    public async Task<long> CountAsync(DocumentQuery query, CancellationToken cancellation)
        => await store.CountAsync(DocumentCollection.ClinicalNotes, query, await careTeam.AccessAsync(cancellation), cancellation);

    /// <summary>False when the encounter has a note already.</summary>
    public async Task<bool> TryAddAsync(ClinicalNote note, CancellationToken cancellation)
        => await store.TryInsertAsync(DocumentCollection.ClinicalNotes, Seal(note), await careTeam.AccessAsync(cancellation), cancellation);

    private StoredDocument Seal(ClinicalNote note)
    {
        var body = new NoteBody(
            SchemaVersion,
            EnumText.Of(note.NoteType),
            Protect(note.Id, "content", JsonSerializer.Serialize(note.Content, Json))!,
            Protect(note.Id, "rawTranscription", note.RawTranscription),
            Protect(note.Id, "aiSummary", note.AiSummary),
            note.AiConfidenceScore,
            note.SignedBy,
            note.SignedAt,
            note.Metadata,
            note.Tags,
            note.Attachments);
        return new StoredDocument(
            note.Id, note.PatientId, note.EncounterId, note.DoctorId, EnumText.Of(note.Status), note.Version,
            note.CreatedAt, note.UpdatedAt, JsonSerializer.Serialize(body, Json));
    }

    private ClinicalNote Open(StoredDocument document)
    {
        var body = JsonSerializer.Deserialize<NoteBody>(document.Body, Json)
            ?? throw new InvalidDataException($"Note {document.Id} has no body.");
        return new ClinicalNote
        {
            Id = document.Id,
            EncounterId = document.EncounterId ?? throw new InvalidDataException($"Note {document.Id} has no encounter."),
            PatientId = document.PatientId,
            DoctorId = document.DoctorId ?? throw new InvalidDataException($"Note {document.Id} has no doctor."),
            CreatedAt = document.CreatedAt,
            UpdatedAt = document.UpdatedAt,
            Status = EnumText.Parse<NoteStatus>(document.Status),
            Version = document.Version,
            NoteType = EnumText.Parse<NoteType>(body.NoteType),
            Content = JsonSerializer.Deserialize<SoapContent>(Reveal(document.Id, "content", body.Content)!, Json)!,
            RawTranscription = Reveal(document.Id, "rawTranscription", body.RawTranscription),
            AiSummary = Reveal(document.Id, "aiSummary", body.AiSummary),
            AiConfidenceScore = body.AiConfidenceScore,
            SignedBy = body.SignedBy,
            SignedAt = body.SignedAt,
            Metadata = body.Metadata,
            Tags = body.Tags,
            Attachments = body.Attachments,
        };
    }

    private byte[]? Protect(Guid id, string field, string? text)
        => text is null ? null : cipher.Protect(new FieldAddress("clinicalNotes", field, id), text);

    private string? Reveal(Guid id, string field, byte[]? sealedText)
        => sealedText is null ? null : cipher.Reveal(new FieldAddress("clinicalNotes", field, id), sealedText);

    /// <summary>The document as it is stored; byte arrays are ciphertext, as base64 in JSON and binary in BSON.</summary>
    private sealed record NoteBody(
        int SchemaVersion,
        string NoteType,
        byte[] Content,
        byte[]? RawTranscription,
        byte[]? AiSummary,
        double? AiConfidenceScore,
        Guid? SignedBy,
        DateTimeOffset? SignedAt,
        NoteMetadata Metadata,
        IReadOnlyList<string> Tags,
        IReadOnlyList<Guid> Attachments);
}
