namespace DrAssistant.Data.Drafting.Words;

/// <summary>As much of English verbs as it takes to make "I take" into "she takes", and to leave "I took" alone.</summary>
internal static class Verbs
{
    private static readonly HashSet<string> Pasts = Set("""
        was were had did went got took felt thought came saw said told ate began fell hurt put ran slept woke lost kept left gave made drank quit cut knew found broke brought bought caught
        heard held read rode sat spoke spent stood taught threw understood wore wrote became chose drove flew forgot grew hid led lay let lit meant met paid sent shook shot sang sank sold swam won bent
        bled built burnt dealt dug drew fed fought froze hung hit kept knelt laid leapt learnt lent rang rose shut slid stuck stung struck swore swept swelled tore wound used
        """);

    private static readonly HashSet<string> Participles = Set("been gone gotten taken seen done had come given known eaten drunk begun fallen broken forgotten grown worn become");

    private static readonly HashSet<string> Modals = Set("can could will would should might must may shall ought");

    private static readonly HashSet<string> Adverbs = Set("""
        also maybe probably perhaps just really still always never usually often sometimes only even actually probably definitely currently recently already ever generally normally occasionally typically
        mostly basically certainly finally now then not almost simply normally constantly kind of sort
        """);

    public static bool IsModal(string word) => Modals.Contains(word);

    public static bool IsAdverb(string word) => Adverbs.Contains(word) || (word.Length > 4 && word.EndsWith("ly", StringComparison.Ordinal) && word is not "apply" and not "rely" and not "supply");

    public static bool IsParticiple(string word) => Participles.Contains(word) || (word.Length > 4 && word.EndsWith("ed", StringComparison.Ordinal) && word is not "need" and not "feed" and not "bleed");

    public static bool IsPast(string word) => Pasts.Contains(word) || IsParticiple(word);

    /// <summary>The form that goes with she, he or it.</summary>
    public static string ThirdPerson(string verb)
    {
        if (verb is "am" or "are")
        {
            return "is";
        }

        if (verb is "were")
        {
            return "was";
        }

        if (IsModal(verb) || IsPast(verb) || verb is "is" or "has" or "does" or "was" || verb.EndsWith("ing", StringComparison.Ordinal))
        {
            return verb;
        }

        return verb switch
        {
            "have" => "has",
            "do" => "does",
            "go" => "goes",
            _ when verb.EndsWith("ss", StringComparison.Ordinal) || verb.EndsWith("sh", StringComparison.Ordinal) || verb.EndsWith("ch", StringComparison.Ordinal) || verb[^1] is 'x' or 'z' => verb + "es",
            _ when verb[^1] == 'y' && verb.Length > 2 && !"aeiou".Contains(verb[^2], StringComparison.Ordinal) => verb[..^1] + "ies",
            _ when verb[^1] == 's' => verb,
            _ => verb + "s",
        };
    }

    private static HashSet<string> Set(string words) => new(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
