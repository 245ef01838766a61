using System.Collections.Frozen;
using System.Text;

namespace DrAssistant.Data.Patients;

/// <summary>
/// Names in Indian scripts and in Urdu, written with Latin letters, near enough to be heard and not to be read.
/// Unicode lays nine of the scripts out alike, a block of 128 each: one table serves them, and the few that differ say so.
/// </summary>
internal static class NameScripts
{
    private const int Block = 0x80;
    private const int Devanagari = 0x0900;
    private const int Bengali = 0x0980;
    private const int Gurmukhi = 0x0A00;
    private const int Gujarati = 0x0A80;
    private const int Odia = 0x0B00;
    private const int Tamil = 0x0B80;
    private const int Telugu = 0x0C00;
    private const int Malayalam = 0x0D00;
    private const int FirstConsonant = 0x15;
    private const int Nukta = 0x3C;
    private const int Virama = 0x4D;

    private static readonly string[] Consonants =
    [
        "k", "kh", "g", "gh", "ng", "ch", "chh", "j", "jh", "ny", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n", "n",
        "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "zh", "v", "sh", "sh", "s", "h",
    ];

    private static readonly FrozenDictionary<int, string> Vowels = new Dictionary<int, string>
    {
        [0x05] = "a", [0x06] = "a", [0x07] = "i", [0x08] = "i", [0x09] = "u", [0x0A] = "u", [0x0B] = "ri",
        [0x0D] = "e", [0x0E] = "e", [0x0F] = "e", [0x10] = "ai", [0x11] = "o", [0x12] = "o", [0x13] = "o", [0x14] = "au",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, string> VowelSigns = new Dictionary<int, string>
    {
        [0x3E] = "a", [0x3F] = "i", [0x40] = "i", [0x41] = "u", [0x42] = "u", [0x43] = "ri", [0x44] = "ri",
        [0x45] = "e", [0x46] = "e", [0x47] = "e", [0x48] = "ai", [0x49] = "o", [0x4A] = "o", [0x4B] = "o", [0x4C] = "au",
    }.ToFrozenDictionary();

    /// <summary>Letters with a dot are other letters; where the dot is dropped in writing, the plain one is read.</summary>
    private static readonly FrozenDictionary<string, string> Dotted = new Dictionary<string, string>
    {
        ["k"] = "q", ["j"] = "z", ["d"] = "r", ["dh"] = "rh", ["ph"] = "f",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, string> Urdu = Pairs(
        "ا=a آ=a أ=a إ=i ب=b پ=p ت=t ٹ=t ث=s ج=j چ=ch ح=h خ=kh د=d ڈ=d ذ=z ر=r ڑ=r ز=z ژ=z س=s ش=sh ص=s ض=z ط=t ظ=z ع=a غ=gh "
        + "ف=f ق=q ک=k ك=k گ=g ل=l م=m ن=n ں=n و=u ہ=h ه=h ھ=h ة=h ی=i ي=i ى=i ے=e ئ=i");

    private static readonly FrozenDictionary<char, string> Chillus = Pairs("ൺ=n ൻ=n ർ=r ൽ=l ൾ=l ൿ=k");

    /// <summary>
    /// The Latin spellings of a composed word: one for most, several in Tamil, which writes voiced and unvoiced sounds with one letter.
    /// The word itself if it is of no script known here.
    /// </summary>
    public static IReadOnlyList<string> ToLatin(string word)
    {
        if (!word.Any(c => IsIndic(c) || Urdu.ContainsKey(c)))
        {
            return [word];
        }

        var latin = new StringBuilder();
        for (var at = 0; at < word.Length; at++)
        {
            var c = word[at];
            if (Chillus.TryGetValue(c, out var letter) || Urdu.TryGetValue(c, out letter))
            {
                latin.Append(letter);
            }
            else if (IsIndic(c))
            {
                at += AppendIndic(latin, word, at);
            }
            else if (char.IsLetterOrDigit(c))
            {
                latin.Append(c);
            }
        }

        // The nasal that belongs to a consonant is written with a letter of its own and not heard apart.
        var spelling = latin.Replace("ngk", "nk").Replace("ngg", "ng").Replace("nych", "nch").Replace("nyj", "nj").ToString();
        return word[0] switch
        {
            // Urdu leaves the short vowel of the first letter to the reader: Imran, Umar, Akbar.
            'ا' or 'ع' when spelling.Length > 1 => [spelling, "i" + spelling[1..], "u" + spelling[1..]],
            var first when BlockOf(first) == Tamil => TamilSpellings(spelling),
            _ => [spelling],
        };
    }

    public static bool IsIndic(char c) => c is >= '\u0900' and <= '\u0D7F';

    private static int BlockOf(char c) => c & ~(Block - 1);

    private static int OffsetOf(string word, int at) => at >= 0 && at < word.Length && IsIndic(word[at]) ? word[at] & (Block - 1) : -1;

    /// <summary>Writes the letter at a place; answers how many signs after it were read with it.</summary>
    private static int AppendIndic(StringBuilder latin, string word, int at)
    {
        var (block, offset) = (BlockOf(word[at]), OffsetOf(word, at));
        if (Vowels.TryGetValue(offset, out var vowel) || VowelSigns.TryGetValue(offset, out vowel))
        {
            latin.Append(vowel);
        }
        else if (offset is >= FirstConsonant and < 0x3A)
        {
            return AppendConsonant(latin, word, at, block);
        }
        else if (offset is 0x01 or 0x02 || (block == Gurmukhi && offset == 0x70))
        {
            latin.Append(Nasal(word, at, block));
        }
        else if (block == Bengali && offset == 0x4E)
        {
            latin.Append('t');
        }
        else if (block == Odia && offset == 0x5F)
        {
            latin.Append('y');
        }

        return 0;
    }

    private static int AppendConsonant(StringBuilder latin, string word, int at, int block)
    {
        var letter = Consonants[OffsetOf(word, at) - FirstConsonant];
        var next = at + 1;
        var isDotted = OffsetOf(word, next) == Nukta;
        if (isDotted)
        {
            letter = Dotted.GetValueOrDefault(letter, letter);
            next++;
        }

        var isJoined = OffsetOf(word, at - 1) == Virama;
        letter = (block, letter) switch
        {
            // Bengali and Odia say j for the letter that others say y for, unless it carries a dot or hangs below another.
            (Bengali or Odia, "y") when !isDotted && !isJoined => "j",
            (Tamil, _) => TamilSound(letter, latin, isJoined, isLast: at + 2 >= word.Length, isClosed: OffsetOf(word, next) == Virama),
            _ => letter,
        };

        // Written "bya", said "ba": Banerjee in Bengali.
        if (block == Bengali && letter == "y" && isJoined && OffsetOf(word, next) == 0x3E)
        {
            letter = "";
        }

        latin.Append(letter);
        if (OffsetOf(word, next) == Virama)
        {
            next++;
        }
        else if (!VowelSigns.ContainsKey(OffsetOf(word, next)) && !(next >= word.Length && DropsLastVowel(block)))
        {
            latin.Append('a');
        }

        return next - at - 1;
    }

    private static bool DropsLastVowel(int block) => block is Devanagari or Bengali or Gurmukhi or Gujarati;

    private static string Nasal(string word, int at, int block)
    {
        var next = OffsetOf(word, at + 1);
        var isBeforeLabial = next is >= 0x2A and <= 0x2E;
        return isBeforeLabial || (next < 0 && block is >= Telugu and <= Malayalam) ? "m" : "n";
    }

    /// <summary>One letter for k and g, for t and d, for p and b: voiced between vowels, unvoiced when doubled or closed.</summary>
    private static string TamilSound(string letter, StringBuilder before, bool isJoined, bool isLast, bool isClosed) => letter switch
    {
        "k" when !isJoined && !isClosed && !isLast && before.Length > 0 => "g",
        "p" when !isJoined && !isClosed && before.Length > 0 => "b",
        "ch" when before.Length == 0 || (!isJoined && !isClosed) => "s",
        _ => letter,
    };

    private static IReadOnlyList<string> TamilSpellings(string spelling)
    {
        // What is written t+s is the letter ksh: Meenakshi, Lakshmi.
        spelling = spelling.Replace("tch", "ksh", StringComparison.Ordinal).Replace("ts", "ksh", StringComparison.Ordinal);
        List<string> spellings =
        [
            spelling.Replace("nch", "nj", StringComparison.Ordinal),
            spelling.Replace("nch", "nj", StringComparison.Ordinal).Replace("nt", "nd", StringComparison.Ordinal).Replace("nk", "ng", StringComparison.Ordinal),
        ];
        var voiced = spelling.Length == 0 ? "" : spelling[0] switch
        {
            'k' => "g",
            't' => "d",
            'p' => "b",
            's' => "ch",
            _ => "",
        };
        if (voiced.Length > 0)
        {
            spellings.AddRange(spellings.Select(s => voiced + s[1..]).ToList());
        }

        return [.. spellings.Distinct(StringComparer.Ordinal)];
    }

    private static FrozenDictionary<char, string> Pairs(string pairs)
        => pairs.Split(' ').ToFrozenDictionary(pair => pair[0], pair => pair[2..]);
}
