using System.Globalization;

namespace DrAssistant.Portal.Components.Scheduling.Book;

public enum BookView
{
    Day,
    Week,
    Month,
}

/// <summary>What of the book is shown, as the address says it. A day, a view and a doctor; never a patient: addresses are logged.</summary>
public sealed record BookAddress(BookView? View, DateOnly? Day, Guid? DoctorId)
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Reads an address; what cannot be read is as if it were not there.</summary>
    public static BookAddress Of(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var query = new Uri(uri, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } absolute ? absolute.Query : uri[Math.Max(0, uri.IndexOf('?', StringComparison.Ordinal))..];
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        string? One(string name) => parts.TryGetValue(name, out var values) ? values[0] : null;

        return new BookAddress(
            ViewOf(One("view")),
            DateOnly.TryParseExact(One("day"), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && InReach(day) ? day : null,
            Guid.TryParse(One("doctor"), out var doctor) ? doctor : null);
    }

    /// <summary>day, week or month, as preferences and addresses have it.</summary>
    public static BookView? ViewOf(string? word) => word?.ToUpperInvariant() switch
    {
        "DAY" => BookView.Day,
        "WEEK" => BookView.Week,
        "MONTH" => BookView.Month,
        _ => null,
    };

    public static string WordOf(BookView view) => view switch
    {
        BookView.Week => "week",
        BookView.Month => "month",
        _ => "day",
    };

    /// <summary>The same page with this day, view and doctor.</summary>
    public string On(string path)
    {
        var parts = new List<string>();
        if (Day is { } day)
        {
            parts.Add($"day={day.ToString(DayFormat, CultureInfo.InvariantCulture)}");
        }

        if (View is { } view)
        {
            parts.Add($"view={WordOf(view)}");
        }

        if (DoctorId is { } doctor)
        {
            parts.Add($"doctor={doctor}");
        }

        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    // The calendars of a month around it must exist too.
    private static bool InReach(DateOnly day) => day.Year is > 1900 and < 2200;
}
