using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Cuts turns into utterances. Where speech was written down without full stops, the words by which people begin a new thought stand in for them.</summary>
internal static class UtteranceReader
{
    private const int ShortestBefore = 4;
    private const int LongestWithoutMark = 30;

    private static readonly HashSet<string> Subjects = Set("i you we it he she they there that this my your");
    private static readonly HashSet<string> Joining = Set("and but so because");
    private static readonly HashSet<string> Open = Set("""
        that if when as because and but what how think like which do did have are can am was would than so where since while or until say said know believe is were does has should could may might will for to with of on in at
        from about by the a an your my any no into over under before after once whenever feel see mean want guess thought sure glad told though although unless whether until up around
        """);

    private static readonly string[] QuestionStarts =
    [
        "do you", "are you", "have you", "did you", "is it", "is there", "does it", "does that", "is that", "was it", "was that", "were you", "can you", "could you", "would you", "will you", "has it", "have there", "are there", "has there", "does anything", "do any",
        "what", "when", "where", "how", "which", "who", "any", "any other", "has anyone", "does anyone", "does anybody", "anyone", "anybody", "does he", "does she", "is he", "is she", "has he", "has she", "did he", "did she", "was he", "was she", "ever had", "is this", "is your", "does your", "are your", "have your", "has your", "is the", "does the", "did it", "did that", "did your", "how about", "what about", "tell me",
    ];

    private static readonly string[] Breaks =
    [
        "on your", "for your first", "for your second", "for your third", "for your next", "for your last", "for your fourth", "for the first", "for the second", "for the next", "for the last", "for my first", "do you", "are you", "have you", "did you", "let us", "any other questions", "what questions", "what other questions", "on a focused", "on physical", "the good news is", "okay", "now", "let me", "any questions",
        "as far as", "in terms of", "how about", "what about", "and then", "as for", "then i", "number 1", "number 2", "number 3", "your next problem", "so for",
    ];

    /// <summary>These begin a question or turn away from what was said, whatever stands before.</summary>
    private static readonly string[] Turning =
    [
        "do you", "are you", "have you", "did you", "were you", "can you tell", "could you", "does that", "does it hurt", "is that", "is it", "how does", "how is", "how are", "how about", "what about", "any other", "any questions", "let me", "let us", "is there", "are there", "hopefully", "okay", "yes", "tell me",
    ];

    private static readonly HashSet<string> Leading = Set("what how where when why if that who which or than as whatever wherever because think know sure");
    private static readonly HashSet<string> SoMuch = Set("much many far bad hard good well badly that long often little few quickly");

    /// <summary>A thought that ends with one of these was cut off.</summary>
    private static readonly HashSet<string> Dangling = Set("the a an of on in to with for my your if when as at is was are i you we have do does can will would that and or but so from about like his her their been be not hopefully because than");

    public static List<Utterance> Read(Transcript transcript)
    {
        var said = new List<Utterance>();
        for (var i = 0; i < transcript.Turns.Count; i++)
        {
            foreach (var piece in Pieces(transcript.Turns[i].Words))
            {
                Add(said, i, transcript.Turns[i].Speaker, piece);
            }
        }

        return said;
    }

    private static void Add(List<Utterance> said, int turn, Speaker speaker, List<Word> piece)
    {
        var asked = piece[^1].Text == "?" && !IsAssent(piece);
        var words = Whole(Fillers.Trimmed(piece), piece[^1].IsMark);
        if (words.Count == 0)
        {
            words = piece.Where(w => !w.IsMark).Take(1).ToList();
            if (words.Count == 0)
            {
                return;
            }
        }

        said.Add(new Utterance
        {
            Turn = turn,
            Speaker = speaker,
            Words = words,
            Start = words[0].Start,
            End = words.Max(w => w.End),
            IsQuestion = asked || Phrase.Longest(words, QuestionStarts) > 0,
            Terms = Lexicon.Instance.Find(words),
        });
    }

    /// <summary>Without the first words of a thought that somebody else's turn or another thought cut off.</summary>
    private static List<Word> Whole(List<Word> words, bool written)
    {
        var to = words.Count;
        while (!written && to > 1 && (words[to - 1].IsMark || Dangling.Contains(words[to - 1].Text)))
        {
            to--;
        }

        return words.GetRange(0, to);
    }

    /// <summary>"…, okay ?" tells and does not ask.</summary>
    private static bool IsAssent(List<Word> piece)
        => piece.Count > 4 && piece[^2].Text is "okay" or "right" && (piece[^3].Text == "," || Phrase.Longest(Fillers.Trimmed(piece), QuestionStarts) == 0);

    private static IEnumerable<List<Word>> Pieces(IReadOnlyList<Word> words)
    {
        var marks = words.Count(w => w.Text is "." or "?" or "!");
        var written = marks * LongestWithoutMark >= words.Count;
        var piece = new List<Word>();
        for (var i = 0; i < words.Count; i++)
        {
            if (piece.Count > 0 && (written ? piece.Count > LongestWithoutMark && IsJoint(words, i) : IsTurn(words, i) || (piece.Count >= ShortestBefore && IsBreak(words, i))))
            {
                yield return piece;
                piece = [];
            }

            piece.Add(words[i]);
            if (words[i].Text is "." or "?" or "!" or ";" or "...")
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    private static bool IsTurn(IReadOnlyList<Word> words, int i)
    {
        var before = words[i - 1].Text;
        return (Phrase.Longest(words, Turning, i) > 0 && !Leading.Contains(before))
            || (words[i].Text == "so" && before is not ("is" or "was" or "are" or "not" or "do" or "think" or "and" or "be" or "or" or "hope" or "why") && i + 1 < words.Count && !SoMuch.Contains(words[i + 1].Text));
    }

    private static bool IsBreak(IReadOnlyList<Word> words, int i)
    {
        var before = words[i - 1].Text;
        return IsJoint(words, i)
            || (Phrase.Longest(words, Breaks, i) > 0 && !Open.Contains(before))
            || (Subjects.Contains(words[i].Text) && !Open.Contains(before) && BeginsClause(words, i));
    }

    private static bool IsJoint(IReadOnlyList<Word> words, int i)
        => Joining.Contains(words[i].Text) && i + 1 < words.Count && (Subjects.Contains(words[i + 1].Text) || words[i + 1].Text is "then" or "on" or "for") && BeginsClause(words, i + 1);

    /// <summary>A subject begins a clause when its verb follows soon: "your lungs are clear", not "your lungs".</summary>
    private static bool BeginsClause(IReadOnlyList<Word> words, int i)
    {
        if (words[i].Text is "then" or "on" or "for" or "i" or "we" or "he" or "she" or "they")
        {
            return true;
        }

        for (var at = i + 1; at < Math.Min(i + 5, words.Count); at++)
        {
            if (words[at].Text is "is" or "are" or "was" or "were" or "has" or "have" or "do" or "does" or "did" or "will" or "can" or "should" or "may" or "might" or "could" or "would" or "looks" or "look" or "shows" or "showed" or "hurts" or "seems" or "appear" or "appears" or "need" or "had")
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<string> Set(string words) => new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
