using DrAssistant.Data.Notes;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>A draft as pages show it: what was proposed, where it belongs, and what became of it there.</summary>
internal sealed class DraftReader(NoteStore notes, DraftStore drafts, NoteNames names)
{
    public async Task<DraftReview> ReadAsync(StoredDraft draft, CancellationToken cancellation)
    {
        var note = (await notes.AllOfEncounterAsync(draft.EncounterId, await notes.AccessAsync(cancellation), cancellation))
            .Where(note => note.Status is not NoteStatus.EnteredInError).ToList();
        var parts = note.SelectMany(note => note.Drafted).ToList();
        var taken = parts.Where(part => part.DraftId == draft.Id).SelectMany(part => part.Sentences).ToLookup(sentence => sentence.Number);
        var earlier = await EarlierAsync(draft, parts, cancellation);
        var again = earlier.ToLookup(e => Key(e.Proposed), e => e.Taken);
        var decided = draft.Decisions.ToLookup(d => d.Number);
        await names.LearnAsync([draft.DraftedBy], cancellation);
        return new DraftReview(
            draft.Id, draft.EncounterId, draft.PatientId, [.. draft.Sources.Select(s => new DraftSource(s.TranscriptId, s.Hash))], draft.Note.Engine, draft.Note.Version,
            draft.Note.Confidence, draft.DraftedAt, names.Of(draft.DraftedBy), draft.Note.WhyEmpty, draft.Note.Removed,
            [.. draft.Note.Sentences.Select((sentence, number) => Of(draft, number, taken[number].LastOrDefault() ?? (decided[number].Any() ? null : again[Key(sentence)].LastOrDefault()), decided[number].LastOrDefault()))])
        {
            Earlier = [.. earlier.Select(e => new EarlierSentence(e.DraftId, e.Taken.Number, e.Proposed.Section, e.Taken.IsChanged))],
        };
    }

    /// <summary>What went into the note from drafts before this one: a sentence that is proposed again, because more was said since, is in the note already.</summary>
    private async Task<IReadOnlyList<(Guid DraftId, DraftedSentence Proposed, TakenSentence Taken)>> EarlierAsync(
        StoredDraft draft, List<DraftedPart> parts, CancellationToken cancellation)
    {
        var others = parts.Where(part => part.DraftId != draft.Id).ToList();
        var proposed = others.Count == 0 ? [] : (await drafts.AllOfEncounterAsync(draft.EncounterId, cancellation)).ToDictionary(d => d.Id, d => d.Note.Sentences);
        return
        [
            .. from part in others
               from sentence in part.Sentences
               let all = proposed.GetValueOrDefault(part.DraftId)
               where all is not null && sentence.Number < all.Count
               select (part.DraftId, all[sentence.Number], sentence),
        ];
    }

    private static (DraftSection Section, string Text) Key(DraftedSentence sentence) => (sentence.Section, sentence.Text);

    private static ReviewedSentence Of(StoredDraft draft, int number, TakenSentence? taken, StoredDecision? decided)
    {
        var sentence = draft.Note.Sentences[number];
        var field = DraftedPlaces.Of(sentence);
        var state = taken is null ? decided?.State ?? SentenceState.Open : taken.IsChanged ? SentenceState.Changed : SentenceState.Taken;
        return new ReviewedSentence(
            number, sentence.Section, field, field is null ? "Summary" : NoteFields.LabelOf(field), sentence.Text,
            [.. sentence.Spans.SelectMany(span => DraftSources.Places(draft.Sources, span))], sentence.Confidence, sentence.Faults,
            field == DraftedPlaces.VitalSigns ? SpokenMeasures.Of(sentence.Text) : [], state, taken?.Text,
            field is not null && DraftedPlaces.Otherwise(field) is var other && other != field ? NoteFields.LabelOf(other) : null);
    }
}
