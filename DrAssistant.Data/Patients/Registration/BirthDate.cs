using System.Globalization;
using System.Text.RegularExpressions;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>
/// A date of birth as people at a desk know it: the day, the year alone, or how old somebody is. What is not the day itself is an
/// estimate and says so; it stands on the 1st of July, so that nobody is taken to be older or younger than half a year more than they are.
/// </summary>
public sealed partial record BirthDate(DateOnly Day, bool Estimated)
{
    private const int Oldest = 130;
    private const int MiddleMonth = 7;
    private const int MiddleDay = 15;
    private const string About = "about ";

    /// <summary>As the form shows and takes it: <c>14-Mar-1980</c>, <c>about 01-Jul-1980</c>.</summary>
    public string Text => $"{(Estimated ? About : "")}{ClinicFormat.Date(Day)}";

    /// <summary>Day, month and year in this order, however they are parted; or the year alone.</summary>
    public static Result<BirthDate> Parse(string? typed, DateOnly today, string? field = null)
    {
        var text = WesternDigits(typed).Trim();
        var estimated = text.StartsWith(About, StringComparison.OrdinalIgnoreCase) || text.StartsWith('~');
        var bare = estimated ? text.TrimStart('~').Replace(About, "", StringComparison.OrdinalIgnoreCase).Trim() : text;
        if (YearAlone().IsMatch(bare))
        {
            return Checked(new DateOnly(int.Parse(bare, CultureInfo.InvariantCulture), MiddleMonth, 1), estimated: true, today, field);
        }

        if (ShortYear().IsMatch(bare))
        {
            return Refusal.Invalid("Write the year with four digits, such as 14-Mar-1980.", field);
        }

        return Read(bare) is { } day
            ? Checked(day, estimated, today, field)
            : Refusal.Invalid("Write day, month and year, such as 14-Mar-1980 or 14/3/1980. The year alone is enough.", field);
    }

    /// <summary>Years, or with a letter months, weeks or days: <c>46</c>, <c>18 m</c>, <c>3 w</c>, <c>10 d</c>.</summary>
    public static Result<BirthDate> FromAge(string? typed, DateOnly today, string? field = null)
    {
        var match = AgeText().Match(WesternDigits(typed).Trim().ToLowerInvariant());
        if (!match.Success)
        {
            return Refusal.Invalid("Write the age in years, such as 46; for a small child 18 m for months or 10 d for days.", field);
        }

        var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var unit = match.Groups["unit"].Value is { Length: > 0 } word ? word[0] : 'y';
        if (number > (unit == 'y' ? Oldest : Oldest * 12))
        {
            return Refusal.Invalid("Check the age: nobody is that old.", field);
        }

        return new BirthDate(unit switch
        {
            'm' => MonthsAgo(today, number),
            'w' => today.AddDays(-7 * number),
            'd' => today.AddDays(-number),
            _ => YearsAgo(today, number),
        }, Estimated: true);
    }

    /// <summary>A birth date is not for logs.</summary>
    public override string ToString() => nameof(BirthDate);

    private static Result<BirthDate> Checked(DateOnly day, bool estimated, DateOnly today, string? field)
    {
        // In the first half of a year the middle of it is still ahead; born in it is born by now.
        var born = estimated && day > today && day.Year == today.Year ? today : day;
        if (born > today)
        {
            return Refusal.Invalid("This day is still ahead. Check the year.", field);
        }

        return born.Year < today.Year - Oldest
            ? Refusal.Invalid(string.Create(CultureInfo.InvariantCulture, $"That is more than {Oldest} years ago. Check the year."), field)
            : new BirthDate(born, estimated);
    }

    private static DateOnly? Read(string text)
    {
        // 14031980: the number pad alone.
        var parted = EightDigits().IsMatch(text) ? $"{text[..2]} {text[2..4]} {text[4..]}" : Separators().Replace(text, " ").Trim();
        string[] forms = ["d M yyyy", "d MMM yyyy", "d MMMM yyyy", "yyyy M d"];
        return DateOnly.TryParseExact(parted, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>The middle of the year in which somebody of this age is this old today.</summary>
    private static DateOnly YearsAgo(DateOnly today, int years)
    {
        var born = new DateOnly(today.Year - years, MiddleMonth, 1);
        return born.AddYears(years) > today ? born.AddYears(-1) : born;
    }

    private static DateOnly MonthsAgo(DateOnly today, int months)
    {
        var born = new DateOnly(today.Year, today.Month, MiddleDay).AddMonths(-months);
        return today.Day < MiddleDay ? born.AddMonths(-1) : born;
    }

    private static string WesternDigits(string? text) => string.Concat((text ?? "").Select(
        c => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c));

    [GeneratedRegex(@"^(19|20|18)\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearAlone();

    [GeneratedRegex(@"^\d{1,2}[\s./-]+(\d{1,2}|[A-Za-z]+)[\s./-]+\d{2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"^\d{8}$", RegexOptions.None, 1000)]
    private static partial Regex EightDigits();

    [GeneratedRegex(@"[\s./,-]+", RegexOptions.None, 1000)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?<number>\d{1,4})\s*(?<unit>y|yr|yrs|year|years|m|mo|mth|month|months|w|wk|week|weeks|d|day|days)?\.?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AgeText();
}
