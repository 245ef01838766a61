using System.Text.RegularExpressions;

namespace DrAssistant.Portal.Tests.Support;

/// <summary>One document of the repository, as far as it can be held to what it says.</summary>
internal sealed partial class MarkdownDocument
{
    private readonly string _folder;
    private readonly List<string> _prose = [];
    private readonly List<string> _commands = [];
    private readonly List<string> _diagrams = [];

    private MarkdownDocument(string name, IEnumerable<string> lines)
    {
        Name = name;
        _folder = Path.GetDirectoryName(Repository.PathOf(name))!;
        List<string>? fenced = null;
        foreach (var line in lines.Where(line => !line.StartsWith("<!--", StringComparison.Ordinal)))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                var language = line.Trim('`', ' ');
                fenced = fenced is not null ? null : language == "mermaid" ? _diagrams : _commands;
                continue;
            }

            (fenced ?? _prose).Add(line);
        }
    }

    /// <summary>Its path from the repository's root.</summary>
    public string Name { get; }

    /// <summary>The lines of its code blocks.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <summary>What stands in backticks within the text.</summary>
    public IEnumerable<string> Quotes => _prose.SelectMany(line => Quoted().Matches(line)).Select(match => match.Groups["text"].Value);

    /// <summary>Names of our own kind in its diagrams: <c>SeveralWords</c>, <c>several_words</c>.</summary>
    public IEnumerable<string> NamesInDiagrams => _diagrams.SelectMany(line => Composed().Matches(line)).Select(match => match.Value);

    /// <summary>Links to other places than the web.</summary>
    public IEnumerable<string> Links => _prose.SelectMany(line => Link().Matches(Quoted().Replace(line, "")))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>What a link's <c>#part</c> may name.</summary>
    public IEnumerable<string> Anchors => _prose.Where(line => line.StartsWith('#')).Select(line => Dropped().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-'));

    public static IEnumerable<MarkdownDocument> All()
        => Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(Read);

    public static MarkdownDocument Read(string name) => new(name, File.ReadLines(Repository.PathOf(name)));

    /// <summary>The path that a link or a quoted name means, from the repository's root.</summary>
    public string Resolve(string target)
        => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(_folder, target))).Replace('\\', '/');

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b([A-Z][a-z]+){2,}\b|\b[a-z]+(_[a-z]+)+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Composed();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]", RegexOptions.None, 1000)]
    private static partial Regex Dropped();
}
