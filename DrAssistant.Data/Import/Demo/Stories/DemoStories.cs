namespace DrAssistant.Data.Import.Demo.Stories;

/// <summary>All stories but the babies', which follow the calendar of vaccinations.</summary>
internal static class DemoStories
{
    public static IReadOnlyList<DemoStory> All { get; } =
        [.. MedicineStories.All, .. EverydayStories.All, .. HeartStories.All, .. ChildStories.All, .. SkinStories.All];

    public static DemoStory Named(string key) => All.Single(s => s.Key == key);
}
