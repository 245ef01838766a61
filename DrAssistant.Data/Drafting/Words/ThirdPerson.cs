namespace DrAssistant.Data.Drafting.Words;

/// <summary>
/// Turns what a patient says of themself, or a doctor says to them, into what a note says of them: "my throat hurts me" is "her throat hurts her".
/// What the doctor says of themself stays in the first person, since the doctor signs the note.
/// </summary>
internal static class ThirdPerson
{
    private static readonly HashSet<string> BeforeObject = new(StringComparer.Ordinal)
    {
        "for", "to", "with", "of", "on", "from", "give", "gave", "want", "see", "seen", "saw", "have", "put", "start", "started", "refer", "get", "let", "send", "sent", "help", "helps", "show", "tell", "told", "advise", "prescribe", "recommend",
        "keep", "switch", "about", "at", "by", "in", "make", "makes", "bother", "bothering", "bothers", "ask", "asked", "examine", "prescribed", "continue", "treat", "near", "around", "hurt", "hurts", "hurting", "like", "need", "put", "giving", "off", "put", "schedule", "monitor", "remind", "than", "set", "between", "caused", "causes", "give", "allow", "got", "taken", "into", "against", "without",
    };

    private static readonly HashSet<string> Clauses = new(StringComparer.Ordinal)
    {
        "if", "that", "when", "because", "since", "and", "but", "so", "while", "until", "where", "as", "how", "what", "which", "think", "believe", "know", "say", "said", "like", "once", "whenever", "after", "before", "or", ",", "although", "unless", "feel", "hope", "see",
    };

    private static readonly HashSet<string> NoVerb = new(StringComparer.Ordinal)
    {
        ",", ".", "?", ";", "...", "and", "or", "but", "the", "a", "an", "my", "your", "his", "her", "it", "that", "this", "in", "on", "at", "for", "with", "of", "to", "from", "so", "if", "when", "because", "no", "yes", "any", "some", "all", "both", "he", "she", "they", "we", "who", "what", "right", "left", "okay", "about",
    };

    public static List<Word> Of(IReadOnlyList<Word> words, Speaker speaker, Subject subject)
    {
        var (i, mine) = speaker == Speaker.Doctor ? ("you", "your") : ("i", "my");
        var turned = new List<Word>(words.Count);
        var (agree, named) = (false, false);
        for (var at = 0; at < words.Count; at++)
        {
            var (word, before) = (words[at].Text, at > 0 ? words[at - 1].Text : "");
            var text = word;
            if (word == i)
            {
                var isObject = speaker == Speaker.Doctor && IsObject(words, at, before);
                // Who is called the patient is called so once a sentence.
                text = subject != Subject.Patient || !named ? isObject ? subject.Them : subject.They : isObject ? "them" : "they";
                agree = !isObject && text != "they" && !Inverted(turned, subject);
                named = true;
            }
            else if (word == mine)
            {
                text = subject.Their;
            }
            else if (agree && !Verbs.IsAdverb(word))
            {
                text = NoVerb.Contains(word) ? Other(word, speaker, subject) : Verbs.ThirdPerson(word);
                agree = words[at].IsMark;
            }
            else
            {
                text = before == i && turned[^1].Text == "they" && word is "am" or "was" ? word == "am" ? "are" : "were" : Other(word, speaker, subject);
            }

            turned.Add(words[at] with { Text = text });
        }

        return turned;
    }

    private static string Other(string word, Speaker speaker, Subject subject) => (word, speaker == Speaker.Doctor) switch
    {
        ("me", false) => subject.Them,
        ("mine", false) or ("yours", true) => subject.Theirs,
        ("myself", false) or ("yourself", true) => subject.Themself,
        ("we", false) => "they",
        ("us", false) => "them",
        ("our", false) => "their",
        ("you", false) => "the doctor",
        ("your", false) => "the doctor's",
        _ => word,
    };

    /// <summary>"are you", "do you": the verb came first and has to agree backwards.</summary>
    private static bool Inverted(List<Word> turned, Subject subject)
    {
        if (turned.Count == 0)
        {
            return false;
        }

        var before = turned[^1];
        if (before.Text is not ("am" or "are" or "were" or "do" or "have" or "can" or "could" or "would" or "should" or "did" or "does" or "will"))
        {
            return false;
        }

        turned[^1] = before with { Text = Verbs.ThirdPerson(before.Text) };
        return subject.They.Length > 0;
    }

    /// <summary>"I want to see you", "to help you": somebody does something with the patient. At the end of a clause it can be nothing else.</summary>
    private static bool IsObject(IReadOnlyList<Word> words, int at, string before)
    {
        if (at + 1 >= words.Count || words[at + 1].IsMark)
        {
            return true;
        }

        var next = words[at + 1].Text;
        if (before is "see" or "like" or "have" or "that" or "as" && next is "are" or "have" or "had" or "were" or "will" or "can" or "do" or "did" or "should" or "would" or "need")
        {
            return false;
        }

        if (Clauses.Contains(before) && !BeforeObject.Contains(before))
        {
            return false;
        }

        return BeforeObject.Contains(before) || next is "on" or "to" or "in" or "for" or "with" or "at" or "up" or "back";
    }
}
