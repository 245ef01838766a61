using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Makes a statement of a question and its yes or no: "any fever or chills?" "No." is "The patient denies fever or chills."</summary>
internal static class Questions
{
    private const int LongestList = 32;

    private static readonly string[] Leads =
    [
        "do you have any", "do you have", "have you had any", "have you had", "are you having any", "are you having", "have you noticed any", "have you noticed", "have you experienced any", "have you experienced", "are you experiencing any", "are you experiencing", "do you get any", "do you get", "did you have any",
        "did you have", "did you get any", "do you notice any", "do you notice", "have you been having any", "have you been having", "were you having any", "were you having", "any", "no", "have there been any", "are there any", "is there any", "did you notice any", "do you feel any", "do you experience any", "do you currently have any", "have you ever had any", "have you ever had", "you have any", "how about", "what about", "how about any", "and any", "you have not had any", "you have had", "have you developed any", "are you feeling any", "has there been any", "do you still have any", "do you still have", "does he have any", "does he have", "does she have any", "does she have", "has he had any", "has she had any", "has he had", "has she had", "do you know of any", "do you know any", "anyone", "anybody", "does anyone", "does anybody", "did he have any", "did she have any", "is he having any", "is she having any", "do any", "are you aware of any", "have you ever been diagnosed with", "have you been diagnosed with any", "do you suffer from any", "do you suffer from", "do you know if you have any", "ever had any", "ever had",
    ];

    private static readonly string[] EmptyHeads =
    [
        "other symptoms like", "other symptoms such as", "other symptoms", "symptoms like", "symptoms such as", "symptoms", "problems with", "problem with", "issues with", "issue with", "trouble with", "history of", "signs of", "type of", "kind of", "other", "associated", "new",
    ];

    private static readonly string[] Tails =
    [
        "with this", "with that", "with it", "or not", "or no", "or anything else", "anything else", "or", "and", "lately", "recently", "with any of this", "right now", "now", "today", "currently", "or not really", "or anything of that nature", "anything", "since then", "you have noticed", "that you have noticed", "or any of those", "any of that", "any of those", "," , "okay", "going on", "or any", "to report", "so far",
    ];

    public static string? Statement(Utterance asked, Answer answer, Subject subject, bool named)
    {
        var words = asked.Words.Where(w => w.Text is not ("?" or ".")).ToList();
        var they = named ? "the patient" : subject.They;
        var lead = Phrase.Longest(words, Leads);
        if (lead > 0 && !(words[0].Text == "no" && answer == Answer.Yes))
        {
            return List(words[lead..], subject) is { } list ? $"{they} {(answer == Answer.No ? "denies" : "reports")} {list}" : null;
        }

        return Inverted(words, answer, subject, they);
    }

    /// <summary>What was asked after, as a list: without what only says that it is one.</summary>
    private static string? List(List<Word> words, Subject subject)
    {
        var rest = words;
        for (var head = Phrase.Longest(rest, EmptyHeads); head > 0; head = Phrase.Longest(rest, EmptyHeads))
        {
            rest = rest[head..];
        }

        rest = Trimmed([.. rest.Where(w => w.Text is not "any")]);
        if (rest.Count is 0 or > LongestList || !Lexicon.Instance.Find(rest).Any(t => t.Kind is not ("time" or "body" or "region" or "family")) || rest.Any(w => w.Text is "you" or "i" or "what" or "how" or "we"))
        {
            return null;
        }

        return string.Join(' ', ThirdPerson.Of(rest, Speaker.Doctor, subject).Select(w => w.Text));
    }

    private static List<Word> Trimmed(List<Word> words)
    {
        while (true)
        {
            var tail = Tails.Select(t => t.Split(' ')).FirstOrDefault(t => t.Length <= words.Count && words.Skip(words.Count - t.Length).Select(w => w.Text).SequenceEqual(t, StringComparer.Ordinal));
            if (tail is null)
            {
                return words;
            }

            words = words[..^tail.Length];
        }
    }

    /// <summary>"Do you smoke" becomes "does not smoke"; "you are taking your medicine", asked, becomes a statement when the answer is yes.</summary>
    private static string? Inverted(List<Word> words, Answer answer, Subject subject, string they)
    {
        if (words.Count < 3 || words.Count > LongestList || answer == Answer.Neither)
        {
            return null;
        }

        if (words[0].Text == "you")
        {
            return answer == Answer.Yes ? Turned(words, subject) : null;
        }

        if (words[1].Text is not ("you" or "he" or "she") || words[2].Text is "or" or "and" or "sure" or "going" or "doing" or "saying" or "think" or "know" or "see" or "remember" or "recall" or "mind" or "still" or "want" || (answer == Answer.Yes && words.Any(w => w.Text is "any" or "or" or "anything" or "anyone")))
        {
            return null;
        }

        var rest = string.Join(' ', ThirdPerson.Of(Trimmed([.. words[2..].Where(w => answer == Answer.No || w.Text is not "ever")]), Speaker.Doctor, subject).Select(w => w.Text));
        var no = answer == Answer.No;
        return words[0].Text switch
        {
            "do" or "does" => no ? $"{they} does not {rest}" : Affirmed(they, rest),
            "did" => no ? $"{they} did not {rest}" : null,
            "have" or "has" => $"{they} has {(no ? "not " : "")}{rest}",
            "are" or "is" => $"{they} is {(no ? "not " : "")}{rest}",
            "were" or "was" => $"{they} was {(no ? "not " : "")}{rest}",
            "can" => $"{they} can {(no ? "not " : "")}{rest}",
            _ => null,
        };
    }

    private static string Affirmed(string they, string rest)
    {
        var parts = rest.Split(' ', 2);
        return parts.Length == 2 && Verbs.IsAdverb(parts[0])
            ? $"{they} {parts[0]} {string.Join(' ', [Verbs.ThirdPerson(parts[1].Split(' ')[0]), .. parts[1].Split(' ')[1..]])}"
            : $"{they} {Verbs.ThirdPerson(parts[0])} {parts.ElementAtOrDefault(1)}".TrimEnd();
    }

    private static string Turned(List<Word> words, Subject subject)
        => string.Join(' ', ThirdPerson.Of(Trimmed(words), Speaker.Doctor, subject).Select(w => w.Text));
}
