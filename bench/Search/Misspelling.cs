namespace DrAssistant.Bench.Search;

/// <summary>Writes names as people write them wrong, by the ear, by the fingers, or in Devanagari. The same seed gives the same questions.</summary>
internal sealed class Misspelling(int seed)
{
    private static readonly (string From, string To)[] ByEar =
    [
        ("sh", "s"), ("s", "sh"), ("ee", "i"), ("i", "ee"), ("oo", "u"), ("u", "oo"), ("v", "w"), ("w", "v"), ("th", "t"), ("t", "th"), ("kh", "k"), ("gh", "g"), ("bh", "b"), ("dh", "d"),
        ("ph", "f"), ("a", "aa"), ("aa", "a"), ("y", "i"), ("c", "k"), ("k", "c"), ("j", "z"), ("z", "j"), ("chh", "ch"), ("ksh", "x"), ("ai", "ay"), ("au", "ou"),
    ];

    private static readonly Dictionary<string, string> Consonants = new(StringComparer.Ordinal)
    {
        ["ksh"] = "क्ष", ["chh"] = "छ", ["kh"] = "ख", ["gh"] = "घ", ["ch"] = "च", ["jh"] = "झ", ["th"] = "थ", ["dh"] = "ध", ["ph"] = "फ", ["bh"] = "भ", ["sh"] = "श", ["k"] = "क", ["q"] = "क",
        ["g"] = "ग", ["c"] = "क", ["j"] = "ज", ["z"] = "ज़", ["t"] = "त", ["d"] = "द", ["n"] = "न", ["p"] = "प", ["f"] = "फ़", ["b"] = "ब", ["m"] = "म", ["y"] = "य", ["r"] = "र", ["l"] = "ल",
        ["v"] = "व", ["w"] = "व", ["s"] = "स", ["h"] = "ह", ["x"] = "क्स",
    };

    private static readonly Dictionary<string, (string Alone, string Sign)> Vowels = new(StringComparer.Ordinal)
    {
        ["aa"] = ("आ", "ा"), ["ee"] = ("ई", "ी"), ["oo"] = ("ऊ", "ू"), ["ai"] = ("ऐ", "ै"), ["au"] = ("औ", "ौ"), ["a"] = ("अ", ""), ["i"] = ("इ", "ि"), ["u"] = ("उ", "ु"), ["e"] = ("ए", "े"), ["o"] = ("ओ", "ो"),
    };

    private const string Virama = "्";
    private const string Keys = "qwertyuiop asdfghjkl zxcvbnm";

    private readonly Random _dice = new(seed);

    /// <summary>One word of the name is written otherwise; half of the time it is all that is asked for.</summary>
    public string Of(string first, string last)
    {
        var (one, other) = _dice.Next(2) == 0 ? (first, last) : (last, first);
        var wrong = Word(one.ToLowerInvariant());
        return _dice.Next(2) == 0 && one.Length >= 5 ? wrong : _dice.Next(2) == 0 ? $"{wrong} {other.ToLowerInvariant()}" : $"{other.ToLowerInvariant()} {wrong}";
    }

    private string Word(string word) => word.Length < 4 || !word.All(char.IsAsciiLetter) ? word : _dice.Next(20) switch
    {
        < 3 => word.Remove(1 + _dice.Next(word.Length - 1), 1),
        < 6 => Doubled(word, 1 + _dice.Next(word.Length - 1)),
        < 9 => Exchanged(word, 1 + _dice.Next(word.Length - 2)),
        < 12 => NextKey(word, 1 + _dice.Next(word.Length - 1)),
        < 17 => Heard(word),
        _ => InDevanagari(word),
    };

    private static string Doubled(string word, int at) => word.Insert(at, word[at].ToString());

    private static string Exchanged(string word, int at) => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}";

    private string NextKey(string word, int at)
    {
        var key = Keys.IndexOf(word[at], StringComparison.Ordinal);
        var next = key + 1 < Keys.Length && Keys[key + 1] != ' ' ? Keys[key + 1] : Keys[key - 1];
        return $"{word[..at]}{next}{word[(at + 1)..]}";
    }

    private string Heard(string word)
    {
        var fitting = ByEar.Where(way => word.IndexOf(way.From, 1, StringComparison.Ordinal) > 0).ToList();
        if (fitting.Count == 0)
        {
            return Doubled(word, word.Length - 1);
        }

        var (from, to) = fitting[_dice.Next(fitting.Count)];
        var at = word.IndexOf(from, 1, StringComparison.Ordinal);
        return $"{word[..at]}{to}{word[(at + from.Length)..]}";
    }

    /// <summary>As it sounds, letter by letter: an a at the end of a word is written long, two consonants are joined.</summary>
    internal static string InDevanagari(string word)
    {
        var written = new System.Text.StringBuilder();
        var afterConsonant = false;
        for (var at = 0; at < word.Length;)
        {
            if (Longest(Consonants.Keys, word, at) is { } consonant)
            {
                written.Append(afterConsonant ? Virama : "").Append(Consonants[consonant]);
                (afterConsonant, at) = (true, at + consonant.Length);
            }
            else if (Longest(Vowels.Keys, word, at) is { } vowel)
            {
                var atEnd = vowel == "a" && at + 1 == word.Length;
                written.Append(afterConsonant ? atEnd ? "ा" : Vowels[vowel].Sign : Vowels[vowel].Alone);
                (afterConsonant, at) = (false, at + vowel.Length);
            }
            else
            {
                at++;
            }
        }

        return written.ToString();
    }

    private static string? Longest(IEnumerable<string> spellings, string word, int at)
        => spellings.Where(spelling => string.CompareOrdinal(word, at, spelling, 0, spelling.Length) == 0).MaxBy(spelling => spelling.Length);
}
