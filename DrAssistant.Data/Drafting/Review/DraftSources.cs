using System.Security.Cryptography;
using System.Text;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Data.Drafting.Review;

/// <summary>What was said in a visit as one text to draft from, and the way back from a place in it to the transcript where it was said.</summary>
/// <param name="Parts">In the order of the text.</param>
/// <param name="Confidence">How sure the transcriptions were, each by its length; what was typed or corrected is sure. Null where all was.</param>
internal sealed record DraftSources(string Text, IReadOnlyList<StoredSource> Parts, double? Confidence)
{
    private const string Between = "\n";

    /// <summary>Where each but the first begins.</summary>
    public IReadOnlyList<int> Breaks => [.. Parts.Skip(1).Select(part => part.Start)];

    /// <summary>The text to draft from, and where in it each transcript stands.</summary>
    /// <param name="transcripts">At least one, oldest first.</param>
    /// <param name="seconds">How long a recording was.</param>
    public static DraftSources Of(IReadOnlyList<TranscriptView> transcripts, Func<Guid, double?> seconds)
    {
        var text = new StringBuilder();
        var parts = new List<StoredSource>();
        foreach (var transcript in transcripts)
        {
            text.Append(parts.Count > 0 ? Between : "");
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(transcript.Text)));
            parts.Add(new StoredSource(transcript.Id, hash, text.Length, text.Length + transcript.Text.Length, transcript.RecordingId is { } of ? seconds(of) : null));
            text.Append(transcript.Text);
        }

        var heard = transcripts.Any(t => t.HeardConfidence is not null)
            ? transcripts.Sum(t => (t.HeardConfidence ?? 1) * t.Text.Length) / Math.Max(1, transcripts.Sum(t => t.Text.Length))
            : (double?)null;
        return new DraftSources(text.ToString(), parts, heard);
    }

    /// <summary>A stretch of the text that was drafted from, in the transcripts: in several where it goes over the end of one.</summary>
    public static IEnumerable<SaidSpan> Places(IReadOnlyList<StoredSource> parts, TranscriptSpan span)
        => from part in parts
           let start = Math.Max(span.Start, part.Start)
           let end = Math.Min(span.End, part.End)
           where start < end
           select new SaidSpan(part.TranscriptId, start - part.Start, end - part.Start, span.Speaker);

    public override string ToString() => $"{Parts.Count} transcripts";
}
