using DrAssistant.Data.Patients.Timeline;

namespace DrAssistant.Portal.Components.Patients.Timeline;

/// <summary>The timeline's filters as the address has them. Typed by anybody: what is no kind, doctor or period is left out.</summary>
/// <param name="Kinds">Words parted by commas.</param>
/// <param name="Doctor">The id of a member of staff.</param>
/// <param name="Period">One of <see cref="Periods"/>, or a year.</param>
public sealed record TimelineAddress(string? Kinds = null, string? Doctor = null, string? Period = null)
{
    /// <summary>Word of the address, words of the list, months back.</summary>
    public static IReadOnlyList<(string Word, string Name, int Months)> Periods { get; } =
        [("3m", "Last 3 months", 3), ("12m", "Last 12 months", 12), ("5y", "Last 5 years", 60)];

    public TimelineFilter FilterOn(DateOnly today, string? text) => new(TimelineWords.Parse(Kinds), Guid.TryParse(Doctor, out var id) ? id : null, text)
    {
        From = Periods.FirstOrDefault(p => p.Word == Period) is { Months: > 0 and var months } ? today.AddMonths(-months) : null,
    };

    /// <summary>For the address; null takes a word out of it.</summary>
    public static IReadOnlyDictionary<string, object?> Words(TimelineFilter filter, string? period) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["kinds"] = TimelineWords.ToAddress(filter.Kinds),
        ["doctor"] = filter.DoctorId?.ToString(),
        ["period"] = string.IsNullOrEmpty(period) ? null : period,
    };
}
