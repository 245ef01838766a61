namespace DrAssistant.Data.Drafting.Checking;

/// <summary>
/// How likely a doctor keeps a sentence. The curve was fitted on the training visits, where a sentence counts as kept when the doctor's own note says it too;
/// <c>make bench-drafting</c> shows on the other visits how true it is.
/// </summary>
internal static class Confidence
{
    private const double Base = -1.0;
    private const double BySalience = 0.35;
    private const double ByShare = 1.0;
    private const double ByLength = -0.02;

    /// <summary>Of one sentence, from 0 to 1.</summary>
    /// <param name="salience">How much of a note it is.</param>
    /// <param name="share">How many of its words its source has.</param>
    /// <param name="transcription">How sure the transcription was.</param>
    public static double Of(double salience, double share, int words, double? transcription)
    {
        var score = Base + (BySalience * Math.Min(salience, 8)) + (ByShare * share) + (ByLength * words);
        var kept = 1 / (1 + Math.Exp(-score));
        return Math.Round(kept * Math.Clamp(transcription ?? 1, 0, 1), 2);
    }

    public static double OfNote(IReadOnlyList<DraftedSentence> sentences)
        => sentences.Count == 0 ? 0 : Math.Round(sentences.Sum(s => s.Confidence * s.Text.Length) / sentences.Sum(s => s.Text.Length), 2);
}
