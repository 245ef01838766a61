using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;

namespace DrAssistant.Data.Notes.Texts;

/// <summary>The one door to ready-made text: templates of whole notes and shortcuts such as <c>.nad</c>. The practice's starters, and one's own.</summary>
public interface INoteTexts
{
    /// <summary>One's own templates, then the starters, those of one's specialty first.</summary>
    Task<Result<IReadOnlyList<NoteTemplate>>> TemplatesAsync(CancellationToken cancellation);

    /// <summary>Keeps a template of one's own, or changes it. The name is one's own too: no two alike.</summary>
    Task<Result<NoteTemplate>> SaveTemplateAsync(NoteTemplateDraft template, CancellationToken cancellation);

    /// <summary>Puts away a template of one's own. Notes that were written with it stay as they are.</summary>
    Task<Refusal?> RemoveTemplateAsync(string templateId, CancellationToken cancellation);

    /// <summary>What the keys expand to: one's own before the starters, whose key they may take over.</summary>
    Task<Result<IReadOnlyList<TextShortcut>>> ShortcutsAsync(CancellationToken cancellation);

    /// <summary>Keeps a shortcut of one's own, or changes the one with that key.</summary>
    Task<Result<TextShortcut>> SaveShortcutAsync(TextShortcutDraft shortcut, CancellationToken cancellation);

    /// <summary>Puts away a shortcut of one's own; a starter of that key is there again.</summary>
    Task<Refusal?> RemoveShortcutAsync(string key, CancellationToken cancellation);
}

/// <summary>Text for a whole note; <c>***</c> are blanks to fill.</summary>
public sealed record NoteTemplate(string Id, string Name, SoapContent Content, bool IsOwn)
{
    public override string ToString() => $"{nameof(NoteTemplate)} {Id}";
}

/// <summary>A template of one's own.</summary>
/// <param name="Id">Null for a new one.</param>
/// <param name="Name">Up to 60 letters.</param>
/// <param name="Content">Its text. Vitals, results and diagnoses are of one patient and are left out.</param>
public sealed record NoteTemplateDraft(string? Id, string Name, SoapContent Content)
{
    public override string ToString() => nameof(NoteTemplateDraft);
}

/// <summary>A short key and what it becomes.</summary>
/// <param name="Key">With its point, in small letters: <c>.nad</c>.</param>
/// <param name="Text">What takes its place.</param>
/// <param name="Section">Where it is offered: any, subjective, objective, assessment, plan.</param>
/// <param name="IsOwn">Made by who reads this.</param>
public sealed record TextShortcut(string Key, string Text, NoteSection Section, bool IsOwn)
{
    public override string ToString() => $"{nameof(TextShortcut)} {Key}";
}

/// <summary>A shortcut of one's own.</summary>
public sealed record TextShortcutDraft(string Key, string Text, NoteSection Section)
{
    public override string ToString() => nameof(TextShortcutDraft);
}

public enum NoteSection
{
    Any,
    Subjective,
    Objective,
    Assessment,
    Plan,
}
