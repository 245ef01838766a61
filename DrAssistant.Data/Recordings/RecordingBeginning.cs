using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Recordings;

/// <summary>How a recording begins: the consent is on file in the same statement that makes it.</summary>
internal sealed class RecordingBeginning(
    SecuredBatch batch, RecordingRows rows, AuditTrail audit, ClinicClock clock, IOptions<RecordingOptions> options, IOptions<ClinicOptions> clinic)
{
    private const int LongestDevice = 200;

    public async Task<Result<RecordingView>> BeginAsync(RecordingStart start, Guid me, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(start.Consent))
        {
            return RecordingRefusals.NoConsent;
        }

        if (start.Id == Guid.Empty || !SoundKind.IsTaken(start.MimeType))
        {
            return Refusal.Invalid("This kind of sound is not taken. Record in this browser, or choose a WebM, Ogg, MP4, MP3 or WAV file.", nameof(start.MimeType));
        }

        if (await rows.FindAsync(start.Id, cancellation) is { } begun)
        {
            return Begun(begun, start, me);
        }

        var found = await VisitAsync(start, cancellation);
        if (found.Value is not { } visit)
        {
            return found.Refusal!;
        }

        return await InsertAsync(start, visit, me, cancellation)
            ? (await rows.FindAsync(start.Id, cancellation))!.ToView()
            : await rows.FindAsync(start.Id, cancellation) is { } other ? Begun(other, start, me) : RecordingRefusals.OtherRecording;
    }

    private static Result<RecordingView> Begun(Recording begun, RecordingStart start, Guid me)
        => begun.EncounterId == start.EncounterId && begun.PatientId == start.PatientId && begun.RecordedBy == me ? begun.ToView() : RecordingRefusals.OtherRecording;

    /// <summary>The visit, where it is open and this patient's.</summary>
    private async Task<Result<Visit>> VisitAsync(RecordingStart start, CancellationToken cancellation)
    {
        var ask = RecordingRows.Command("SELECT patient_id, doctor_id, status, start_time FROM encounters WHERE id = $1", start.EncounterId);
        var visits = await batch.ReadAsync(
            [ask], (reader, token) => reader.ListAsync(row => (Patient: row.GetGuid(0), Status: row.GetString(2), Visit: new Visit(row.GetGuid(1), row.Instant(3))), token), cancellation);
        return visits switch
        {
            [] => RecordingRefusals.NoVisit,
            [var (patient, _, _)] when patient != start.PatientId => RecordingRefusals.AnothersChart,
            [(_, not "in_progress", _)] => RecordingRefusals.NotOpen,
            [var (_, _, visit), ..] => visit,
        };
    }

    private async Task<bool> InsertAsync(RecordingStart start, Visit visit, Guid me, CancellationToken cancellation)
    {
        var (now, consent, days) = (clock.Now, Guid.CreateVersion7(), options.Value.KeepDays);
        var (_, endOfDay) = clock.DayBounds(clock.DayOf(visit.Began));
        var device = start.DeviceInfo is null ? null : PlainText.Of(start.DeviceInfo, LongestDevice);
        var begin = RecordingRows.Command(
            """
            INSERT INTO recordings (id, patient_id, encounter_id, doctor_id, recorded_by, consent_id, mime_type, device_info, expires_at, retention_reason, created_at)
            SELECT $1, $2, $3, $4, $5, id, $7, $8, $9, $10, $11 FROM agreed RETURNING id, patient_id
            """,
            start.Id, start.PatientId, start.EncounterId, visit.DoctorId, me, consent, start.MimeType.Trim(), new NpgsqlParameter<string?> { TypedValue = device },
            endOfDay.AddDays(days), $"To check the note against it: {days} days after the visit.", now, clinic.Value.PrivacyNotice, EnumText.Of(start.Consent));
        var entry = new AuditEntry(AuditAction.Create, "consent.record") { PatientId = start.PatientId, ResourceType = "consent", ResourceId = consent };
        var agreement = audit.Part(begin, entry, "agreed");
        var before = $"""
            agreed AS (
                INSERT INTO consents (id, patient_id, encounter_id, purpose, notice_version, given_at, given_how, recorded_by)
                VALUES ($6, $2, $3, 'voice_recording', $12, $11, $13, $5) RETURNING id),
            agreement AS ({agreement}),
            """;
        try
        {
            return await rows.ActAsync(
                begin, new RecordingSubject(start.Id, start.PatientId), new AuditEntry(AuditAction.Create, "recording.begin"), cancellation, before: before + "\n");
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return false; // begun twice at once, or the id is another's; the consent went with it
        }
    }

    private sealed record Visit(Guid DoctorId, DateTimeOffset Began);
}
