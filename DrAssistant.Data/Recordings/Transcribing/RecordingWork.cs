using System.Data.Common;
using System.Diagnostics;
using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Objects;
using Npgsql;

namespace DrAssistant.Data.Recordings.Transcribing;

/// <summary>One piece of work on one recording: it is put together, transcribed where that is wanted, and follows its note where that is signed.</summary>
internal sealed class RecordingWork(
    RecordingClaims claims, RecordingAssembly assembly, RecordingSound sound, RecordingRows rows, RecordingStore store, RecordingMoving moving, TranscriptionChoice choice,
    ClinicClock clock, TimeProvider time)
{
    private const int MostAttempts = 5;
    private const int LongestProblem = 300;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>False where nothing is due.</summary>
    public async Task<bool> DoNextAsync(CancellationToken cancellation)
    {
        if (await claims.TakeAsync(cancellation) is not var (recording, claim))
        {
            return false;
        }

        try
        {
            await DoAsync(recording, claim, cancellation);
        }
        catch (Exception e) when (e is DbException or ObjectStoreException or IOException)
        {
            // A store is away: it is tried again, a little later each time, and never given up, as nothing is wrong with the sound.
            await claims.GiveBackAsync(recording.Id, claim, clock.Now + Wait(recording.Attempts), countsAsTry: false, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await claims.GiveBackAsync(recording.Id, claim, clock.Now, countsAsTry: false, CancellationToken.None);
            throw;
        }

        return true;
    }

    private async Task DoAsync(Recording recording, Guid claim, CancellationToken cancellation)
    {
        if (recording.Place is SoundPlace.Parts)
        {
            if (await assembly.AssembleAsync(recording, claim, cancellation) is not { } whole)
            {
                return;
            }

            recording = whole;
        }

        if (recording is { Status: RecordingStatus.Processing, WantsText: true, WithdrawnAt: null })
        {
            await TranscribeAsync(recording, claim, cancellation);
        }
        else
        {
            await claims.GiveBackAsync(recording.Id, claim, null, countsAsTry: false, cancellation);
        }

        if (await rows.FindAsync(recording.Id, cancellation) is { } done)
        {
            await moving.FollowAsync(done, cancellation);
        }
    }

    private async Task TranscribeAsync(Recording recording, Guid claim, CancellationToken cancellation)
    {
        if (choice.Engine is not { } engine)
        {
            await FailAsync(recording, claim, "No speech engine is set up. What was said can be typed or pasted.", cancellation);
            return;
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var progress = new Progress();
        var beating = BeatAsync(recording.Id, claim, progress, mine);
        try
        {
            var started = Stopwatch.GetTimestamp();
            await using var content = sound.Open(recording);
            var ending = SoundKind.EndingOf(recording.MimeType);
            var heard = await engine.TranscribeAsync(new SoundToHear(content, recording.MimeType, ending, recording.Bytes, recording.Seconds), progress, mine.Token);
            await KeepAsync(recording, claim, heard, Stopwatch.GetElapsedTime(started), cancellation);
        }
        catch (TranscriptionException e) when (e.MayPass && recording.Attempts + 1 < MostAttempts)
        {
            await claims.GiveBackAsync(recording.Id, claim, clock.Now + Wait(recording.Attempts), countsAsTry: true, cancellation);
        }
        catch (TranscriptionException e)
        {
            await FailAsync(recording, claim, e.MayPass ? $"{e.Message} It was tried {MostAttempts} times." : e.Message, cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Given up, withdrawn or erased: the claim is gone, and nothing of it is noted.
        }
        finally
        {
            await mine.CancelAsync();
            await beating;
        }
    }

    /// <summary>The transcript has its recording's id: kept twice, it is there once.</summary>
    private async Task KeepAsync(Recording recording, Guid claim, HeardSpeech heard, TimeSpan took, CancellationToken cancellation)
    {
        var now = clock.Now;
        var transcript = new Transcript
        {
            Id = recording.Id, PatientId = recording.PatientId, EncounterId = recording.EncounterId, DoctorId = recording.DoctorId, RecordingId = recording.Id,
            Source = TranscriptSource.Transcribed, Text = heard.Text, Words = heard.Words, Confidence = heard.Confidence, Engine = heard.Engine, Language = heard.Language,
            CreatedAt = recording.CreatedAt, UpdatedAt = now, // its place among what was said in the visit, however late it was heard
        };
        await store.TryAddAsync(transcript, AccessFilter.Everything, cancellation);
        var keep = RecordingRows.Command(
            """
            UPDATE recordings SET status = 'transcribed', transcript_id = id, problem = NULL, percent = NULL, due_at = NULL, claim = NULL, claimed_until = NULL,
                heard_in = $3, words = $4, confidence = $5, seconds = coalesce(nullif(seconds, 0), $6), attempts = attempts + 1
            WHERE id = $1 AND claim = $2 AND status = 'processing' RETURNING id, patient_id
            """,
            recording.Id, claim, Math.Round(took.TotalSeconds, 2), heard.Words.Count, Number(heard.Confidence), Number(heard.Seconds));
        if (!await rows.ActAsync(keep, recording, new AuditEntry(AuditAction.Create, "recording.transcribed"), CancellationToken.None)
            && await rows.FindAsync(recording.Id, CancellationToken.None) is { Status: not RecordingStatus.Transcribed })
        {
            await store.EraseTranscriptAsync(recording.Id, now, CancellationToken.None); // given up or erased while it was written down
        }

        static NpgsqlParameter Number(double? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Double };
    }

    private Task<bool> FailAsync(Recording recording, Guid claim, string problem, CancellationToken cancellation)
        => rows.ActAsync(
            RecordingRows.Command(
                """
                UPDATE recordings SET status = 'error', problem = $3, percent = NULL, due_at = NULL, claim = NULL, claimed_until = NULL, attempts = attempts + 1
                WHERE id = $1 AND claim = $2 AND status = 'processing' RETURNING id, patient_id
                """,
                recording.Id, claim, problem.Length > LongestProblem ? problem[..LongestProblem] : problem),
            recording, new AuditEntry(AuditAction.Update, "recording.not-transcribed") { Outcome = AuditOutcome.Failed }, cancellation);

    /// <summary>Renews the claim while the engine works, and ends the work where the claim is gone.</summary>
    private async Task BeatAsync(Guid id, Guid claim, Progress progress, CancellationTokenSource mine)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, time, mine.Token);
                if (!await claims.RenewAsync(id, claim, progress.Percent, mine.Token))
                {
                    await mine.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Done, or the portal stops.
        }
        catch (DbException)
        {
            // The database is away. The claim runs out if it stays away, and what was heard is then heard again.
        }
    }

    private static TimeSpan Wait(int attempts) => FirstWait * Math.Pow(2, Math.Min(attempts, 6));

    /// <summary>Reported by the engine's thread and read by the beat.</summary>
    private sealed class Progress : IProgress<double>
    {
        private volatile int _percent;

        public int Percent => _percent;

        public void Report(double value) => _percent = (int)(Math.Clamp(value, 0, 1) * 100);
    }
}
