using DrAssistant.Data.Common;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Notes.Texts;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>The ready-made texts of whoever is signed in, and the practice's to make one's own of.</summary>
public partial class MyTextsPage(INoteTexts texts)
{
    private IReadOnlyList<TextShortcut> _shortcuts = [];
    private IReadOnlyList<NoteTemplate> _templates = [];
    private TextShortcut? _shortcut;
    private NoteTemplate? _template;
    private Refusal? _refusal;
    private string? _removed;
    private bool _templatesShown;
    private bool _read;

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReadAsync() => LoadAsync(
        async cancellation => (Shortcuts: await texts.ShortcutsAsync(cancellation), Templates: await texts.TemplatesAsync(cancellation)),
        read =>
        {
            _refusal = read.Shortcuts.Refusal ?? read.Templates.Refusal;
            (_shortcuts, _templates, _read) = (read.Shortcuts.Value ?? _shortcuts, read.Templates.Value ?? _templates, _refusal is null);
        });

    private void Show(bool templates)
    {
        _templatesShown = templates;
        Close();
    }

    private void Close() => (_shortcut, _template, _removed) = (null, null, null);

    private void Begin()
    {
        Close();
        if (_templatesShown)
        {
            _template = new NoteTemplate("", "", new SoapContent(), IsOwn: false);
        }
        else
        {
            _shortcut = new TextShortcut("", "", NoteSection.Any, IsOwn: false);
        }
    }

    private void Edit(TextShortcut shortcut)
    {
        Close();
        _shortcut = shortcut;
    }

    private void Edit(NoteTemplate template)
    {
        Close();
        _template = template;
    }

    private async Task SavedAsync()
    {
        Close();
        await ReadAsync();
    }

    private Task RemoveAsync(TextShortcut shortcut) => RemoveAsync(shortcut.Key, () => texts.RemoveShortcutAsync(shortcut.Key, CancellationToken.None));

    private Task RemoveAsync(NoteTemplate template) => RemoveAsync(template.Name, () => texts.RemoveTemplateAsync(template.Id, CancellationToken.None));

    private Task RemoveAsync(string name, Func<Task<Refusal?>> remove) => SaveAsync(async () =>
    {
        Close();
        _refusal = await remove();
        if (_refusal is null)
        {
            _removed = name;
            await ReadAsync();
        }
    });
}
