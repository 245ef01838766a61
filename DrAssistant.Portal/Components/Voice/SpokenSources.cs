using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>Where in the visit's transcripts a sentence of a draft was said: which of them, when, and how well it was heard.</summary>
public sealed class SpokenSources
{
    private readonly Dictionary<Guid, Source> _all;

    private SpokenSources(Dictionary<Guid, Source> all) => _all = all;

    public static SpokenSources None { get; } = new([]);

    /// <summary>Each transcript with its number, for the sentences that lead to it.</summary>
    /// <param name="sources">Those that a draft rests on and that still have its text.</param>
    /// <param name="transcripts">All of the visit: where there are several, each has a number.</param>
    public static SpokenSources Of(IReadOnlyList<TranscriptView> sources, IReadOnlyList<TranscriptView> transcripts)
        => new(sources.ToDictionary(t => t.Id, t => new Source(SpokenText.Placed(t), t, transcripts.Count > 1 ? transcripts.ToList().FindIndex(other => other.Id == t.Id) + 1 : null)));

    /// <summary>The first place of these whose time is known.</summary>
    public SpokenAt? From(IEnumerable<SaidSpan> spans)
    {
        foreach (var span in spans)
        {
            if (_all.TryGetValue(span.TranscriptId, out var source) && SpokenText.From(source.Words, span.Start, span.End) is { } at)
            {
                return new SpokenAt(source.Transcript.RecordingId, source.Number, at);
            }
        }

        return null;
    }

    public bool IsUnclear(IEnumerable<SaidSpan> spans)
        => spans.Any(span => _all.TryGetValue(span.TranscriptId, out var source) && SpokenText.IsUnclear(source.Words, span.Start, span.End));

    /// <summary>How sure the worst heard transcription is of those that these rest on; null where nobody knows.</summary>
    public double? HeardConfidence(IEnumerable<SaidSpan> spans)
        => spans.Select(span => _all.GetValueOrDefault(span.TranscriptId)?.Transcript.HeardConfidence).Where(heard => heard is not null).Min();

    private sealed record Source(IReadOnlyList<SpokenWord> Words, TranscriptView Transcript, int? Number);
}

/// <summary>A moment of a recording.</summary>
/// <param name="Number">Of the transcript, from 1; null where the visit has one.</param>
/// <param name="Seconds">From the beginning of the recording.</param>
public sealed record SpokenAt(Guid? RecordingId, int? Number, double Seconds);
