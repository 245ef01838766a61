using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>One thing that somebody said: a sentence where the transcript has full stops, a clause where it has none.</summary>
internal sealed class Utterance
{
    public required int Turn { get; init; }

    public required Speaker Speaker { get; init; }

    /// <summary>Without what leads over and without what asks for assent.</summary>
    public required List<Word> Words { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required bool IsQuestion { get; init; }

    public required IReadOnlyList<Term> Terms { get; init; }

    public VisitPhase Phase { get; set; }

    public TranscriptSpan Span => new(Start, End, Speaker);

    public bool Has(string kind) => Terms.Any(t => t.Kind == kind);

    public int Count(string kind) => Terms.Count(t => t.Kind == kind);

    public string At(int index) => index >= 0 && index < Words.Count ? Words[index].Text : "";

    public bool Says(string phrase) => Phrase.Find(Words, phrase) >= 0;

    public bool SaysAny(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Says(phrase))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => $"turn {Turn}, {Words.Count} words";
}

/// <summary>What happens in a visit, in the order in which it mostly does.</summary>
internal enum VisitPhase
{
    Story,
    Findings,
    Decisions,
}
