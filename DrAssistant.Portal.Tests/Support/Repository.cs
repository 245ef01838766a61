namespace DrAssistant.Portal.Tests.Support;

/// <summary>The sources themselves, for the tests that read them.</summary>
internal static class Repository
{
    /// <summary>What a build or a running portal leaves behind; it is nobody's source.</summary>
    private static readonly string[] NotSources = [".git", ".vs", ".idea", ".vscode", "bin", "obj", "out", "data", "TestResults", "_framework"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Every folder of the sources, as a path from the root.</summary>
    public static IReadOnlySet<string> Folders { get; } = Walk(Root).Select(Relative).ToHashSet();

    /// <summary>Every file of the sources, as a path from the root.</summary>
    public static IReadOnlySet<string> Files { get; } = Walk(Root).Prepend(Root).SelectMany(Directory.EnumerateFiles).Select(Relative).ToHashSet();

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static Task<string[]> LinesOfAsync(string name, CancellationToken cancellation)
        => File.ReadAllLinesAsync(PathOf(name), cancellation);

    private static IEnumerable<string> Walk(string folder)
        => Directory.EnumerateDirectories(folder)
            .Where(inner => !NotSources.Contains(Path.GetFileName(inner)))
            .SelectMany(inner => Walk(inner).Prepend(inner));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find(string folder)
        => File.Exists(Path.Combine(folder, "DrAssistant.Portal.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
