using System.Globalization;

namespace DrAssistant.Data.Notes;

/// <summary>What somebody was about to do to a note: ids and a number, and nothing of what it says.</summary>
/// <param name="By">Who.</param>
/// <param name="Version">The version that it makes.</param>
/// <param name="Event">What the audit trail was told; null for a save within a stretch of work, which it is not told.</param>
/// <param name="Addendum">The paragraph that was to be added, where it is about one.</param>
internal sealed record NoteIntent(Guid By, int Version, string? Event, Guid? Addendum = null)
{
    public static NoteIntent Of(IReadOnlyDictionary<string, string> ids) => new(
        Guid.Parse(ids["by"]), int.Parse(ids["version"], CultureInfo.InvariantCulture), ids.GetValueOrDefault("event"),
        ids.TryGetValue("addendum", out var addendum) ? Guid.Parse(addendum) : null);

    public Dictionary<string, string> ToIds()
    {
        var ids = new Dictionary<string, string> { ["by"] = By.ToString(), ["version"] = Version.ToString(CultureInfo.InvariantCulture) };
        if (Event is not null)
        {
            ids["event"] = Event;
        }

        if (Addendum is { } id)
        {
            ids["addendum"] = id.ToString();
        }

        return ids;
    }
}
