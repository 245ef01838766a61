using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Finding;

/// <summary>
/// What somebody means by what they typed: a name, with or without a birth date or a year of birth; or a number. Dates are read the
/// Indian way, the day first. Digits alone may be several things at once: the end of a telephone number, a birth date, an MRN.
/// </summary>
internal sealed partial record AskedFor
{
    private const int LongestQuestion = 100;
    private const int DateLength = 8;
    private const int OldestYear = 1900;

    private AskedFor(string text) => Text = text;

    /// <summary>What counts of what was typed.</summary>
    public string Text { get; }

    /// <summary>What is left for a name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Born on one day, or in one year.</summary>
    public (DateOnly From, DateOnly To)? Born { get; private init; }

    /// <summary>Every digit, where nothing else was typed than what stands in numbers.</summary>
    public string? Digits { get; private init; }

    public Mrn? Mrn { get; private init; }

    /// <summary>The beginning of an MRN, as it is stored.</summary>
    public string? MrnStart { get; private init; }

    public string? AbhaAddress { get; private init; }

    /// <summary>Whose telephone number was seen to end with the digits, where more than the four were typed that are kept for looking up.</summary>
    public IReadOnlyList<Guid>? TailOf { get; init; }

    /// <summary>What somebody asks for may be a name: it is not for logs.</summary>
    public override string ToString() => nameof(AskedFor);

    public static AskedFor Of(string? typed, DateOnly today)
    {
        var text = PlainText.Of(typed, LongestQuestion);
        if (Patients.Mrn.TryParse(text, out var mrn))
        {
            return new AskedFor(text) { Mrn = mrn };
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            return new AskedFor(text) { AbhaAddress = text.ToLowerInvariant() };
        }

        var (day, rest) = Day(text, today);
        if (day is null && text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || "+- ()".Contains(c, StringComparison.Ordinal)))
        {
            var digits = string.Concat(text.Where(char.IsAsciiDigit));
            return new AskedFor(text) { Digits = digits.Length > 0 ? digits : null, Born = PackedDay(text, today) };
        }

        var (year, name) = day is null ? Year(text, today) : (null, rest);
        return new AskedFor(text)
        {
            Name = name,
            Born = day is { } date ? (date, date) : year is { } y ? (new DateOnly(y, 1, 1), new DateOnly(y, 12, 31)) : null,
            MrnStart = MrnLike().IsMatch(text) ? text.ToUpperInvariant() : null,
        };
    }

    /// <summary>05-Nov-1980, 5/11/1980, 5.11.80, 1980-11-05, 5 Nov 1980; and what stands around it.</summary>
    private static (DateOnly? Day, string Left) Day(string text, DateOnly today)
    {
        var match = DayFirst().Match(text);
        var found = match.Success ? match : YearFirst().Match(text);
        if (!found.Success || Date(found, today) is not { } day)
        {
            return (null, text);
        }

        return (day, $"{text[..found.Index]} {text[(found.Index + found.Length)..]}".Trim());
    }

    private static DateOnly? Date(Match found, DateOnly today)
    {
        var year = int.Parse(found.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        if (found.Groups["y"].Length == 2)
        {
            // Nobody is born in the future: 80 is 1980, and 05 is 2005.
            year += year + 2000 > today.Year ? OldestYear : 2000;
        }

        var month = found.Groups["m"].Value;
        return DateOnly.TryParseExact(
            $"{found.Groups["d"].Value}-{(char.IsAsciiLetter(month[0]) ? month[..3] : month)}-{year:0000}",
            ["d-M-yyyy", "d-MMM-yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsPast(day, today)
            ? day
            : null;
    }

    /// <summary>05111980: eight digits and nothing else.</summary>
    private static (DateOnly From, DateOnly To)? PackedDay(string text, DateOnly today)
        => text.Length == DateLength && DateOnly.TryParseExact(text, "ddMMyyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsPast(day, today)
            ? (day, day)
            : null;

    /// <summary>A year says something only beside a name: alone it is the end of a telephone number, or anybody of that age.</summary>
    private static (int? Year, string Left) Year(string text, DateOnly today)
    {
        var found = AYear().Match(text);
        if (!found.Success)
        {
            return (null, text);
        }

        var rest = $"{text[..found.Index]} {text[(found.Index + found.Length)..]}".Trim();
        var year = int.Parse(found.ValueSpan, CultureInfo.InvariantCulture);
        return year <= today.Year && rest.Any(char.IsLetter) && !MrnLike().IsMatch(text) ? (year, rest) : (null, text);
    }

    private static bool IsPast(DateOnly day, DateOnly today) => day.Year >= OldestYear && day <= today;

    [GeneratedRegex(@"\b(?<d>\d{1,2})[-/. ](?<m>\d{1,2}|jan[a-z]*|feb[a-z]*|mar[a-z]*|apr[a-z]*|may|jun[a-z]*|jul[a-z]*|aug[a-z]*|sep[a-z]*|oct[a-z]*|nov[a-z]*|dec[a-z]*)[-/. ](?<y>\d{4}|\d{2})\b", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"\b(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\b(19|20)\d\d\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex AYear();

    // Capital or small letters of the practice, and then only what an MRN has.
    [GeneratedRegex(@"^[A-Za-z]{1,4}\d[\d-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex MrnLike();
}
