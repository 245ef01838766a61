using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>A visit as the engine sees it.</summary>
internal sealed record Visit(Transcript Transcript, IReadOnlyList<Utterance> Said, Subject Subject, DraftChart Chart)
{
    private const int WordsOfAShortTalk = 200;

    /// <summary>A few questions and answers, and not a whole visit.</summary>
    public bool IsShort { get; } = Said.Sum(s => s.Words.Count) < WordsOfAShortTalk;

    public static Visit Read(Transcript transcript, DraftChart chart)
    {
        var said = UtteranceReader.Read(transcript);
        Phases.Mark(said);
        return new Visit(transcript, said, Subject.Of(transcript, chart), chart);
    }

    /// <summary>What somebody else answered to the last questions of a turn; null when the doctor went on before they could.</summary>
    public Utterance? AnswerTo(int question)
    {
        var turn = Said[question].Turn;
        var at = question + 1;
        while (at < Said.Count && Said[at].Turn == turn)
        {
            // A question that was followed by other talk was not the one that was answered.
            if (!Said[at].IsQuestion && Said[at].At(0) is not ("no" or "or" or "any") && Said[at].Words.Count > 4)
            {
                return null;
            }

            at++;
        }

        return at < Said.Count && Said[at].Speaker != Said[question].Speaker ? Said[at] : null;
    }
}
