using System.Globalization;
using System.Text.RegularExpressions;

namespace DrAssistant.Portal.Components.Common;

/// <summary>
/// Days and times as a desk types them: 24-11, 24 nov, +7, tomorrow, mon; 1115, 11.15, 9. Day before month, as it is written here; what
/// can be read in two ways is shown again with the weekday and the month in letters.
/// </summary>
internal static partial class TypedTime
{
    private static readonly string[] Weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The day that is meant; one without a year is the next that comes.</summary>
    public static DateOnly? Day(string? typed, DateOnly today)
    {
        var text = (typed ?? "").Trim().ToLowerInvariant();
        if (text is "today" or "tomorrow")
        {
            return today.AddDays(text is "today" ? 0 : 1);
        }

        if (Ahead().Match(text) is { Success: true } ahead)
        {
            return today.AddDays(int.Parse(ahead.Groups["days"].ValueSpan, CultureInfo.InvariantCulture) * (ahead.Groups["weeks"].Success ? 7 : 1));
        }

        if (text.Length >= 3 && Array.FindIndex(Weekdays, w => w.StartsWith(text, StringComparison.Ordinal)) is >= 0 and var weekday)
        {
            return today.AddDays((weekday - (int)today.DayOfWeek + 6) % 7 + 1);
        }

        // What this field shows itself begins with the weekday.
        var written = Written().Match(text);
        return written.Success ? Of(written, today) : null;
    }

    public static TimeOnly? Time(string? typed)
    {
        var match = Clock().Match((typed ?? "").Trim());
        return match.Success
            && int.Parse(match.Groups["hour"].ValueSpan, CultureInfo.InvariantCulture) is var hour and < 24
            && (match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) : 0) is var minute and < 60
                ? new TimeOnly(hour, minute)
                : null;
    }

    private static DateOnly? Of(Match written, DateOnly today)
    {
        var day = int.Parse(written.Groups["day"].ValueSpan, CultureInfo.InvariantCulture);
        var month = written.Groups["name"].Success ? Array.IndexOf(Months, written.Groups["name"].Value[..3]) + 1
            : written.Groups["month"].Success ? int.Parse(written.Groups["month"].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
        if (written.Groups["year"].Success)
        {
            var year = int.Parse(written.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
            return Real(year < 100 ? 2000 + year : year, month, day);
        }

        return month > 0
            ? Ahead([Real(today.Year, month, day), Real(today.Year + 1, month, day)], today)
            : Ahead([.. Enumerable.Range(0, 3).Select(today.AddMonths).Select(m => Real(m.Year, m.Month, day))], today);
    }

    private static DateOnly? Ahead(IEnumerable<DateOnly?> candidates, DateOnly today) => candidates.FirstOrDefault(c => c >= today);

    private static DateOnly? Real(int year, int month, int day)
        => year is > 1900 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    [GeneratedRegex(@"^\+\s*(?<days>\d{1,3})\s*(?<weeks>w(eeks?)?)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Ahead();

    [GeneratedRegex(@"^((sun|mon|tue|wed|thu|fri|sat)[a-z]*,?\s+)?(?<day>\d{1,2})([\s./-]+((?<month>\d{1,2})|(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)([\s./-]+(?<year>\d{4}|\d{2}))?)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?<hour>\d{1,2})(\s*[:.h]?\s*(?<minute>\d{2}))?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Clock();
}
