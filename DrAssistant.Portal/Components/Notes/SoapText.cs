using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>
/// A note's content as plain text by field, and back: what stands in the text areas of a page. Lists are a line each.
/// Empty text is no text: the part it stood in is null again.
/// </summary>
internal static class SoapText
{
    private static readonly Dictionary<string, SoapField> Fields = SoapFields.Fixed.ToDictionary(f => f.Path, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, string> Read(SoapContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in SoapFields.Fixed)
        {
            Add(field.Path, field.Read(content));
        }

        foreach (var group in SoapFields.Groups)
        {
            foreach (var (key, text) in group.Read(content) ?? SoapGroup.Nothing)
            {
                Add(group.Path + key, text);
            }
        }

        return texts;

        void Add(string path, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                texts[path] = text;
            }
        }
    }

    /// <summary>The content with these fields changed. A path that no note has is an error of the page's.</summary>
    public static SoapContent Write(SoapContent content, IReadOnlyDictionary<string, string> changes)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var (path, text) in changes)
        {
            content = Write(content, path, text);
        }

        return WithoutEmptyParts(content);
    }

    /// <summary>One field taken over from another content.</summary>
    public static string Text(SoapContent content, string path) => Read(content).GetValueOrDefault(path, "");

    public static bool Knows(string path) => Fields.ContainsKey(path) || SoapFields.GroupOf(path) is not null;

    /// <summary>What counts of a text: blanks around it and the way lines end do not. js/note-text.js does the same.</summary>
    public static string? Clean(string? text)
        => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();

    private static SoapContent Write(SoapContent content, string path, string text)
    {
        if (Fields.TryGetValue(path, out var field))
        {
            return field.Write(content, Clean(text));
        }

        var group = SoapFields.GroupOf(path) ?? throw new ArgumentException($"No note has the field {path}.", nameof(path));
        var key = path[group.Path.Length..];
        var entries = new Dictionary<string, string>(group.Read(content) ?? SoapGroup.Nothing, StringComparer.Ordinal);
        if (Clean(text) is { } kept)
        {
            entries[key] = kept;
        }
        else
        {
            entries.Remove(key);
        }

        return group.Write(content, entries.Count == 0 ? null : entries);
    }

    private static SoapContent WithoutEmptyParts(SoapContent content) => content with
    {
        Subjective = content.Subjective == new Subjective() ? null : content.Subjective,
        Objective = content.Objective == new Objective() ? null : content.Objective,
        Assessment = content.Assessment == new Assessment() ? null : content.Assessment,
        Plan = content.Plan == new Plan() ? null : content.Plan,
    };
}
