using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>What the doctor measured, found and read out: vitals, examination, results.</summary>
internal sealed class FindingsWriter(Visit visit)
{
    private static readonly string[] Leads =
    [
        "i do appreciate", "i appreciate", "i can appreciate", "i do hear", "i hear", "i can hear", "i notice", "i do notice", "i see", "i do see", "i can see", "i feel", "i can feel", "i note", "you do have", "you have", "you have got", "you still have", "there is", "there are", "there is also", "it looks like", "it looks like you have", "it seems like", "i also appreciate",
        "i also hear", "i also see", "it shows", "he has", "she has", "he does have", "she does have", "it is", "you also have", "i am seeing", "i am hearing", "i am noticing", "i think", "i do think", "i note that", "i noticed", "we have", "it appears", "it appears that", "you appear", "you are", "you have some", "i find", "i also note",
    ];

    private static readonly string[] Denials =
    [
        "i do not appreciate any", "i do not appreciate", "i do not hear any", "i do not hear", "i do not see any", "i do not see", "i do not feel any", "i do not feel", "i do not notice any", "i do not notice", "you do not have any", "you do not have", "there is not any", "there are not any", "there is not", "there are not", "i did not appreciate any", "i did not hear any", "i did not see any", "i am not hearing any", "i am not seeing any", "i am not appreciating any", "i do not find any", "he does not have any", "she does not have any", "i can not appreciate any", "i did not appreciate", "i did not hear", "i did not see",
    ];

    private static readonly string[] Announcements =
    [
        "i am going to", "let me", "let us", "i want to", "i will", "can you", "could you", "does", "do you", "any questions", "we will", "go ahead", "take a deep breath", "hey", "show me", "if you", "tell me", "i would like", "we are going to", "lift", "follow my", "push", "hold", "bend", "what i am", "if you have",
    ];

    private string _region = "";

    public IEnumerable<Piece> Write()
    {
        for (var i = 0; i < visit.Said.Count; i++)
        {
            var one = visit.Said[i];
            if (one.Speaker == Speaker.Doctor && Read(one, i) is { } piece)
            {
                yield return piece;
            }
            else if (one.IsQuestion && one.Speaker == Speaker.Doctor && Pressed(i) is { } pain)
            {
                yield return pain;
            }
        }
    }

    private Piece? Read(Utterance one, int i)
    {
        Follow(one);
        if (one.IsQuestion || one.Words.Count < 2 || Phrase.Longest(one.Words, Announcements) > 0 || one.At(0) is "of" or "is" or "does")
        {
            return null;
        }

        if (IsVital(one))
        {
            return Piece.Of(DraftSection.Objective, Headings.Vitals, Writing.Sentence(Stated(one)), 3 + Salience.Of(one), one);
        }

        if (IsResult(one))
        {
            return Piece.Of(DraftSection.Objective, Headings.Results, Writing.Sentence(Stated(one)), 2 + Salience.Of(one), one);
        }

        return IsFinding(one, i) ? Found(one) : null;
    }

    private static bool IsVital(Utterance one)
        => one.Has("vital") && !one.Has("drug") && one.Phase != VisitPhase.Decisions
            && (one.Phase == VisitPhase.Findings || one.SaysAny("today", "here in the office", "in the office", "your vitals")) && (one.Words.Any(w => w.IsNumber) || one.SaysAny("elevated", "high", "low", "normal", "good", "great", "fine", "stable", "afebrile"));

    private static bool IsResult(Utterance one)
        => one.Has("test") && !one.SaysAny("order", "going to get", "repeat", "schedule", "i want", "i would like", "we will", "i will", "refer")
            && one.At(0) is not ("if" or "because" or "when" or "have") && (one.SaysAny("showed", "shows", "show", "reveals", "revealed", "normal", "negative", "positive", "elevated", "high", "low", "came back", "looks", "consistent", "demonstrates", "fracture", "within", "stable", "better", "good", "unremarkable", "evidence") || one.Words.Any(w => w.IsNumber))
            && (one.Phase != VisitPhase.Story || one.SaysAny("showed", "shows", "came back", "negative", "positive", "normal", "reviewed", "elevated", "results"));

    private static bool IsFinding(Utterance one, int i)
        => i > 0 && (one.Phase == VisitPhase.Findings || (one.Says("exam") && one.Has("exam"))) && (one.Has("exam") || one.Has("region") || one.Has("body")) && (one.Has("exam") || one.Count("region") + one.Count("symptom") > 1 || one.SaysAny("normal", "good", "clear", "fine", "no", "not", "some", "pain"))
            && !one.SaysAny("we are going", "i am going to", "i want", "i would like", "we will", "hurt when", "how long", "findings", "results", "check out");

    private Piece? Found(Utterance one)
    {
        var text = Stated(one);
        return text.Length < 4 ? null : Piece.Of(DraftSection.Objective, _region.Length > 0 ? $"{Headings.Exam}/{_region}" : Headings.Exam, Writing.Sentence(text), 2.5 + Salience.Of(one), one);
    }

    /// <summary>"Does it hurt when I press here?" "Yes." is a finding.</summary>
    private Piece? Pressed(int i)
    {
        var asked = visit.Said[i];
        if (asked.Phase == VisitPhase.Story || !asked.SaysAny("when i press", "when i push", "if i press", "if i push", "when i touch", "tender here", "any pain when i", "any tenderness", "hurt here", "painful when i") || visit.AnswerTo(i) is not { } answered)
        {
            return null;
        }

        var side = asked.Words.FirstOrDefault(w => w.Text is "right" or "left").Text;
        var part = asked.Terms.FirstOrDefault(t => t.Kind == "body").Text;
        var where = part is null ? "" : $" of the {(side is null ? "" : side + " ")}{part}";
        return Answers.Of(visit.Transcript.Turns[answered.Turn]) switch
        {
            Answer.Yes => Piece.Of(DraftSection.Objective, Heading(), $"Pain to palpation{where}.", 4, asked, answered),
            Answer.No => Piece.Of(DraftSection.Objective, Heading(), $"No pain to palpation{where}.", 4, asked, answered),
            _ => null,
        };
    }

    private string Heading() => _region.Length > 0 ? $"{Headings.Exam}/{_region}" : Headings.Exam;

    /// <summary>A region that is named holds until the next one is.</summary>
    private void Follow(Utterance one)
    {
        if (one.Phase != VisitPhase.Findings && !one.Says("exam"))
        {
            return;
        }

        var regions = one.Terms.Where(t => t.Kind == "region").ToList();
        if (regions.Count > 0)
        {
            _region = regions.GroupBy(r => r.Part, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Min(r => r.At)).First().Key;
        }
    }

    /// <summary>"On your heart exam I do appreciate a murmur": where was examined goes into the heading, who found it goes without saying.</summary>
    private string Stated(Utterance one)
    {
        var words = Fillers.Trimmed(AfterPlace(one.Words));
        if (Phrase.Longest(words, Denials) is > 0 and var denied)
        {
            var rest = ThirdPerson.Of(words[denied..], Speaker.Doctor, visit.Subject);
            return "no " + string.Join(' ', rest.Select(w => w.Text));
        }

        var lead = Phrase.Longest(words, Leads);
        return string.Join(' ', ThirdPerson.Of(words[lead..], Speaker.Doctor, visit.Subject).Select(w => w.Text));
    }

    private static List<Word> AfterPlace(List<Word> words)
    {
        while (words.Count > 4 && words[0].Text is "on" or "in" or "looking" or "for" or "with" && Place(words) is > 0 and var place && place < words.Count - 1)
        {
            words = Fillers.Trimmed(words[place..]);
        }

        return words;
    }

    private static int Place(List<Word> words)
    {
        for (var i = 1; i < Math.Min(9, words.Count); i++)
        {
            if (words[i].Text is "exam" or "examination")
            {
                return i + 1;
            }
        }

        return words[0].Text is "looking" ? 0 : words.FindIndex(0, Math.Min(8, words.Count), w => w.Text == ",") + 1;
    }
}
