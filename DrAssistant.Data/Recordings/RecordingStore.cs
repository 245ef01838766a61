using System.Text.Json;
using System.Text.Json.Serialization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;

namespace DrAssistant.Data.Recordings;

/// <summary>
/// Recordings and transcripts in the document store: the seed's document of a recording, told from its row, and what was said. Composes the access filter into every
/// call, and encrypts what was said before it leaves for the store.
/// </summary>
internal sealed class RecordingStore(IDocumentStore store, CareTeam careTeam, PhiCipher cipher)
{
    public const string ErasedStatus = "erased";

    private const DocumentCollection Recordings = DocumentCollection.VoiceRecordings;
    private const DocumentCollection Transcripts = DocumentCollection.Transcripts;
    private const int SchemaVersion = 1;
    private const int MostOfOneVisit = 200;
    private const int MostTries = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    public Task<AccessFilter> AccessAsync(CancellationToken cancellation) => careTeam.AccessAsync(cancellation);

    /// <summary>Makes the document of a recording say what its row says. Told twice, it says it once.</summary>
    public async Task TellAsync(Recording recording, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var there = await store.FindAsync(Recordings, recording.Id, AccessFilter.Everything, cancellation);
            var document = Document(recording, (there?.Version ?? 0) + 1);
            if (there?.Status == ErasedStatus && document.Status != ErasedStatus)
            {
                return; // an older message that came late
            }

            var told = there is null
                ? await store.TryInsertAsync(Recordings, document, AccessFilter.Everything, cancellation)
                : await store.TryReplaceAsync(Recordings, document with { PatientId = there.PatientId, CreatedAt = there.CreatedAt }, there.Status, AccessFilter.Everything, cancellation);
            if (told)
            {
                return;
            }
        }

        throw new InvalidOperationException("The document of a recording is changed by somebody else again and again.");
    }

    public async Task<Transcript?> FindTranscriptAsync(Guid id, AccessFilter access, CancellationToken cancellation)
        => await store.FindAsync(Transcripts, id, access, cancellation) is { } found ? Open(found) : null;

    /// <summary>Oldest first, without those that were erased.</summary>
    public async Task<IReadOnlyList<Transcript>> TranscriptsAsync(Guid encounterId, AccessFilter access, CancellationToken cancellation)
    {
        var query = new DocumentQuery { EncounterId = encounterId, NotStatus = ErasedStatus, OldestFirst = true, Take = MostOfOneVisit };
        return [.. (await store.ListAsync(Transcripts, query, access, cancellation)).Select(Open)];
    }

    /// <summary>Those of any visit that were last typed or transcribed before <paramref name="instant"/> and have no recording, oldest first.</summary>
    public async Task<IReadOnlyList<Transcript>> TypedBeforeAsync(DateTimeOffset instant, int most, CancellationToken cancellation)
    {
        var query = new DocumentQuery { Status = EnumText.Of(TranscriptSource.Typed), OldestFirst = true, Take = most };
        return [.. (await store.ListAsync(Transcripts, query, AccessFilter.Everything, cancellation)).Where(found => found.CreatedAt < instant).Select(Open)];
    }

    /// <summary>False when there is one of its id.</summary>
    public Task<bool> TryAddAsync(Transcript transcript, AccessFilter access, CancellationToken cancellation)
        => store.TryInsertAsync(Transcripts, Seal(transcript, EnumText.Of(transcript.Source)), access, cancellation);

    /// <summary>The next version in the place of the one before; false when somebody was faster or it was erased.</summary>
    public Task<bool> TryReplaceAsync(Transcript next, AccessFilter access, CancellationToken cancellation)
        => store.TryReplaceAsync(Transcripts, Seal(next, EnumText.Of(next.Source)), EnumText.Of(next.Source), access, cancellation);

    /// <summary>Takes away what was said, for good. Done twice, it is done once; where there is none there is nothing to do.</summary>
    public async Task EraseTranscriptAsync(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await store.FindAsync(Transcripts, id, AccessFilter.Everything, cancellation) is not { } there || there.Status == ErasedStatus)
            {
                return;
            }

            var erased = there with { Status = ErasedStatus, Version = there.Version + 1, UpdatedAt = now, Body = JsonSerializer.Serialize(new { SchemaVersion, ErasedAt = now }, Json) };
            if (await store.TryReplaceAsync(Transcripts, erased, there.Status, AccessFilter.Everything, cancellation))
            {
                return;
            }
        }

        throw new InvalidOperationException("A transcript that is to be erased is changed by somebody else again and again.");
    }

    private static StoredDocument Document(Recording recording, int version) => new(
        recording.Id, recording.PatientId, recording.EncounterId, recording.DoctorId, EnumText.Of(recording.Status), version, recording.CreatedAt, recording.UpdatedAt,
        JsonSerializer.Serialize(new
        {
            SchemaVersion,
            Duration = recording.Seconds,
            FileSize = recording.Bytes,
            recording.MimeType,
            TranscriptionId = recording.TranscriptId,
            Metadata = new
            {
                recording.DeviceInfo,
                recording.Quality,
                ProcessingStats = new { TranscriptionTime = recording.HeardIn, WordCount = recording.Words, recording.Confidence },
            },
            RetentionPolicy = new { ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(recording.ExpiresAt.ToUnixTimeMilliseconds()), recording.RetentionReason },
            FileId = recording.ContentKey,
            Place = EnumText.Of(recording.Place),
            recording.ConsentId,
            recording.RecordedBy,
        }, Json));

    private StoredDocument Seal(Transcript transcript, string status) => new(
        transcript.Id, transcript.PatientId, transcript.EncounterId, transcript.DoctorId, status, transcript.Version, transcript.CreatedAt, transcript.UpdatedAt,
        JsonSerializer.Serialize(
            new TranscriptBody(
                SchemaVersion,
                transcript.RecordingId,
                cipher.Protect(At("text", transcript.Id), transcript.Text),
                cipher.Protect(At("rawTranscription", transcript.Id), transcript.RawText),
                transcript.Words.Count == 0 ? null : cipher.Protect(At("words", transcript.Id), JsonSerializer.Serialize(transcript.Words, Json)),
                transcript.Confidence,
                transcript.Engine,
                transcript.Language,
                transcript.UpdatedBy),
            Json));

    private Transcript Open(StoredDocument document)
    {
        var body = JsonSerializer.Deserialize<TranscriptBody>(document.Body, Json) ?? throw new InvalidDataException($"Transcript {document.Id} has no body.");
        return new Transcript
        {
            Id = document.Id,
            PatientId = document.PatientId,
            EncounterId = document.EncounterId ?? throw new InvalidDataException($"Transcript {document.Id} has no encounter."),
            DoctorId = document.DoctorId ?? throw new InvalidDataException($"Transcript {document.Id} has no doctor."),
            RecordingId = body.RecordingId,
            IsErased = document.Status == ErasedStatus,
            Source = document.Status == EnumText.Of(TranscriptSource.Typed) ? TranscriptSource.Typed : TranscriptSource.Transcribed,
            Text = cipher.Reveal(At("text", document.Id), body.Text) ?? "",
            RawText = cipher.Reveal(At("rawTranscription", document.Id), body.RawTranscription),
            Words = cipher.Reveal(At("words", document.Id), body.Words) is { } words ? JsonSerializer.Deserialize<List<SpokenWord>>(words, Json)! : [],
            Confidence = body.Confidence,
            Engine = body.Engine,
            Language = body.Language,
            UpdatedBy = body.UpdatedBy,
            Version = document.Version,
            CreatedAt = document.CreatedAt,
            UpdatedAt = document.UpdatedAt,
        };
    }

    private static FieldAddress At(string field, Guid id) => new("transcripts", field, id);

    private sealed record TranscriptBody(
        int SchemaVersion, Guid? RecordingId, byte[]? Text, byte[]? RawTranscription, byte[]? Words, double? Confidence, string? Engine, string? Language, Guid? UpdatedBy);
}

/// <summary>What was said, in the clear: within the portal only.</summary>
internal sealed record Transcript
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required Guid EncounterId { get; init; }

    /// <summary>Whose visit it was.</summary>
    public required Guid DoctorId { get; init; }
    public Guid? RecordingId { get; init; }
    public bool IsErased { get; init; }
    public required TranscriptSource Source { get; init; }
    public required string Text { get; init; }

    /// <summary>As it was first; null where nobody changed it.</summary>
    public string? RawText { get; init; }
    public IReadOnlyList<SpokenWord> Words { get; init; } = [];
    public double? Confidence { get; init; }
    public string? Engine { get; init; }
    public string? Language { get; init; }
    public Guid? UpdatedBy { get; init; }
    public int Version { get; init; } = 1;

    /// <summary>When its recording began, or when it was typed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public TranscriptView ToView() => new(Id, EncounterId, PatientId, RecordingId, Source, Text, RawText, Words, Confidence, Engine, Language, Version, CreatedAt, UpdatedAt);

    public override string ToString() => $"{nameof(Transcript)} {Id} v{Version}";
}
