using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>What the patient tells, and what they answer: the subjective part.</summary>
internal sealed class StoryWriter(Visit visit)
{
    private const double WorthTelling = 0.6;
    private const double WorthAsking = 0.8;

    /// <summary>Habits, relatives and allergies belong into a note however few words they take.</summary>
    private const double WorthAsHistory = 0.3;

    /// <summary>Of a talk of a minute everything counts.</summary>
    private readonly double _worthTelling = visit.IsShort ? 0.5 : WorthTelling;
    private int _told;

    public IEnumerable<Piece> Write()
    {
        for (var i = 0; i < visit.Said.Count; i++)
        {
            var one = visit.Said[i];
            var piece = one.Speaker == Speaker.Doctor
                ? one.IsQuestion || IsHalfAsked(one) ? Answered(i) : one.Phase == VisitPhase.Story ? Recalled(one) : null
                : Told(i);
            if (piece is not null)
            {
                yield return piece;
            }
        }
    }

    /// <summary>"No numbness or tingling": asked without a question mark, where the next turn is a bare yes or no.</summary>
    private static bool IsHalfAsked(Utterance one) => one.Phase != VisitPhase.Decisions && (one.At(0) is "no" or "any" || (one.At(0) == "you" && one.Phase == VisitPhase.Story));

    private Piece? Answered(int i)
    {
        var asked = visit.Said[i];
        var answered = visit.AnswerTo(i);
        if (answered is null || asked.Phase == VisitPhase.Decisions || Salience.Of(asked) < (Headings.OfStory(asked, Answer.Yes) == Headings.Illness ? WorthAsking : WorthAsHistory))
        {
            return null;
        }

        var answer = Answers.Of(visit.Transcript.Turns[answered.Turn]);
        if (answer == Answer.Neither)
        {
            return null;
        }

        var text = Questions.Statement(asked, answer, visit.Subject, _told++ % 3 == 0);
        return text is null ? null : Piece.Of(DraftSection.Subjective, Headings.OfStory(asked, answer), Writing.Sentence(text), Salience.Of(asked) + 0.5, asked, answered);
    }

    private Piece? Told(int i)
    {
        var one = visit.Said[i];
        var worth = Salience.Of(one);
        if (one.IsQuestion || one.Words.Count < (visit.IsShort ? 3 : 4) || one.At(0) is "that" or "of" or "than" or "aside" || worth < (one.Phase == VisitPhase.Story ? _worthTelling : 2 * WorthTelling) || one.Says("you"))
        {
            return null;
        }

        var words = WithoutAnswer(one.Words);
        if (words.Count < (visit.IsShort ? 3 : 4) || (one.Speaker == Speaker.Companion && words[0].Text is "i" or "we"))
        {
            return null;
        }

        // A companion's "he" is the patient already, and their "I" is not.
        var turned = one.Speaker == Speaker.Companion ? words : ThirdPerson.Of(words, one.Speaker, visit.Subject);
        return Piece.Of(DraftSection.Subjective, Headings.OfStory(one, Answer.Yes), Writing.Sentence(Named(turned, one)), worth, one);
    }

    /// <summary>What the doctor knows of before: "you had a stent two years ago".</summary>
    private Piece? Recalled(Utterance one)
    {
        var worth = Salience.Of(one);
        if (one.Words.Count < 6 || PlanWriter.IsVerdict(one, visit.IsShort) || PlanWriter.IsOrder(one) || one.At(0) is "that" or "of" or "it" or "without" or "with" or "usually" || worth < 1.5 * _worthTelling || one.SaysAny("i know", "let us", "let me", "i want to", "i am going to", "we will", "nurse") || one.At(0) is "i" or "we")
        {
            return null;
        }

        var words = ThirdPerson.Of(one.Words, Speaker.Doctor, visit.Subject);
        return Piece.Of(DraftSection.Subjective, Headings.OfStory(one, Answer.Yes), Writing.Sentence(words), worth, one);
    }

    private string Named(List<Word> words, Utterance one)
    {
        var text = string.Join(' ', words.Select(w => w.Text));
        var they = visit.Subject.They;
        if (one.Speaker == Speaker.Patient && text.StartsWith(they + " ", StringComparison.Ordinal))
        {
            return (_told++ % 3) switch
            {
                0 when visit.Subject != Subject.Patient => "the patient reports that " + text,
                1 => "the patient" + text[they.Length..],
                _ => text,
            };
        }

        return text;
    }

    private static List<Word> WithoutAnswer(List<Word> words)
        => Fillers.Trimmed(words[0].Text == "no" && words.Count > 2 && (words[1].IsMark || words[1].Text is "i" or "it" or "but" or "my") ? words[1..] : words);
}
