using System.Globalization;
using System.Text;

namespace DrAssistant.Data.Patients;

/// <summary>
/// How a person's name is shown. NHS Common User Interface: "FAMILY, Given" in banners and lists. Many people in India have one name,
/// or initials in place of a family name; nobody is given a family name they do not have: such a name stands as it was registered.
/// </summary>
public sealed class PersonName
{
    private const int LongestRun = 3;
    private const string NoFamily = "-";

    private readonly string _given;
    private readonly string? _family;

    public PersonName(string firstName, string? lastName)
    {
        _given = Tidied(firstName);
        var last = Tidied(lastName);

        // Forms insist on a last name; people answer with a dash, a point, or the first name again.
        var isFiller = !last.Any(char.IsLetterOrDigit) || string.Equals(last, _given, StringComparison.OrdinalIgnoreCase);
        _family = isFiller ? null : last;
        if (!_given.Any(char.IsLetterOrDigit) && _family is not null)
        {
            (_given, _family) = (_family, null);
        }
    }

    /// <summary>
    /// Where a record is told from others or looked up: the banner, the head of a dialog, a report or a paper, patients that were searched for.
    /// <c>PAWAR, Sunita</c>; <c>Zubeida</c>; <c>S. Ramesh</c>. Everywhere else a person is spoken of: <see cref="Spoken"/>.
    /// </summary>
    public string Listed => _family is null || IsInitials(_family) || IsInitials(_given)
        ? Spoken
        : $"{_family.ToUpperInvariant()}, {_given}";

    /// <summary>As one says it, in sentences and in the lists of a day's work (book, queue, results, drafts, tasks, alerts): <c>Sunita Pawar</c>.</summary>
    public string Spoken => _family is null ? _given : $"{_given} {_family}";

    /// <summary>One or two letters for a picture that is not there.</summary>
    public string Initials
    {
        get
        {
            var words = Spoken.Split(' ').Select(FirstLetter).OfType<string>().ToList();
            return words switch
            {
                [] => "?",
                [var only] => only,
                [var first, .., var last] => first + last,
            };
        }
    }

    /// <summary>
    /// A name as the patient writes it, for the two columns it is kept in: the last word is the family name, a single word has none.
    /// </summary>
    public static (string First, string Last) Parted(string fullName)
    {
        var name = Tidied(fullName);
        return name.LastIndexOf(' ') is var blank and > 0 ? (name[..blank], name[(blank + 1)..]) : (name, NoFamily);
    }

    /// <summary>A name is not for logs; asking for its text by accident gives none.</summary>
    public override string ToString() => nameof(PersonName);

    private static string Tidied(string? text)
        => string.Join(' ', NameTokens.WellFormed(text ?? "").Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>"S.", "S. K.", "K.S", "KS". A one-letter family name of another script, such as De in Bengali, is a name.</summary>
    private static bool IsInitials(string text) => text.Split(' ').All(word => word.Contains('.', StringComparison.Ordinal)
        ? word.Split('.', StringSplitOptions.RemoveEmptyEntries).All(IsOneLetter)
        : word is [var letter] ? char.IsAsciiLetter(letter) : IsRunOfCapitals(word));

    // A Tamil initial names the letter and so has two: எஸ். for S.
    private static bool IsOneLetter(string part) => new StringInfo(part).LengthInTextElements <= (Ascii.IsValid(part) ? 1 : 2);

    private static bool IsRunOfCapitals(string word)
        => word.Length <= LongestRun && word.All(c => char.IsAsciiLetterUpper(c) && !"AEIOUY".Contains(c, StringComparison.Ordinal));

    /// <summary>The first letter as its readers see it: with its vowel sign, and a joined consonant whole.</summary>
    private static string? FirstLetter(string word)
    {
        var elements = TextElements(word).SkipWhile(e => !Rune.IsLetterOrDigit(e.EnumerateRunes().First())).ToList();
        if (elements.Count == 0)
        {
            return null;
        }

        // A consonant that ends in a virama is half a letter; what it is joined to belongs to it.
        var letter = new StringBuilder(elements[0]);
        for (var next = 1; next < elements.Count && IsVirama(letter[^1]); next++)
        {
            letter.Append(elements[next]);
        }

        return letter.ToString().ToUpperInvariant();
    }

    private static IEnumerable<string> TextElements(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    // Tamil's pulli (0BCD) closes a consonant and joins it to nothing, but for the letters க்ஷ and ஶ்ரீ, which are elements of their own.
    private static bool IsVirama(char c) => c is '\u094D' or '\u09CD' or '\u0A4D' or '\u0ACD' or '\u0B4D' or '\u0C4D' or '\u0CCD' or '\u0D4D';
}
