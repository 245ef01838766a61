using System.Security.Cryptography;
using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Recordings;

/// <summary>
/// The parts of a recording as they arrive: each sealed in a row of its own before it is acknowledged, so that nothing is lost with a connection, a page or a server.
/// </summary>
internal sealed class RecordingParts(SecuredBatch batch, PhiCipher cipher, ClinicClock clock, IOptions<RecordingOptions> options)
{
    private const int MostNumber = 20_000;
    private const int HashLength = 64;

    public double MostSeconds => options.Value.MostHours * 3600;

    public async Task<Result<RecordingProgress>> TakeAsync(RecordingPart part, CancellationToken cancellation)
    {
        if (part.Number is < 0 or >= MostNumber || part.Bytes.Length is 0 or > RecordingPart.MostBytes)
        {
            return Refusal.Invalid("A part of a recording has a number and at most one megabyte.");
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(part.Bytes.Span));
        if (part.Sha256.Length != HashLength || !string.Equals(hash, part.Sha256, StringComparison.Ordinal))
        {
            return RecordingRefusals.WrongChecksum;
        }

        var state = await batch.ReadAsync([Insert(part, hash), .. Questions(part.RecordingId, part.Number)], ReadAsync, cancellation);
        return state is null ? RecordingRefusals.NotFound : Refused(state, part, hash) is { } refusal ? refusal : state.Progress(part.RecordingId);
    }

    public async Task<Result<RecordingProgress>> ProgressAsync(Guid recordingId, CancellationToken cancellation)
    {
        var state = await batch.ReadAsync(Questions(recordingId, -1), ReadAsync, cancellation);
        return state is null ? RecordingRefusals.NotFound : state.Progress(recordingId);
    }

    /// <summary>The sound of a part, as it was sent.</summary>
    public static FieldAddress At(Guid recordingId, int number) => new("recording_parts", $"content {number}", recordingId);

    private Refusal? Refused(State state, RecordingPart part, string hash) => state switch
    {
        { Status: RecordingStatus.Erased } => RecordingRefusals.Erased,
        { IsWithdrawn: true } => RecordingRefusals.Withdrawn,
        { Hash: { } there } when there != hash => RecordingRefusals.OtherSound,
        { Hash: not null } => null,
        { Parts: { } parts } when part.Number >= parts => RecordingRefusals.Over,
        { Place: not SoundPlace.Parts } => null, // put together: it is in there
        _ when state.Bytes + part.Bytes.Length > options.Value.MostBytes => Refusal.Invalid($"A recording may have {options.Value.MostMegabytes} megabytes."),
        _ => RecordingRefusals.Over,
    };

    /// <summary>The recording's row is held: parts of one recording follow one another, and none slips in while it ends.</summary>
    private NpgsqlBatchCommand Insert(RecordingPart part, string hash) => RecordingRows.Command(
        """
        WITH open AS (
            SELECT r.id FROM recordings r JOIN consents c ON c.id = r.consent_id
            WHERE r.id = $1 AND r.place = 'parts' AND r.bytes + $4 <= $7 AND (r.status = 'recording' OR $2 < r.parts) AND c.withdrawn_at IS NULL
            FOR UPDATE OF r),
        taken AS (
            INSERT INTO recording_parts (recording_id, number, sha256, length, content, arrived_at)
            SELECT id, $2, $3, $4, $5, $6 FROM open ON CONFLICT DO NOTHING RETURNING length)
        UPDATE recordings SET bytes = bytes + (SELECT length FROM taken), due_at = CASE WHEN status = 'recording' THEN due_at ELSE $6 END
        WHERE id = $1 AND EXISTS (SELECT FROM taken)
        """,
        part.RecordingId, part.Number, hash, part.Bytes.Length, cipher.ProtectBytes(At(part.RecordingId, part.Number), part.Bytes.Span), clock.Now, options.Value.MostBytes);

    private static NpgsqlBatchCommand[] Questions(Guid recordingId, int number) =>
    [
        RecordingRows.Command(
            """
            SELECT r.status, r.place, r.parts, r.bytes, c.withdrawn_at IS NOT NULL, (SELECT p.sha256 FROM recording_parts p WHERE p.recording_id = $1 AND p.number = $2)
            FROM recordings r JOIN consents c ON c.id = r.consent_id WHERE r.id = $1
            """,
            recordingId, number),
        RecordingRows.Command("SELECT number FROM recording_parts WHERE recording_id = $1 ORDER BY number", recordingId),
    ];

    private static async Task<State?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var states = await reader.ListAsync(
            row => new State(row.Word<RecordingStatus>(0), row.Word<SoundPlace>(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetInt64(3), row.GetBoolean(4), row.TextOrNull(5)),
            cancellation);
        var numbers = await reader.ListAsync(row => row.GetInt32(0), cancellation);
        return states is [var state] ? state with { Numbers = numbers } : null;
    }

    /// <summary>How a recording is, and which of its parts are here.</summary>
    /// <param name="Hash">Of the part that was asked for; null where it is not here.</param>
    private sealed record State(RecordingStatus Status, SoundPlace Place, int? Parts, long Bytes, bool IsWithdrawn, string? Hash)
    {
        public IReadOnlyList<int> Numbers { get; init; } = [];

        public RecordingProgress Progress(Guid id)
        {
            if (Place is not SoundPlace.Parts)
            {
                return new RecordingProgress(id, Status, Parts ?? 0, [], Bytes);
            }

            var next = 0;
            while (next < Numbers.Count && Numbers[next] == next)
            {
                next++;
            }

            return new RecordingProgress(id, Status, next, [.. Numbers.Skip(next)], Bytes);
        }
    }
}
