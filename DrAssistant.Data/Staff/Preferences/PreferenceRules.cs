using System.Text.RegularExpressions;
using DrAssistant.Data.Common;

namespace DrAssistant.Data.Staff.Preferences;

/// <summary>What may stand in a person's preferences: a handful of short words, and nothing else.</summary>
internal static partial class PreferenceRules
{
    private const int MostWords = 20;

    private static readonly string[] Themes = ["light", "dark", "system"];
    private static readonly string[] FontSizes = ["small", "medium", "large"];

    public static Refusal? Check(StaffPreferences preferences)
    {
        if (!preferences.NotificationPreferences.Channels.Critical.InApp)
        {
            return Refusal.Invalid("Critical alerts always appear in the portal.", nameof(preferences.NotificationPreferences));
        }

        if (preferences.NotificationPreferences.QuietHours is { } quiet && quiet.From == quiet.To)
        {
            return Refusal.Invalid("Quiet hours need a beginning and another end.", nameof(preferences.NotificationPreferences));
        }

        return WrongIn(preferences) is { } field ? Refusal.Invalid("These preferences cannot be saved.", field) : null;
    }

    private static string? WrongIn(StaffPreferences preferences)
    {
        if (!Themes.Contains(preferences.Theme))
        {
            return nameof(preferences.Theme);
        }

        if (!FontSizes.Contains(preferences.FontSize))
        {
            return nameof(preferences.FontSize);
        }

        var lists = new[]
        {
            (nameof(preferences.DefaultViews), [preferences.DefaultViews.Schedule, preferences.DefaultViews.PatientList]),
            (nameof(preferences.DashboardLayout), preferences.DashboardLayout),
            (nameof(preferences.HiddenCards), preferences.HiddenCards),
            (nameof(preferences.QuickActions), preferences.QuickActions ?? []),
        };
        return lists.Where(list => !AreWords(list.Item2)).Select(list => list.Item1).FirstOrDefault();
    }

    private static bool AreWords(IReadOnlyList<string> names) => names.Count <= MostWords && names.All(name => Word().IsMatch(name));

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9:._-]{0,39}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
