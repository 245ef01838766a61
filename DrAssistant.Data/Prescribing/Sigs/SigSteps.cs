namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>Which parts of a line are steps of their own: <c>1 tab, BD, 5 d</c> is one, <c>40 mg x 5 d, 30 mg x 5 d</c> are two.</summary>
internal static class SigSteps
{
    public static List<List<SigWord>> Part(List<List<SigWord>> segments)
    {
        var steps = new List<List<SigWord>>();
        foreach (var segment in segments)
        {
            if (steps.Count == 0 || Begins(segment, steps[^1]))
            {
                steps.Add([.. segment]);
            }
            else
            {
                steps[^1].AddRange(segment);
            }
        }

        return steps;
    }

    private static bool Begins(List<SigWord> segment, List<SigWord> before)
        => (Has<SigWord.Dose>(segment) && Has<SigWord.Dose>(before))
            || (Has<SigWord.Pattern>(segment) && Has<SigWord.Pattern>(before))
            || ((Has<SigWord.Dose>(segment) || Has<SigWord.Pattern>(segment)) && Has<SigWord.Duration>(before));

    private static bool Has<T>(List<SigWord> words)
        where T : SigWord
        => words.Exists(w => w is T);
}
