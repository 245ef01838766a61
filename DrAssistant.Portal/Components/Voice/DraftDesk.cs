using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Encounters.Vitals;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Recordings;
using DrAssistant.Portal.Components.Notes;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>
/// What the parts of one visit's page share of a draft: the draft itself, what it rests on, and the editor of the note that sentences go into.
/// Nothing goes into the note but by a call of <see cref="TakeAsync"/>, which somebody's click makes.
/// </summary>
public sealed class DraftDesk(IDraftReviews reviews, ITranscripts transcripts, IVitals vitals)
{
    private readonly List<Action> _followers = [];
    private NoteEditor? _editor;
    private Guid _patient;
    private Guid _visit;

    public DraftReview? Review { get; private set; }

    /// <summary>All that was said in the visit, oldest first.</summary>
    public IReadOnlyList<TranscriptView> Transcripts { get; private set; } = [];

    /// <summary>What was measured in this visit, to hold against what was said.</summary>
    public IReadOnlyList<VitalValue> Measured { get; private set; } = [];

    public NoteView? Note { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>While an engine drafts.</summary>
    public bool IsDrafting { get; private set; }

    /// <summary>What the draft rests on, as far as it is there and still has the text that was drafted from.</summary>
    public IReadOnlyList<TranscriptView> Sources { get; private set; } = [];

    /// <summary>The words with their times, of each of <see cref="Sources"/>.</summary>
    public SpokenSources Spoken { get; private set; } = SpokenSources.None;

    /// <summary>Whether sentences can go into the note now.</summary>
    public bool MayTake => _editor is not null && Note is { Status: NoteStatus.Draft, MayWrite: true };

    public IReadOnlyList<ReviewedSentence> Open(DraftSection section)
        => [.. (Review?.Sentences ?? []).Where(s => s.Section == section && s.State is SentenceState.Open)];

    public IReadOnlyList<ReviewedSentence> Refused(DraftSection section)
        => [.. (Review?.Sentences ?? []).Where(s => s.Section == section && s.State is SentenceState.Refused)];

    /// <summary>Sections that somebody has to look at before all of the draft is decided.</summary>
    public int SectionsOpen => Review is null ? 0 : Review.Sentences.Where(s => s.Field is not null && s.State is SentenceState.Open).Select(s => s.Section).Distinct().Count();

    /// <summary>Is called when something of it is another: whoever shows it renders again.</summary>
    public void Follow(Action changed) => _followers.Add(changed);

    public void Leave(Action changed) => _followers.Remove(changed);

    /// <summary>Nothing of one visit is shown under another.</summary>
    public void Clear()
    {
        (_visit, _patient, Review, Transcripts, Measured, Refusal, Note) = (Guid.Empty, Guid.Empty, null, [], [], null, null);
        Place();
    }

    /// <summary>Reads what was said in a visit, and its draft; again where it was read before.</summary>
    public Task OpenAsync(Guid encounterId, Guid patientId, CancellationToken cancellation)
    {
        if (_visit != encounterId)
        {
            var note = Note?.EncounterId == encounterId ? Note : null;
            Clear();
            (_visit, _patient, Note) = (encounterId, patientId, note);
        }

        return ReadAsync(cancellation);
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        var (visit, said) = (_visit, await transcripts.OfEncounterAsync(_visit, cancellation));
        var review = said.Value is { Count: > 0 } ? await reviews.OfEncounterAsync(visit, cancellation) : Refusal.NotFound("Draft");
        var measured = review.Value is { } draft && draft.Sentences.Any(s => s.Measures.Count > 0) ? await vitals.LatestAsync(_patient, cancellation) : new List<VitalValue>();
        if (visit != _visit)
        {
            return;
        }

        Transcripts = said.Value ?? Transcripts;
        Review = review.Value;
        Place();
        Measured = [.. (measured.Value ?? []).Where(v => v.EncounterId == visit)];
        Refusal = said.Refusal ?? (review.Refusal is { Kind: not RefusalKind.NotFound } refusal ? refusal : null);
        Tell();
    }

    /// <summary>The editor into whose note sentences go, while it stands on the page.</summary>
    internal void Lay(NoteEditor editor)
    {
        _editor = editor;
        Tell();
    }

    /// <summary>It goes; another may stand in its place already.</summary>
    internal void Leave(NoteEditor editor)
    {
        if (ReferenceEquals(_editor, editor))
        {
            _editor = null;
            Tell();
        }
    }

    public void Noted(NoteView? note)
    {
        Note = note;
        Tell();
    }

    /// <summary>Whether the draft rests on these transcripts, all of them and no other, as they are now.</summary>
    public bool RestsOn(IReadOnlyList<TranscriptView> transcripts)
        => Review is { } review && review.Sources.Count == transcripts.Count && transcripts.All(t => Sources.Any(s => s.Id == t.Id));

    /// <summary>Drafts from transcripts of the visit.</summary>
    public async Task DraftAsync(IReadOnlyList<TranscriptView> from, bool here)
    {
        if (IsDrafting)
        {
            return;
        }

        (IsDrafting, Refusal) = (true, null);
        Tell();
        try
        {
            var drafted = await reviews.DraftAsync(new DraftAsk(Guid.CreateVersion7(), _visit, _patient, [.. from.Select(t => t.Id)], here), CancellationToken.None);
            Refusal = drafted.Refusal;
            if (drafted.Succeeded)
            {
                await ReadAsync(CancellationToken.None);
            }
        }
        finally
        {
            IsDrafting = false;
            Tell();
        }
    }

    /// <summary>Sentences go into the note, and what they measure into the vital signs.</summary>
    public async Task TakeAsync(IReadOnlyList<SentenceTaking> sentences)
    {
        if (Review is not { } review || _editor is not { } editor)
        {
            return;
        }

        Refusal = null;
        var measures = sentences.Select(taking => review.Sentences[taking.Number]).Where(s => s.Measures.Count > 0).ToList();
        if (measures.Count > 0 && await RecordAsync(review, measures) is { } questioned)
        {
            Refusal = questioned;
        }

        var texts = sentences.Where(taking => review.Sentences[taking.Number].Measures.Count == 0).ToList();
        if (texts.Count > 0 && await editor.TakeAsync(new DraftTaking(review.Id, texts)) is { } refused)
        {
            Refusal = refused;
        }

        await ReadKeepingAsync();
    }

    /// <summary>Sentences go out of the note again, of this draft or of one before it.</summary>
    public async Task PutBackAsync(TakenFromDraft taken)
    {
        if (_editor is { } editor)
        {
            Refusal = await editor.PutBackAsync(new DraftPuttingBack(taken.DraftId, taken.Sentences));
            await ReadKeepingAsync();
        }
    }

    /// <summary>Sentences are left out, or lie there again.</summary>
    public async Task DecideAsync(IReadOnlyList<int> sentences, SentenceState state)
    {
        if (Review is { } review && sentences.Count > 0)
        {
            var decided = await reviews.DecideAsync(new DraftDecision(review.Id, _patient, sentences, state), CancellationToken.None);
            (Review, Refusal) = (decided.Value ?? review, decided.Refusal);
            Tell();
        }
    }

    /// <summary>Where a sentence would go now, as people read it: a second complaint is history, and a second follow-up is treatment.</summary>
    public string PlaceOf(ReviewedSentence sentence)
        => sentence.Otherwise is { } otherwise && (LineIsFilled(sentence.Field) || IsBehindAnother(sentence)) ? otherwise : sentence.Label;

    private bool LineIsFilled(string? field) => !string.IsNullOrWhiteSpace(field switch
    {
        "subjective.chiefComplaint" => Note?.Content.Subjective?.ChiefComplaint,
        "plan.followUp" => Note?.Content.Plan?.FollowUp,
        _ => null,
    });

    private bool IsBehindAnother(ReviewedSentence sentence)
        => Review?.Sentences.Any(s => s.Number < sentence.Number && s.Field == sentence.Field && s.State is SentenceState.Open && s.Faults.Count == 0) is true;

    /// <summary>What was measured in this visit under the same sign, in the unit of the practice; null where nothing was.</summary>
    public VitalValue? MeasuredAs(SpokenMeasure measure) => Measured.FirstOrDefault(v => v.Sign == measure.Sign && v.Error is null);

    private async Task<Refusal?> RecordAsync(DraftReview review, List<ReviewedSentence> sentences)
    {
        var missing = sentences.SelectMany(s => s.Measures).Where(m => MeasuredAs(m) is null).DistinctBy(m => m.Sign).ToList();
        if (missing.Count > 0)
        {
            var draft = new VitalsDraft
            {
                PatientId = _patient,
                EncounterId = _visit,
                Entries = [.. missing.Select(m => new VitalEntryDraft { Sign = m.Sign, Value = m.Value, Unit = m.Unit })],
            };
            var recorded = await vitals.RecordAsync(draft, CancellationToken.None);
            if (!recorded.Succeeded)
            {
                return recorded.Refusal with { Message = $"The vital signs were not recorded: {recorded.Refusal.Message}" };
            }
        }

        return (await reviews.DecideAsync(new DraftDecision(review.Id, _patient, [.. sentences.Select(s => s.Number)], SentenceState.Recorded), CancellationToken.None)).Refusal;
    }

    /// <summary>What was refused is said until the next act, whatever is read meanwhile.</summary>
    private async Task ReadKeepingAsync()
    {
        var said = Refusal;
        await ReadAsync(CancellationToken.None);
        Refusal = said ?? Refusal;
        Tell();
    }

    private void Place()
    {
        var sources = Review is { } review ? Transcripts.Where(t => review.Sources.Any(s => s.TranscriptId == t.Id && s.Hash == SpokenText.Hash(t.Text))).ToList() : [];
        if (!sources.SequenceEqual(Sources))
        {
            (Sources, Spoken) = (sources, SpokenSources.Of(sources, Transcripts));
        }
    }

    /// <summary>A follower may go while it is told.</summary>
    private void Tell() => _followers.ToList().ForEach(changed => changed());
}
