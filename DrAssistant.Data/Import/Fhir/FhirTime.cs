using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// A FHIR date, dateTime or instant. A day, month or year is its first moment by the practice's clock, and so is a time
/// without a zone a time on that clock; <see cref="IsExact"/> tells.
/// </summary>
internal readonly record struct FhirTime(DateTimeOffset At, DateOnly Day, bool IsExact, bool IsWholeDay)
{
    private const int FirstYear = 1800;
    private const int LastYear = 2200;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];
    private static readonly string[] Times = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm"];
    private static readonly string[] Instants = [.. Times.Select(format => format + "K")];

    public static bool TryRead(string text, ClinicClock clock, out FhirTime time)
    {
        time = default;
        if (DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (IsPlausible(day.Year))
            {
                time = new FhirTime(clock.At(day, TimeOnly.MinValue), day, IsExact: false, IsWholeDay: text.Length == "yyyy-MM-dd".Length);
            }

            return IsPlausible(day.Year);
        }

        var shortened = WithoutExcessDigits(text);
        if (DateTime.TryParseExact(shortened, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var shown) && IsPlausible(shown.Year))
        {
            time = new FhirTime(clock.At(DateOnly.FromDateTime(shown), TimeOnly.FromDateTime(shown)), DateOnly.FromDateTime(shown), IsExact: false, IsWholeDay: true);
            return true;
        }

        if (DateTimeOffset.TryParseExact(shortened, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && IsPlausible(instant.Year))
        {
            time = new FhirTime(instant.ToUniversalTime(), clock.DayOf(instant), IsExact: true, IsWholeDay: true);
            return true;
        }

        return false;
    }

    private static bool IsPlausible(int year) => year is >= FirstYear and <= LastYear;

    /// <summary>A clock of a ten-millionth of a second is fine enough; some systems write more digits.</summary>
    private static string WithoutExcessDigits(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return text;
        }

        var end = point + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - point <= 8 ? text : text[..(point + 8)] + text[end..];
    }
}
