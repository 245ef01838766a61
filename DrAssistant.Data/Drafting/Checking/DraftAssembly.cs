using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>Makes a draft of what an engine proposes: checked, and with its confidence.</summary>
internal static class DraftAssembly
{
    public static DraftedNote Of(Transcript transcript, IReadOnlyList<Piece> pieces, string engine, string version, double? transcription)
    {
        var checker = new SupportChecker(transcript);
        var sentences = new List<DraftedSentence>();
        var removed = 0;
        foreach (var piece in pieces)
        {
            var faults = checker.Check(piece.Section, piece.Text, piece.Spans);
            if (faults.Any(SupportChecker.IsGrave) || (faults.Count > 0 && engine == ExtractiveEngine.Name))
            {
                removed++;
                continue;
            }

            var confidence = Confidence.Of(piece, checker.Share(piece.Text, piece.Spans), transcription);
            sentences.Add(new DraftedSentence(piece.Section, piece.Heading, piece.Text, piece.Spans, faults.Count > 0 ? confidence / 2 : confidence, faults));
        }

        var note = sentences.Any(s => s.Section != DraftSection.Summary) ? sentences : [];
        return new DraftedNote(note, Confidence.OfNote(note), engine, version, transcript.Hash(), note.Count == 0 ? Emptiness.NothingLeft : null, removed);
    }

    public static DraftedNote Empty(Transcript transcript, string engine, string version, string why) => new([], 0, engine, version, transcript.Hash(), why, 0);
}
