using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>
/// How likely a doctor keeps a sentence. The curve was fitted on the training visits, where a sentence counts as kept when the doctor's own note says it too;
/// <c>make bench-drafting</c> shows on the other visits how true it is.
/// </summary>
internal static class Confidence
{
    private const double Base = 0.21;
    private const double BySalience = 0.53;
    private const double MostSalience = 8;
    private const double ByShare = 0.25;
    private const double ByLength = -0.073;
    private const double ByAnswer = 0.76;

    /// <summary>Of one sentence, from 0 to 1.</summary>
    /// <param name="piece">How much of a note it is, how long, and of which section.</param>
    /// <param name="share">How many of its words its source has.</param>
    /// <param name="transcription">How sure the transcription was.</param>
    public static double Of(Piece piece, double share, double? transcription)
    {
        var score = Base + (BySalience * Math.Min(piece.Salience, MostSalience)) + (ByShare * share) + (ByLength * piece.Words) + (piece.Spans.Count > 1 ? ByAnswer : 0) + BySection(piece.Section);
        var kept = 1 / (1 + Math.Exp(-score));
        return Math.Round(kept * Math.Clamp(transcription ?? 1, 0, 1), 2);
    }

    private static double BySection(DraftSection section) => section switch
    {
        DraftSection.Objective => -1.04,
        DraftSection.Plan => -0.51,
        _ => 0,
    };

    public static double OfNote(IReadOnlyList<DraftedSentence> sentences)
        => sentences.Count == 0 ? 0 : Math.Round(sentences.Sum(s => s.Confidence * s.Text.Length) / sentences.Sum(s => s.Text.Length), 2);
}
