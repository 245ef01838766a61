using DrAssistant.Data.Notes;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>A draft as pages show it: what was proposed, where it belongs, and what became of it there.</summary>
internal sealed class DraftReader(NoteStore notes, NoteNames names)
{
    public async Task<DraftReview> ReadAsync(StoredDraft draft, CancellationToken cancellation)
    {
        var taken = (await notes.AllOfEncounterAsync(draft.EncounterId, await notes.AccessAsync(cancellation), cancellation))
            .Where(note => note.Status is not NoteStatus.EnteredInError)
            .SelectMany(note => note.Drafted).Where(part => part.DraftId == draft.Id).SelectMany(part => part.Sentences)
            .ToLookup(sentence => sentence.Number);
        var decided = draft.Decisions.ToLookup(d => d.Number);
        await names.LearnAsync([draft.DraftedBy], cancellation);
        return new DraftReview(
            draft.Id, draft.EncounterId, draft.PatientId, draft.TranscriptId, draft.Note.TranscriptHash, draft.Note.Engine, draft.Note.Version, draft.Note.Confidence, draft.DraftedAt,
            names.Of(draft.DraftedBy), draft.Note.WhyEmpty, draft.Note.Removed,
            [.. draft.Note.Sentences.Select((sentence, number) => Of(sentence, number, taken[number].LastOrDefault(), decided[number].LastOrDefault()))]);
    }

    private static ReviewedSentence Of(DraftedSentence sentence, int number, TakenSentence? taken, StoredDecision? decided)
    {
        var field = DraftedPlaces.Of(sentence);
        var state = taken is null ? decided?.State ?? SentenceState.Open : taken.IsChanged ? SentenceState.Changed : SentenceState.Taken;
        return new ReviewedSentence(
            number, sentence.Section, field, field is null ? "Summary" : NoteFields.LabelOf(field), sentence.Text, sentence.Spans, sentence.Confidence, sentence.Faults,
            field == DraftedPlaces.VitalSigns ? SpokenMeasures.Of(sentence.Text) : [], state, taken?.Text);
    }
}
