using System.Text.RegularExpressions;

namespace DrAssistant.Data.Patients;

/// <summary>
/// What an Indian name sounds like, whatever way it is spelt in Latin letters: Laxmi and Lakshmi, Vikas and Bikash, Sita and Seetha
/// have a key in common. Consonants are folded into their sound, vowels into two classes (i and u) with the short a left out.
/// A letter that two languages read differently gives a key for each reading, so a word has a few keys, and two words sound alike
/// when they share one.
/// </summary>
internal static class NamePhonetics
{
    private const int LongestWord = 40;
    private const int MostKeys = 16;
    private const int ShortestWithSuffix = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Spellings of one sound, before the readings part.</summary>
    private static readonly Rule[] Consonants =
    [
        new("tch", "ks"),                            // Meenatchi, Meenakshi
        new("^ch(?=el[lv]|en[dt]h?il|idam)", "s"),   // Tamil writes ch and s with one letter: Chelvi, Selvi
        new("(?<=a)ch(?=alam$)", "s"),
        new("ch+", "C"),                             // set aside while c becomes k
        new("cc+", "c"),
        new("c(?=[eiy])", "s"),
        new("c", "k"),
        new("C", "c"),
        new("[kg]sh?", "ks"),
        new("x", "ks"),
        new("k+", "k"),
        new("(?<=i)que$", "k"),                      // Rafique, Rafiq
        new("q(u(?=[aeiou]))?", "k"),
        new("sh", "s"),
        new("dny|gny|jny|jn|^gn", "gy"),             // one sound, written Dnyan, Gyan and Jnan
        new("^hr", "r"),
        new("^jy", "j"),
        new("^guru(?=[dp])", "gur"),
        new("(?<=[rm]u)ka(?=[nm]$)", "ga"),          // Tamil writes k and g with one letter: Murukan, Murugan
        new("(?<=naya)k(?=i$|am$)", "g"),
        new("^kad(?=ir[aeiv])", "kat"),              // and t and d with another: Kathirvel, Kadirvel
        new("subrah?man[iy]+a[mn]$", "subramanian"),
        new("^venkata?ramanan$", "venkataraman"),
        new("^swap", "sap"),
        new("(?<=[ktpmv])ru(?=[sptd])", "ri"),       // the vowel r: Trupti in Marathi, Tripti in Hindi
        new("^rus", "ris"),
    ];

    /// <summary>From a reading to its key.</summary>
    private static readonly Rule[] Sounds =
    [
        new("z", "j"),
        new("ph|f", "p"),
        new("(?<=[bdgjkptvlrmncw])h", ""),           // aspiration is heard, and spelt at will
        new("h$", ""),
        new("(?<=o)w(?=[^aeiouy]|$)", "u"),
        new("[wb]", "v"),                            // Vikas in Hindi, Bikash in Bengali
        new("[ei]nd(?:[ae]r|ra?)$", "indra"),        // Devendra, Devender, Davinder
        new("[ei]ndran$", "indran"),
        new("(?<=[^aeiou])nder$", "ndra"),
        new("n(?=[pvm])", "m"),
        new(@"([^eo])\1+", "$1"),
        new("([eo])\\1+", "$1$1"),
        new("ey$", "e"),
        new("(?<=o[^aeiouy])e$", ""),                // Kishore
        new("(?<=[^aeiou])e$", "i"),                 // Pande
        new("ee", "i"),
        new("oo", "u"),
        new("(?<=[^aeiouy])y(?=[aeiou])", "i"),
    ];

    private static readonly Regex Doubled = Pattern(@"([^eo])\1+");
    private static readonly Regex ManyEo = Pattern(@"([eo])\1+");
    private static readonly Regex SingleE = Pattern("(?<=[^aeiouy])e(?=[^aeiouy])");
    private static readonly Regex SouthernEnding = Pattern("[^aeiouy]a[nm]$");
    private static readonly Regex TeluguEnding = Pattern(".(?:raju|velu|ulu)$");
    private static readonly Regex AddressOfRespect = Pattern("(?<=.{4})(?:bhai|ben)$"); // Gujarati: Rameshbhai, Kantaben
    private static readonly Regex ClosedU = Pattern("(?<=[^aeiouy])un$");               // Murugun
    private static readonly Regex OpeningVowels = Pattern("^(?!y)[aeiouy]+");
    private static readonly Regex Vowels = Pattern("[aeiouy]+");
    private static readonly Regex LongVowel = Pattern("[iy]|ea|ae");
    private static readonly Regex ManySigns = Pattern("([iu]{2})[iu]+");

    // Arun and Aruna, Vimal and Vimala are two people; Manjunath and Manjunatha, Agarwal and Agarwala are one.
    private static readonly Regex FemaleA = Pattern("(?<!aran|ayan|raj|arjun|sman|val|nat)(?<=[njpml])a$");

    /// <summary>The keys of a word of lower-case Latin letters. A single letter is an initial, and its own key.</summary>
    public static IReadOnlyList<string> KeysOf(string word)
    {
        word = NameAliases.Canonical(word.Length > LongestWord ? word[..LongestWord] : word);
        if (word.Length <= 1 || !word.All(char.IsAsciiLetterLower))
        {
            return [word];
        }

        if (NameAliases.KeyApart(word) is { } apart)
        {
            return [apart];
        }

        var folded = Apply(Consonants, word);
        folded = ManyEo.Replace(Doubled.Replace(folded, "$1"), "$1$1");
        return [.. Readings(folded).Select(KeyOf).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal).Take(MostKeys)];
    }

    /// <summary>The ways in which different languages would read the word.</summary>
    private static HashSet<string> Readings(string word)
    {
        HashSet<string> readings = [word];
        if (word.Contains("zh", StringComparison.Ordinal))
        {
            // Azhar has a z; Ezhil has the Tamil letter that others write l.
            readings = [word.Replace("zh", "z", StringComparison.Ordinal), word.Replace("zh", "l", StringComparison.Ordinal)];
        }

        Also(readings, reading => reading.Replace('z', 's'));
        Also(readings, reading => reading.Replace("dh", "t", StringComparison.Ordinal));
        Also(readings, reading => reading[0] == 'y' && reading != "yadav" ? 'j' + reading[1..] : reading);
        Also(readings, reading => word.Length >= ShortestWithSuffix ? WithoutSouthernEnding(reading) : reading);
        Also(readings, reading => TeluguEnding.IsMatch(reading) ? reading[..^1] : reading);
        Also(readings, reading => reading.EndsWith("warlu", StringComparison.Ordinal) ? reading[..^2] : reading);
        Also(readings, reading => AddressOfRespect.IsMatch(reading) ? AddressOfRespect.Replace(reading, "") : reading);
        Also(readings, reading => reading.Length >= ShortestWithSuffix ? ClosedU.Replace(reading, "an") : reading);
        Also(readings, reading => reading.Replace('o', 'a'));
        Also(readings, reading => SingleE.Replace(reading, "i"));
        return readings;
    }

    /// <summary>Srinivasan is Srinivas in the north; but Krishnan is Krishna, and not Kishan.</summary>
    private static string WithoutSouthernEnding(string reading)
    {
        if (!SouthernEnding.IsMatch(reading))
        {
            return reading;
        }

        return reading.EndsWith("nan", StringComparison.Ordinal) ? reading[..^1] : reading[..^2];
    }

    private static void Also(HashSet<string> readings, Func<string, string> other)
        => readings.UnionWith(readings.Select(other).ToList());

    private static string KeyOf(string reading)
    {
        var word = Apply(Sounds, reading);
        if (word.Length == 0)
        {
            return word;
        }

        var ending = FemaleA.IsMatch(word) ? "a" : "";
        var opening = OpeningVowels.Match(word).Value;
        var body = Vowels.Replace(word[opening.Length..], cluster => Class(cluster.Value));
        return FirstSound(opening) + ManySigns.Replace(body, "$1") + ending;
    }

    /// <summary>At the beginning a vowel always counts: Anita and Nita are two names.</summary>
    private static string FirstSound(string vowels) => vowels switch
    {
        "" => "",
        ['a'] => "a",
        ['e'] or ['i'] => "i",
        ['o'] or ['u'] => "u",
        _ when vowels.AsSpan().ContainsAny('i', 'e', 'y') => "i",
        _ when vowels.AsSpan().ContainsAny('o', 'u') => "u",
        _ => "a",
    };

    private static string Class(string vowels)
    {
        var rounded = vowels.AsSpan().ContainsAny('o', 'u', 'w');
        if (rounded && vowels.AsSpan().ContainsAny('e', 'i', 'y'))
        {
            return "ui";
        }

        if (LongVowel.IsMatch(vowels))
        {
            return "i";
        }

        return rounded ? "u" : "";
    }

    private static string Apply(Rule[] rules, string word)
        => rules.Aggregate(word, (result, rule) => rule.Pattern.Replace(result, rule.Replacement));

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.CultureInvariant, Patience);

    private sealed class Rule(string pattern, string replacement)
    {
        public Regex Pattern { get; } = NamePhonetics.Pattern(pattern);
        public string Replacement { get; } = replacement;
    }
}
