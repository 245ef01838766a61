using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;

namespace DrAssistant.Data.Drafting.Review;

internal sealed class DraftReviewService(
    INoteDrafting drafting, ITranscripts transcripts, IRecordings recordings, DraftStore drafts, DraftCharts charts, DraftReader reader, SecuredBatch batch, AuditTrail audit,
    ICurrentUser user, ClinicClock clock) : IDraftReviews
{
    /// <summary>Whoever is overtaken reads and decides again; more than a handful at one draft is a fault and no haste.</summary>
    private const int MostTries = 8;

    public async Task<Result<DraftReview>> DraftAsync(DraftAsk ask, CancellationToken cancellation)
        => user.Can(Permissions.WriteNotes) && user.Id is { } me ? await NoteOutage.AnswerAsync(() => ProposeAsync(ask, me, cancellation)) : Refusal.Forbidden;

    public async Task<Result<DraftReview>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.ReadNotes))
        {
            return Refusal.Forbidden;
        }

        return await NoteOutage.AnswerAsync<DraftReview>(async () =>
        {
            if (await drafts.OfEncounterAsync(encounterId, cancellation) is not { } draft)
            {
                return Refusal.NotFound("Draft");
            }

            await NoteAsync(draft, AuditAction.Read, "draft.read", cancellation);
            return await reader.ReadAsync(draft, cancellation);
        });
    }

    public async Task<Result<DraftReview>> DecideAsync(DraftDecision decision, CancellationToken cancellation)
    {
        if (!user.Can(Permissions.WriteNotes) || user.Id is not { } me)
        {
            return Refusal.Forbidden;
        }

        if (decision.State is not (SentenceState.Refused or SentenceState.Recorded or SentenceState.Open))
        {
            return Refusal.Invalid("A sentence is taken into the note by the note itself.");
        }

        return await NoteOutage.AnswerAsync(() => DecideAsync(decision, me, cancellation));
    }

    private async Task<Result<DraftReview>> ProposeAsync(DraftAsk ask, Guid me, CancellationToken cancellation)
    {
        if (await drafts.FindAsync(ask.Id, cancellation) is { } there)
        {
            return there.PatientId == ask.PatientId && there.EncounterId == ask.EncounterId ? await reader.ReadAsync(there, cancellation) : NoteRefusals.AnothersChart;
        }

        var said = await SourcesAsync(ask, cancellation);
        if (!said.Succeeded)
        {
            return said.Refusal;
        }

        var sources = said.Value;
        var request = new DraftRequest(sources.Text, await charts.OfAsync(ask.PatientId, ask.EncounterId, cancellation), sources.Confidence) { Breaks = sources.Breaks };
        var drafted = ask.Here ? await drafting.DraftHereAsync(request, cancellation) : await drafting.DraftAsync(request, cancellation);
        if (!drafted.Succeeded)
        {
            return drafted.Refusal;
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.Now.ToUnixTimeMilliseconds());
        var draft = new StoredDraft
        {
            Id = ask.Id,
            EncounterId = ask.EncounterId,
            PatientId = ask.PatientId,
            DraftedBy = me,
            DraftedAt = now,
            UpdatedAt = now,
            Sources = sources.Parts,
            Note = drafted.Value,
        };
        await NoteAsync(draft, AuditAction.Create, "draft.propose", cancellation);
        return await drafts.TryAddAsync(draft, cancellation) || await drafts.FindAsync(ask.Id, cancellation) is not null
            ? await reader.ReadAsync(draft, cancellation)
            : Refusal.NotFound("Visit");
    }

    private async Task<Result<DraftReview>> DecideAsync(DraftDecision decision, Guid me, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await drafts.FindAsync(decision.DraftId, cancellation) is not { } draft || decision.Sentences.Any(number => number < 0 || number >= draft.Note.Sentences.Count))
            {
                return Refusal.NotFound("Draft");
            }

            if (draft.PatientId != decision.PatientId)
            {
                return NoteRefusals.AnothersChart;
            }

            var at = clock.Now;
            var next = draft with
            {
                Version = draft.Version + 1,
                UpdatedAt = at,
                Decisions = [.. draft.Decisions, .. decision.Sentences.Distinct().Select(number => new StoredDecision(number, decision.State, me, at))],
            };
            if (tries == 0)
            {
                await NoteAsync(draft, AuditAction.Update, "draft.decide", cancellation);
            }

            if (await drafts.TryReplaceAsync(next, cancellation))
            {
                return await reader.ReadAsync(next, cancellation);
            }
        }

        return Refusal.Conflict("Others are deciding about this draft at the same moment. Try again.");
    }

    /// <summary>The transcripts that were asked for, in the order in which they were said.</summary>
    private async Task<Result<DraftSources>> SourcesAsync(DraftAsk ask, CancellationToken cancellation)
    {
        var said = await transcripts.OfEncounterAsync(ask.EncounterId, cancellation);
        var wanted = ask.TranscriptIds.ToHashSet();
        var found = (said.Value ?? []).Where(t => wanted.Contains(t.Id)).ToList();
        if (found.Count == 0 || found.Count < wanted.Count)
        {
            return said.Refusal ?? Refusal.NotFound("Transcript");
        }

        if (found.Any(t => t.PatientId != ask.PatientId))
        {
            return NoteRefusals.AnothersChart;
        }

        var recorded = found.Any(t => t.RecordingId is not null) ? (await recordings.OfEncounterAsync(ask.EncounterId, cancellation)).Value ?? [] : [];
        return DraftSources.Of(found, id => recorded.FirstOrDefault(r => r.Id == id)?.Seconds);
    }

    private Task NoteAsync(StoredDraft draft, AuditAction action, string deed, CancellationToken cancellation)
    {
        var entry = new AuditEntry(action, deed) { PatientId = draft.PatientId, ResourceType = "note-draft", ResourceId = draft.Id };
        return batch.ReadAsync([audit.Statement(entry)], (_, _) => Task.FromResult(true), cancellation);
    }
}
