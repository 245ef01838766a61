using System.Reflection;
using System.Text.Json;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes.Texts;

/// <summary>The templates and shortcuts that ship with the portal; ReferenceData/README.md says who must review them.</summary>
internal static class NoteStarters
{
    private static readonly Lazy<StarterFile> File = new(Read);

    public static IReadOnlyList<StarterTemplate> Templates => File.Value.Templates;

    public static IReadOnlyList<StarterShortcut> Shortcuts => File.Value.Shortcuts;

    private static StarterFile Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ReferenceData/note_texts.json")
            ?? throw new FileNotFoundException("note_texts.json is missing from this build.");
        return JsonSerializer.Deserialize<StarterFile>(stream, NoteJson.Options)!;
    }

    private sealed record StarterFile(IReadOnlyList<StarterTemplate> Templates, IReadOnlyList<StarterShortcut> Shortcuts);
}

internal sealed record StarterTemplate(string Id, string Name, string Specialty, SoapContent Content);

internal sealed record StarterShortcut(string Key, string Text, NoteSection Section);
