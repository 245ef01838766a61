using DrAssistant.Data.Search;

namespace DrAssistant.Portal.Components.Search;

/// <summary>A line of the palette: something to go to, or to do.</summary>
/// <param name="Key">Its own among all lines.</param>
/// <param name="Group">Under which head it stands.</param>
/// <param name="Icon">What is drawn before it.</param>
/// <param name="Name">With the parts that the question met.</param>
/// <param name="Address">Where it leads; null where it does something.</param>
internal sealed record PaletteLine(string Key, string Group, string Icon, SearchSnippet Name, string? Address)
{
    /// <summary>What tells it from others like it.</summary>
    public string? Detail { get; init; }

    /// <summary>Where the question was met in it.</summary>
    public IReadOnlyList<SearchSnippet> Snippets { get; init; } = [];

    /// <summary>In small, at the end.</summary>
    public string? Aside { get; init; }

    /// <summary>What it does, where it leads nowhere.</summary>
    public Action? Act { get; init; }

    public override string ToString() => nameof(PaletteLine);
}
