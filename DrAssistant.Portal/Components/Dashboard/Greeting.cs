using System.Globalization;
using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Components.Dashboard;

/// <summary>The head of a day: by the practice's clock, not the server's or the browser's.</summary>
internal static class Greeting
{
    private const int Noon = 12;
    private const int Evening = 17;

    public static string For(string? fullName, ClinicClock clock)
    {
        var hour = clock.Local(clock.Now).Hour;
        var words = hour < Noon ? "Good morning" : hour < Evening ? "Good afternoon" : "Good evening";
        return Addressed(fullName) is { Length: > 0 } name ? $"{words}, {name}" : words;
    }

    /// <summary><c>Thursday 05-Nov-2026</c></summary>
    public static string Day(DateOnly day) => $"{day.ToString("dddd", CultureInfo.InvariantCulture)} {ClinicFormat.Date(day)}";

    /// <summary>"Dr. Meera Iyer" is addressed as "Dr. Iyer", "Sr. Mary Thomas" as "Sr. Mary", "Kavita Joshi" as "Kavita".</summary>
    private static string? Addressed(string? fullName) => fullName?.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        // "Practice administrator" is an office, not somebody.
        { } words when Array.Exists(words, word => char.IsLower(word[0])) => null,
        ["Dr." or "Dr", _, ..] words => $"Dr. {words[^1]}",
        [['S', 'r', ..], var first, ..] => $"Sr. {first}",
        [var first, ..] => first,
        _ => null,
    };
}
