namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Whether somebody said yes or no.</summary>
internal enum Answer
{
    Neither,
    Yes,
    No,
}

/// <summary>Reads what was answered to a question.</summary>
internal static class Answers
{
    private static readonly string[] Yes = ["yes", "correct", "that is correct", "that is right", "exactly", "absolutely", "i do", "i have", "i am", "i did", "it is", "it does", "i was", "definitely", "sure", "of course", "right", "uh yes"];
    private static readonly string[] No = ["no", "not", "none", "never", "nothing", "i do not", "i have not", "i am not", "i did not", "neither", "i never", "it does not", "it is not", "negative", "i was not", "not that i know", "i can not", "no one", "nobody"];

    /// <summary>By the first words of the turn. "No, yes" and "yes, no" are neither: a person who corrects themself has to be read by a person.</summary>
    public static Answer Of(Turn turn)
    {
        var words = turn.Words.Where(w => !w.IsMark && w.Text is not ("okay" or "well" or "so" or "like")).Take(8).ToList();
        if (words.Count == 0)
        {
            return Answer.Neither;
        }

        var (no, yes) = (Phrase.Longest(words, No), Phrase.Longest(words, Yes));
        if (no == 0 && yes == 0)
        {
            return Answer.Neither;
        }

        var next = words.Skip(Math.Max(no, yes)).ToList();
        if ((yes > no && Phrase.Longest(next, ["no", "not"]) > 0) || (no >= yes && Phrase.Longest(next, ["yes", "but", "i have", "i do have", "well", "sure"]) > 0))
        {
            return Answer.Neither;
        }

        return no >= yes ? Answer.No : Answer.Yes;
    }
}
