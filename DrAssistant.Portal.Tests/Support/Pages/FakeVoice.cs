using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Recordings of which a test sees what was asked.</summary>
internal sealed class FakeRecordings : IRecordings
{
    public List<RecordingView> All { get; } = [];

    public List<object> Asked { get; } = [];

    public Refusal? Refusal { get; set; }

    public static RecordingView Of(Guid encounterId, Guid patientId, RecordingStatus status, string? problem = null) => new(
        Guid.CreateVersion7(), encounterId, patientId, status, Day.At(10, 33), ConsentManner.Spoken, Day.At(10, 33), "Dr. Meera Iyer", 402, 120_000, "audio/webm", "Opus, 48 kHz, mono, 32 kbit/s", null, problem, null,
        Day.At(10, 33).AddDays(90), "Kept until the note is beyond question.");

    public Task<Result<RecordingView>> BeginAsync(RecordingStart start, CancellationToken cancellation)
    {
        Asked.Add(start);
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<RecordingView>>(refusal);
        }

        All.Add(Of(start.EncounterId, start.PatientId, RecordingStatus.Recording) with { Id = start.Id, Consent = start.Consent });
        return Task.FromResult<Result<RecordingView>>(All[^1]);
    }

    public Task<Result<IReadOnlyList<RecordingView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<RecordingView>>>(All.Where(r => r.EncounterId == encounterId).ToList());

    public Task<Result<RecordingView>> RetryAsync(Guid recordingId, CancellationToken cancellation) => BecomeAsync(recordingId, "retry", RecordingStatus.Processing);

    public Task<Result<RecordingView>> CancelTranscriptionAsync(Guid recordingId, CancellationToken cancellation) => BecomeAsync(recordingId, "cancel", RecordingStatus.Error);

    public Task<Result<RecordingView>> WithdrawAsync(Guid recordingId, bool erase, CancellationToken cancellation)
        => BecomeAsync(recordingId, erase ? "erase" : "withdraw", erase ? RecordingStatus.Erased : RecordingStatus.Processing);

    public Task<Result<RecordingProgress>> TakePartAsync(RecordingPart part, CancellationToken cancellation) => throw new NotSupportedException("The browser sends parts to an endpoint.");

    /// <summary>How many parts of a recording have arrived; null while the store is away.</summary>
    public Func<Guid, int?> Arrived { get; set; } = _ => 0;

    public Task<Result<RecordingProgress>> ProgressAsync(Guid recordingId, CancellationToken cancellation) => Task.FromResult<Result<RecordingProgress>>(
        All.FirstOrDefault(r => r.Id == recordingId) is not { } recording ? Refusal.NotFound("Recording")
            : Arrived(recordingId) is not { } parts ? Refusal.Unavailable("The store does not answer.")
            : new RecordingProgress(recordingId, recording.Status, parts, [], parts * 1000));

    public Task<Result<RecordingView>> FinishAsync(RecordingEnd end, CancellationToken cancellation) => BecomeAsync(end.RecordingId, $"finish {end.Parts}", RecordingStatus.Processing);

    public Task<Result<RecordedSound>> ListenAsync(Guid recordingId, long offset, int length, CancellationToken cancellation) => throw new NotSupportedException("The browser plays from an endpoint.");

    private Task<Result<RecordingView>> BecomeAsync(Guid id, string act, RecordingStatus status)
    {
        Asked.Add((act, id));
        var at = All.FindIndex(r => r.Id == id);
        All[at] = All[at] with { Status = status };
        return Task.FromResult<Result<RecordingView>>(All[at]);
    }
}

/// <summary>What was said in a visit.</summary>
internal sealed class FakeTranscripts : ITranscripts
{
    public List<TranscriptView> All { get; } = [];

    public List<object> Asked { get; } = [];

    public Refusal? Refusal { get; set; }

    public TranscriptionWays Way { get; set; } = new("PocketSphinx", LeavesThisMachine: false, Problem: null);

    public TranscriptionWays Ways() => Way;

    public Task<Result<IReadOnlyList<TranscriptView>>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<TranscriptView>>>(All.Where(t => t.EncounterId == encounterId).ToList());

    public Task<Result<TranscriptView>> TypeAsync(TypedTranscript typed, CancellationToken cancellation)
    {
        Asked.Add(typed);
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TranscriptView>>(refusal);
        }

        All.Add(new TranscriptView(typed.Id, typed.EncounterId, typed.PatientId, null, TranscriptSource.Typed, typed.Text, null, [], null, null, null, 1, Day.Now, Day.Now));
        return Task.FromResult<Result<TranscriptView>>(All[^1]);
    }

    public Task<Result<TranscriptView>> EditAsync(TranscriptEdit edit, CancellationToken cancellation)
    {
        Asked.Add(edit);
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TranscriptView>>(refusal);
        }

        var at = All.FindIndex(t => t.Id == edit.TranscriptId);
        All[at] = All[at] with { Text = edit.Text, RawText = All[at].RawText ?? All[at].Text, Version = All[at].Version + 1 };
        return Task.FromResult<Result<TranscriptView>>(All[at]);
    }
}

/// <summary>A draft that a test lays beside a note.</summary>
internal sealed class FakeDraftReviews : IDraftReviews
{
    public DraftReview? Review { get; set; }

    public List<DraftAsk> Asked { get; } = [];

    public List<DraftDecision> Decided { get; } = [];

    /// <summary>What an engine makes of a transcript.</summary>
    public Func<DraftAsk, Result<DraftReview>> Draft { get; set; } = _ => Refusal.NotFound("Transcript");

    public Task<Result<DraftReview>> DraftAsync(DraftAsk ask, CancellationToken cancellation)
    {
        Asked.Add(ask);
        var drafted = Draft(ask);
        Review = drafted.Value ?? Review;
        return Task.FromResult(drafted);
    }

    public Task<Result<DraftReview>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => Task.FromResult(Review?.EncounterId == encounterId ? Review : (Result<DraftReview>)Refusal.NotFound("Draft"));

    public Task<Result<DraftReview>> DecideAsync(DraftDecision decision, CancellationToken cancellation)
    {
        Decided.Add(decision);
        Review = Review! with { Sentences = [.. Review.Sentences.Select(s => decision.Sentences.Contains(s.Number) ? s with { State = decision.State } : s)] };
        return Task.FromResult<Result<DraftReview>>(Review);
    }
}
