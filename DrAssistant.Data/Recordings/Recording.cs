using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Recordings;

/// <summary>Where the sound of a recording is.</summary>
internal enum SoundPlace
{
    /// <summary>In parts that arrive.</summary>
    Parts,

    /// <summary>In the bucket of the document store.</summary>
    Bucket,

    /// <summary>In the object store: its note is signed.</summary>
    Objects,

    Gone,
}

/// <summary>A row of recordings, with the consent that it stands on.</summary>
internal sealed record Recording
{
    /// <summary>What is read of r (recordings), c (consents) and u (who put the consent on file).</summary>
    public const string Columns = """
        r.id, r.patient_id, r.encounter_id, r.doctor_id, r.recorded_by, r.status, r.mime_type, r.device_info, r.quality, r.parts, r.seconds, r.bytes,
        r.place, r.content_key, r.content_sha256, r.wants_text, r.attempts, r.claim, r.percent, r.problem, r.transcript_id, r.heard_in, r.words, r.confidence,
        r.expires_at, r.retention_reason, r.created_at, r.updated_at, c.id, c.given_how, c.given_at, c.withdrawn_at, u.full_name
        """;

    public const string From = "recordings r JOIN consents c ON c.id = r.consent_id LEFT JOIN users u ON u.id = c.recorded_by";

    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required Guid EncounterId { get; init; }
    public required Guid DoctorId { get; init; }
    public required Guid RecordedBy { get; init; }
    public required RecordingStatus Status { get; init; }
    public required string MimeType { get; init; }
    public string? DeviceInfo { get; init; }

    /// <summary>How the sound was made, by its own first bytes, such as <c>Opus, 48 kHz, mono, 32 kbit/s</c>.</summary>
    public string? Quality { get; init; }
    public int? Parts { get; init; }
    public double? Seconds { get; init; }
    public long Bytes { get; init; }
    public required SoundPlace Place { get; init; }
    public string? ContentKey { get; init; }
    public string? ContentSha256 { get; init; }
    public bool WantsText { get; init; }
    public int Attempts { get; init; }
    public Guid? Claim { get; init; }
    public int? Percent { get; init; }
    public string? Problem { get; init; }
    public Guid? TranscriptId { get; init; }

    /// <summary>Seconds that the engine took.</summary>
    public double? HeardIn { get; init; }
    public int? Words { get; init; }
    public double? Confidence { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string RetentionReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required Guid ConsentId { get; init; }
    public required ConsentManner Consent { get; init; }
    public required DateTimeOffset ConsentAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? ConsentBy { get; init; }

    public static Recording Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        PatientId = row.GetGuid(1),
        EncounterId = row.GetGuid(2),
        DoctorId = row.GetGuid(3),
        RecordedBy = row.GetGuid(4),
        Status = row.Word<RecordingStatus>(5),
        MimeType = row.GetString(6),
        DeviceInfo = row.TextOrNull(7),
        Quality = row.TextOrNull(8),
        Parts = row.IsDBNull(9) ? null : row.GetInt32(9),
        Seconds = row.IsDBNull(10) ? null : row.GetDouble(10),
        Bytes = row.GetInt64(11),
        Place = row.Word<SoundPlace>(12),
        ContentKey = row.TextOrNull(13),
        ContentSha256 = row.TextOrNull(14),
        WantsText = row.GetBoolean(15),
        Attempts = row.GetInt32(16),
        Claim = row.GuidOrNull(17),
        Percent = row.IsDBNull(18) ? null : row.GetInt32(18),
        Problem = row.TextOrNull(19),
        TranscriptId = row.GuidOrNull(20),
        HeardIn = row.IsDBNull(21) ? null : row.GetDouble(21),
        Words = row.IsDBNull(22) ? null : row.GetInt32(22),
        Confidence = row.IsDBNull(23) ? null : row.GetDouble(23),
        ExpiresAt = row.Instant(24),
        RetentionReason = row.GetString(25),
        CreatedAt = row.Instant(26),
        UpdatedAt = row.Instant(27),
        ConsentId = row.GetGuid(28),
        Consent = row.Word<ConsentManner>(29),
        ConsentAt = row.Instant(30),
        WithdrawnAt = row.InstantOrNull(31),
        ConsentBy = row.TextOrNull(32),
    };

    public RecordingView ToView() => new(
        Id, EncounterId, PatientId, Status, CreatedAt, Consent, ConsentAt, ConsentBy, Seconds, Bytes, MimeType, Quality,
        Status is RecordingStatus.Processing ? Percent ?? 0 : null, Problem, TranscriptId, ExpiresAt, RetentionReason);

    public override string ToString() => $"{nameof(Recording)} {Id} {EnumText.Of(Status)}";
}
