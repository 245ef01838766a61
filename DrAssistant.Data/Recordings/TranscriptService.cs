using System.Data.Common;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Recordings.Transcribing;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;

namespace DrAssistant.Data.Recordings;

internal sealed class TranscriptService(
    RecordingStore store, SecuredBatch batch, RecordingRows rows, TranscriptionChoice choice, ICurrentUser user, ClinicClock clock) : ITranscripts
{
    public const string ResourceType = "transcript";
    private const int Longest = 200_000;

    public TranscriptionWays Ways() => choice.Ways();

    public async Task<Result<IReadOnlyList<TranscriptView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await AnswerAsync<IReadOnlyList<TranscriptView>>(async () =>
        {
            var found = await store.TranscriptsAsync(encounterId, await store.AccessAsync(cancellation), cancellation);
            var erased = (await rows.OfEncounterAsync(encounterId, cancellation)).Where(r => r.Status is RecordingStatus.Erased).Select(r => r.Id).ToHashSet();
            var shown = found.Where(transcript => transcript.RecordingId is not { } of || !erased.Contains(of)).ToList();
            if (shown.Count > 0)
            {
                await TellAsync(new AuditEntry(AuditAction.Read, "transcript.read"), encounterId, shown[0].PatientId, cancellation, "encounter");
            }

            return shown.Select(transcript => transcript.ToView()).ToList();
        });
    }

    public async Task<Result<TranscriptView>> TypeAsync(TypedTranscript typed, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me ? await AnswerAsync(() => TypedAsync(typed, me, cancellation)) : Refusal.Forbidden;

    public async Task<Result<TranscriptView>> EditAsync(TranscriptEdit edit, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me ? await AnswerAsync(() => EditedAsync(edit, me, cancellation)) : Refusal.Forbidden;

    private async Task<Result<TranscriptView>> TypedAsync(TypedTranscript typed, Guid me, CancellationToken cancellation)
    {
        var read = TextOf(typed.Text);
        if (read.Value is not { } text)
        {
            return read.Refusal!;
        }

        var ask = RecordingRows.Command("SELECT patient_id, doctor_id FROM encounters WHERE id = $1 AND status <> 'cancelled'", typed.EncounterId);
        var visits = await batch.ReadAsync([ask], (reader, token) => reader.ListAsync(row => (Patient: row.GetGuid(0), Doctor: row.GetGuid(1)), token), cancellation);
        if (visits is not [var visit])
        {
            return RecordingRefusals.NoVisit;
        }

        if (visit.Patient != typed.PatientId)
        {
            return RecordingRefusals.AnothersChart;
        }

        var (now, access) = (clock.Now, await store.AccessAsync(cancellation));
        var transcript = new Transcript
        {
            Id = typed.Id, PatientId = typed.PatientId, EncounterId = typed.EncounterId, DoctorId = visit.Doctor, Source = TranscriptSource.Typed, Text = text, UpdatedBy = me,
            CreatedAt = now, UpdatedAt = now,
        };
        if (typed.Id == Guid.Empty)
        {
            return RecordingRefusals.NoText;
        }

        if (await store.FindTranscriptAsync(typed.Id, access, cancellation) is null)
        {
            await TellAsync(new AuditEntry(AuditAction.Create, "transcript.type"), typed.Id, typed.PatientId, cancellation);
            await store.TryAddAsync(transcript, access, cancellation);
        }

        // Sent twice, it is kept once; another's id is nobody's business.
        return await store.FindTranscriptAsync(typed.Id, access, cancellation) is { IsErased: false, Source: TranscriptSource.Typed } there && there.EncounterId == typed.EncounterId
            ? there.ToView()
            : RecordingRefusals.NoText;
    }

    private async Task<Result<TranscriptView>> EditedAsync(TranscriptEdit edit, Guid me, CancellationToken cancellation)
    {
        var read = TextOf(edit.Text);
        if (read.Value is not { } text)
        {
            return read.Refusal!;
        }

        var access = await store.AccessAsync(cancellation);
        if (await store.FindTranscriptAsync(edit.TranscriptId, access, cancellation) is not { IsErased: false } live)
        {
            return RecordingRefusals.NoText;
        }

        if (live.PatientId != edit.PatientId)
        {
            return RecordingRefusals.AnothersChart;
        }

        if (live.Version == edit.Version && live.Text == text)
        {
            return live.ToView();
        }

        if (live.Version != edit.Version)
        {
            // The answer to the first sending was lost: it is there already.
            return live.Version == edit.Version + 1 && live.UpdatedBy == me && live.Text == text ? live.ToView() : Overtaken;
        }

        var next = live with { Text = text, RawText = live.RawText ?? live.Text, Version = live.Version + 1, UpdatedAt = clock.Now, UpdatedBy = me };
        await TellAsync(new AuditEntry(AuditAction.Update, "transcript.edit"), live.Id, live.PatientId, cancellation);
        return await store.TryReplaceAsync(next, access, cancellation) ? next.ToView() : Overtaken;
    }

    private static Refusal Overtaken { get; } = Refusal.Conflict("This transcript was changed meanwhile. Read it again; what you typed is kept on this page.");

    /// <summary>The store may be another one than the audit trail's, so it is told first: an act that it knows of may not have come about, never the other way round.</summary>
    private Task TellAsync(AuditEntry entry, Guid id, Guid patientId, CancellationToken cancellation, string resource = ResourceType)
        => rows.TellAsync(entry with { PatientId = patientId, ResourceType = resource, ResourceId = id }, cancellation);

    /// <summary>As it was typed, but for what no text holds.</summary>
    private static Result<string> TextOf(string typed)
    {
        var text = new string([.. typed.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]).Trim();
        return text.Length switch
        {
            0 => Refusal.Invalid("Type or paste what was said.", nameof(TypedTranscript.Text)),
            > Longest => Refusal.Invalid($"A transcript may have {Longest:#,##0} signs.", nameof(TypedTranscript.Text)),
            _ => text,
        };
    }

    private static async Task<Result<T>> AnswerAsync<T>(Func<Task<Result<T>>> act)
    {
        try
        {
            return await act();
        }
        catch (DbException away) when (away is DocumentStoreException { IsAway: true } or NpgsqlException { IsTransient: true })
        {
            return Refusal.Unavailable("The transcripts cannot be reached at the moment. What you typed is kept on this page.");
        }
    }
}
