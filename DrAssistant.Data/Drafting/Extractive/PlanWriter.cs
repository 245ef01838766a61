using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>What the doctor concludes and what is to be done, problem by problem.</summary>
internal sealed class PlanWriter(Visit visit)
{
    public const string General = "Plan";
    private const double WorthSaying = 0.7;

    private static readonly string[] Intents =
    [
        "i am going to", "we are going to", "i will", "we will", "i want to", "i would like to", "let us", "i think we should", "i think we will", "we can", "i can", "we should", "i do want to", "i also want to", "i am also going to", "i would also like to", "we need to", "i need to", "we are also going to", "i would recommend", "i recommend", "what i want to do is", "what i would like to do is",
        "i am", "we could", "we would like to", "we want to", "i would", "i do think we should", "we have to", "so i will", "we may", "we might", "i think i want to", "i also would like to",
    ];

    private static readonly string[] Wishes =
    [
        "i want you to", "i would like you to", "i need you to", "i would like for you to", "i do want you to", "i also want you to", "i am going to have you", "i will have you", "we will have you", "i want to have you", "i would like to have you", "let us have you", "i would also like you to", "i am going to ask you to", "we are going to have you", "i recommend that you", "i recommend you",
        "i suggest you", "i would recommend that you", "i advise you to", "i would like to see you", "i want to see you",
    ];

    private static readonly string[] Acts =
    [
        "order", "prescribe", "prescribing", "refer", "referral", "start", "stop", "continue", "increase", "decrease", "schedule", "recheck", "repeat", "follow up", "come back", "return", "recommend", "send", "put you on", "get you", "physical therapy", "avoid", "monitor", "take", "call", "see you", "give you", "add", "switch", "keep", "hold", "obtain", "check", "write", "try", "need to",
        "should", "want you", "like you", "have you", "ice", "rest", "elevate", "wear", "use", "we will", "going to", "let us", "can", "discuss", "talk", "treat", "consult", "apply", "drink", "eat", "exercise",
    ];

    private static readonly string[] Small =
    [
        "any questions", "do you have any", "sound good", "sounds good", "how does that sound", "nurse will", "good to see you", "take care", "see you then", "does that make sense", "let me know", "thank", "hey dragon", "hey", "talk about my assessment", "my assessment", "assessment and", "let me", "finalize", "at the front desk", "check out", "nice",
    ];

    private static readonly string[] Verdicts =
    [
        "you have a", "you have an", "you have the", "it looks like", "looks like you have", "this looks like", "we are looking at", "i think you have", "i think it is", "i think this is", "my diagnosis", "the diagnosis", "this is consistent", "your diagnosis", "you are suffering", "i am diagnosing", "this explains",
    ];

    private static readonly string[] Opinions =
    [
        "i think", "i believe", "looks like", "could be", "might have", "may have", "due to", "secondary to", "we call it", "i suspect", "i am suspecting", "suspecting", "probably", "impression", "diagnosis", "diagnosed", "consistent with", "explains", "explain", "i feel is", "likely", "you have", "still has", "confirms", "she has", "he has",
    ];

    private string _problem = "";

    public IEnumerable<Piece> Write()
    {
        foreach (var one in visit.Said.Where(o => o.Speaker == Speaker.Doctor))
        {
            if (one.Phase != VisitPhase.Decisions && !IsOrder(one) && !IsVerdict(one, visit.IsShort))
            {
                continue;
            }

            if (ProblemWriter.Named(one.Words) is { } named)
            {
                _problem = named.Problem;
                yield return Piece.Of(DraftSection.Assessment, _problem, Writing.Sentence(_problem), 6, one);
                if (one.Words.Count - named.After >= 4 && Said(one, one.Words[named.After..]) is { } more)
                {
                    yield return more;
                }
            }
            else if (!one.IsQuestion && Said(one, one.Words) is { } piece)
            {
                yield return piece;
            }
        }
    }

    /// <summary>What is to be done may be said at any time.</summary>
    public static bool IsOrder(Utterance one)
        => !one.IsQuestion && !one.SaysAny("last time", "history", "exam") && one.Words.Count > 3
            && ((one.SaysAny("order", "prescribe", "refer you", "start you", "put you on", "follow up", "prescription", "consult", "see you back", "come back", "continue", "send you", "give you", "recommend", "schedule")
                    && one.SaysAny("i am going to", "i will", "we will", "let us", "i would like to", "i want to", "we are going to", "i want you", "i would like you", "you should", "you need to", "i recommend", "i would recommend", "i will be"))
                || Phrase.Longest(one.Words, ["i want you to", "i would like you to", "you should", "you need to", "i advise", "i will advise", "i do not want you to", "i recommend", "you can go home", "continue to", "continue your", "please take", "take the", "make sure you", "make sure to", "please follow"]) > 0);

    /// <summary>A verdict that comes before the decisions have begun: "you have an infection", and in a talk of a minute every opinion on a condition.</summary>
    public static bool IsVerdict(Utterance one, bool isShort)
        => one is { Phase: VisitPhase.Story, IsQuestion: false } && (one.Has("condition") || (isShort && one.Has("symptom"))) && (Phrase.Longest(one.Words, Verdicts) > 0 || (isShort && one.SaysAny(Opinions)));

    private Piece? Said(Utterance one, List<Word> words)
    {
        words = Fillers.Trimmed(words);
        var worth = Salience.Of(one);
        if (words.Count < 3 || worth < WorthSaying || one.SaysAny(Small) || words[0].Text is "of" or "they" or "that" || (words[0].Text is "if" or "after" or "because" or "when" && words.Count < 9) || IsResultToldAgain(one))
        {
            return null;
        }

        var isAct = one.SaysAny(Acts);
        return Piece.Of(isAct ? DraftSection.Plan : DraftSection.Assessment, _problem, Written(words), worth + (isAct ? 1.5 : 1), one);
    }

    private static bool IsResultToldAgain(Utterance one) => one.Phase != VisitPhase.Decisions && one.Says("showed");

    private string Written(List<Word> words)
    {
        if (Phrase.Longest(words, Wishes) is > 0 and var wish)
        {
            var rest = words[(wish - 1)..];
            var to = rest.Count > 1 && rest[0].Text is "to" or "you";
            var seen = words[wish - 1].Text == "you" && words[wish - 2].Text == "see";
            return seen ? Sentence(words) : Writing.Sentence($"{They()} should {Text(to ? rest[1..] : rest)}");
        }

        if (Phrase.Longest(words, ["you should", "you need to", "you can", "you will", "you must", "you are going to", "you want to"]) is > 0)
        {
            return Sentence(words);
        }

        if (Phrase.Longest(words, Intents) is > 0 and var intent && words.Count > intent + 1)
        {
            var certain = words[..intent].All(w => w.Text is not ("may" or "might" or "could" or "should" or "can" or "think"));
            return certain && words[intent - 1].Text is "to" or "will" or "us" ? Writing.Sentence($"{(words[0].Text == "i" ? "i" : "we")} will {Text(words[intent..])}") : Sentence(words);
        }

        return Sentence(words);
    }

    private string They() => visit.Subject == Subject.Patient ? "the patient" : visit.Subject.They;

    private string Sentence(List<Word> words) => Writing.Sentence(Text(words));

    private string Text(List<Word> words) => string.Join(' ', ThirdPerson.Of(words, Speaker.Doctor, visit.Subject).Select(w => w.Text));
}
