namespace DrAssistant.Portal.Tests.Support;

/// <summary>The sources themselves, for the tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static Task<string[]> LinesOfAsync(string name, CancellationToken cancellation)
        => File.ReadAllLinesAsync(PathOf(name), cancellation);

    private static string Find(string folder)
        => File.Exists(Path.Combine(folder, "DrAssistant.Portal.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
