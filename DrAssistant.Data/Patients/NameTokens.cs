using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Patients;

/// <summary>One word of a name: as written, folded, for a search by beginning; and what it sounds like, for a search by ear.</summary>
internal sealed record NameToken(string Text, IReadOnlyList<string> Latin, IReadOnlyList<string> Keys)
{
    /// <summary>A letter that stands for a name.</summary>
    public bool IsInitial => Text.Length == 1;

    /// <summary>A word of a name is not for logs.</summary>
    public override string ToString() => nameof(NameToken);
}

/// <summary>
/// The words of a name in no order, for finding people: case, accents, titles, points and dashes do not count, scripts are brought
/// together, and a name written in one word or two is the same.
/// </summary>
internal static class NameTokens
{
    private const int LongestName = 200;
    private const int LongestInitials = 3;

    private static readonly FrozenSet<string> Titles = FrozenSet.Create(
        StringComparer.Ordinal, "dr", "mr", "mrs", "ms", "miss", "smt", "prof", "of", "श्रीमती", "डॉ", "திருமதி", "శ్రీమతి", "ಶ್ರೀಮತಿ", "শ্রীমতী", "શ્રીમતી");

    /// <summary>Titles before a full name, and names, or parts of one, before a single word: Sri Devi, Baby Thomas.</summary>
    private static readonly FrozenSet<string> TitlesOrNames = FrozenSet.Create(
        StringComparer.Ordinal, "shri", "sri", "baby", "master", "श्री", "திரு", "శ్రీ", "ಶ್ರೀ", "শ্রী", "શ્રી");

    /// <summary>Son, daughter, wife, baby, care of: <c>s/o</c> and its like join two people's names.</summary>
    private static readonly FrozenSet<char> Relations = FrozenSet.Create('s', 'd', 'w', 'b', 'c');

    /// <summary>Letters that have no accent to lose.</summary>
    private static readonly FrozenDictionary<char, string> Ligatures = new Dictionary<char, string>
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['đ'] = "d", ['ł'] = "l", ['ð'] = "d", ['þ'] = "th", ['ı'] = "i",
    }.ToFrozenDictionary();

    public static IReadOnlyList<NameToken> Of(string? name)
    {
        var words = Words(Folded(name ?? ""));
        var named = words.Where(word => !Titles.Contains(word)).ToList();
        var first = named.Count > 2 && TitlesOrNames.Contains(named[0]) ? 1 : 0;

        // Whatever somebody is registered as, they can be found by it.
        return [.. (named.Count > 0 ? named.Skip(first) : words).Select(Token)];
    }

    /// <summary>
    /// The last word in one piece, where <see cref="Of"/> takes it for initials: while somebody types, sh is the beginning of Sharma too.
    /// </summary>
    public static NameToken? LastInOnePiece(string name)
    {
        var folded = Folded(name).TrimEnd();
        var start = folded.Length;
        while (start > 0 && IsPartOfWord(folded[start - 1]))
        {
            start--;
        }

        return IsRunOfInitials(folded[start..]) ? Token(folded[start..]) : null;
    }

    /// <summary>
    /// The keys to keep for a person, and to look for when searching: of each word, and of each two neighbours read as one,
    /// so that Bala Murugan is found as Balamurugan.
    /// </summary>
    public static IReadOnlySet<string> KeysOf(string? name)
    {
        var tokens = Of(name);
        var keys = tokens.SelectMany(token => token.Keys).ToHashSet(StringComparer.Ordinal);
        for (var at = 0; at + 1 < tokens.Count; at++)
        {
            if (Joined(tokens[at], tokens[at + 1]) is { } joined)
            {
                keys.UnionWith(joined.Keys);
            }
        }

        return keys;
    }

    /// <summary>
    /// Whether two names may be one person's: every word of the shorter has its counterpart in the longer, in any order; an initial
    /// is the counterpart of a word that begins with it. A question to ask at the desk, and never a ground to merge.
    /// </summary>
    public static bool MayBeSame(string? one, string? other)
        => WaysToRead(Of(one)).Any(first => WaysToRead(Of(other)).Any(second => Covers(first, second)));

    internal static NameToken? Joined(NameToken left, NameToken right)
        => left.IsInitial || right.IsInitial ? null : Token(left.Text + right.Text);

    private static NameToken Token(string text)
    {
        var latin = NameScripts.ToLatin(text).Select(spelling => spelling.ToLowerInvariant()).ToList();
        return new NameToken(text, latin, [.. latin.SelectMany(NamePhonetics.KeysOf).Distinct(StringComparer.Ordinal)]);
    }

    private static bool Covers(IReadOnlyList<NameToken> one, IReadOnlyList<NameToken> other)
    {
        var (shorter, longer) = one.Count <= other.Count ? (one, other) : (other, one);
        var free = longer.ToList();
        foreach (var token in shorter.OrderBy(token => token.IsInitial))
        {
            var match = free.FindIndex(candidate => Match(token, candidate));
            if (match < 0)
            {
                return false;
            }

            free.RemoveAt(match);
        }

        return shorter.Any(token => !token.IsInitial);
    }

    private static bool Match(NameToken one, NameToken other) => one.IsInitial || other.IsInitial
        ? one.Text[0] == other.Text[0]
        : one.Keys.Any(key => other.Keys.Contains(key, StringComparer.Ordinal));

    /// <summary>As written, and with each two neighbours as one word.</summary>
    private static IEnumerable<IReadOnlyList<NameToken>> WaysToRead(IReadOnlyList<NameToken> tokens)
    {
        yield return tokens;
        for (var at = 0; at + 1 < tokens.Count; at++)
        {
            if (Joined(tokens[at], tokens[at + 1]) is { } joined)
            {
                yield return [.. tokens.Take(at), joined, .. tokens.Skip(at + 2)];
            }
        }
    }

    /// <summary>Lower case and without accents, but with the vowel signs of Indian scripts, which are letters there.</summary>
    internal static string Folded(string name)
    {
        var text = WellFormed(name.Length > LongestName ? name[..LongestName] : name).Normalize(NormalizationForm.FormKD);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Ligatures.TryGetValue(char.ToLowerInvariant(c), out var letters))
            {
                folded.Append(letters);
            }
            else if (NameScripts.IsIndic(c) || !IsSilent(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Half a surrogate pair cannot be normalised; it becomes the replacement character.</summary>
    internal static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    // Accents, Urdu's short vowels, joiners, and the apostrophe of D'Souza.
    private static bool IsSilent(char c)
        => c is '\'' or '\u2019' or '\u02BC' or '`'
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static List<string> Words(string folded)
    {
        var words = new List<string>();
        for (var at = 0; at < folded.Length; at++)
        {
            if (!IsPartOfWord(folded[at]))
            {
                continue;
            }

            var end = at;
            while (end < folded.Length && IsPartOfWord(folded[end]))
            {
                end++;
            }

            var word = folded[at..end];
            at = IsRelation(folded, at, end) ? end + 1 : end;
            if (at == end)
            {
                words.AddRange(IsRunOfInitials(word) ? word.Select(c => c.ToString()) : [word]);
            }
        }

        return words;
    }

    private static bool IsPartOfWord(char c) => char.IsLetterOrDigit(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsRelation(string text, int start, int end)
        => end - start == 1 && Relations.Contains(text[start]) && end + 1 < text.Length && text[end] == '/' && text[end + 1] == 'o'
            && (end + 2 == text.Length || !IsPartOfWord(text[end + 2]));

    /// <summary>KS Krishnan is K. S. Krishnan; Md and Sk are names.</summary>
    internal static bool IsRunOfInitials(string word)
        => word.Length is > 1 and <= LongestInitials && word.All(c => char.IsAsciiLetterLower(c) && !"aeiouy".Contains(c, StringComparison.Ordinal))
            && !NameAliases.Knows(word) && !Titles.Contains(word);
}
