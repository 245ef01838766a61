using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Encounters.Diagnoses;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Presence;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>A draft that is being written. The text is the browser's while somebody types; here it is saved, and what others do is told.</summary>
public partial class NoteEditor(IClinicalNotes notes, NoteAids aids, IDiagnosisCodes codes, ICurrentUser user, ClinicClock clock, IJSRuntime script) : IAsyncDisposable
{
    /// <summary>The page that shows an editor gives room to what the note still needs, among its acts.</summary>
    public const string Bar = "note-bar";

    private readonly NoteDesk _desk = new(notes, clock);
    private readonly NoteScript _script = new(script);
    private readonly HashSet<string> _asked = [];
    private DotNetObjectReference<NoteEditor>? _page;
    private IReadOnlyList<NoteWriter> _others = [];
    private ElementReference _root;
    private RestoredText? _restored;
    private string? _meanwhile;
    private string? _focusNext;
    private Refusal? _refusal;
    private Guid? _laid;
    private bool _signs;

    /// <summary>The draft as it was read. The editor goes on from there by itself.</summary>
    [Parameter, EditorRequired]
    [NotNull]
    public NoteView? Note { get; set; }

    /// <summary>The draft was saved, or somebody else's words came into it.</summary>
    [Parameter]
    public EventCallback<NoteView> Changed { get; set; }

    /// <summary>Reads the note anew: it can be written in no more.</summary>
    [Parameter]
    public EventCallback Again { get; set; }

    /// <summary>Whose visit it is: a dialog that writes names the person.</summary>
    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>What stands above the findings.</summary>
    [Parameter]
    public RenderFragment? Vitals { get; set; }

    private string Presence => string.Join(", ", _others.Select(o => o.Label is null ? $"{o.Name} is here" : $"{o.Name} is typing in {o.Label}"));

    protected override void OnParametersSet()
    {
        if (_laid != Note.Id)
        {
            _laid = Note.Id;
            _desk.Lay(Note);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _page = DotNetObjectReference.Create(this);
            var (key, shortcuts) = await aids.StartAsync(_desk.Note.Id, news => InvokeAsync(() => HeardAsync(news)));
            var start = new NoteStartInBrowser(_desk.Note.Id, user.Id, _desk.Note.Version, _desk.At, _desk.Lay(_desk.Note), key, shortcuts, Focus: true);
            await _script.StartAsync($"./{Assets["js/note-fields.js"]}", _root, _page, start);
            Draft?.Lay(this);
        }
        else if (_focusNext is { } path)
        {
            _focusNext = null;
            await _script.FocusAsync(path);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            aids.Leave();
        }

        base.Dispose(disposing);
    }

    public async ValueTask DisposeAsync()
    {
        Draft?.Leave(this);
        Dispose();

        // The script sends what is still unsaved through this object: it goes last.
        await _script.DisposeAsync();
        _page?.Dispose();
        await _desk.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether all that was typed is on the server now.</summary>
    public async Task<bool> SaveNowAsync() => await _script.SaveNowAsync();

    /// <summary>Somebody came, went, writes elsewhere, or saved.</summary>
    private async Task HeardAsync(NoteNews news)
    {
        _others = news.Others;
        await _script.OthersAsync(news.Others.Where(o => o.Field is not null).Select(o => o.Field!));
        if (news.SavedVersion > _desk.Note.Version && await notes.ReadAsync(_desk.Note.Id, CancellationToken.None) is { Succeeded: true } read && _desk.Renew(read.Value))
        {
            await _script.ShowAsync(_desk.Note.Version, _desk.At, _desk.News());
            await Changed.InvokeAsync(_desk.Note);
        }

        StateHasChanged();
    }

    private async Task SavedAsync(SavedNote saved)
    {
        if (saved.Others.Count > 0)
        {
            _meanwhile = $"Meanwhile {string.Join(", ", saved.Others.Select(o => $"{o.By ?? "somebody"} wrote in {o.Label}"))}. It is in the note.";
        }

        await Changed.InvokeAsync(_desk.Note);
    }

    private void Add(SoapLine line)
    {
        _asked.Add(line.Path);
        _focusNext = line.Path;
    }

    private void Go(string path) => (_signs, _focusNext) = (false, path);

    /// <summary>What is signed is what stands on the page: that is saved first.</summary>
    private Task AskToSignAsync() => SaveAsync(async () =>
    {
        _signs = await _script.SaveNowAsync();
        _refusal = _signs ? null : Refusal.Unavailable("Signing waits until what you typed is saved.");
    });

    private Task SignedAsync(NoteView signed)
    {
        _signs = false;
        return Changed.InvokeAsync(signed);
    }

    private Task SettleAsync((NoteConflict Conflict, WrittenValue? Choice) settled) => ActAsync(acts => acts.SettleAsync(settled.Conflict, settled.Choice));

    private Task KeepAsync(string path) => ActAsync(acts => acts.KeepAsync(path));

    private Task RemoveAsync(string path) => ActAsync(acts => acts.RemoveAsync(path));

    private Task UseTemplateAsync(string templateId) => ActAsync(acts => acts.UseTemplateAsync(templateId));

    private Task CopyForwardAsync(Guid noteId) => ActAsync(acts => acts.CopyForwardAsync(noteId));

    private Task ActAsync(Func<NoteActs, Task<Result<SavedNote>>> act) => SaveAsync(async () =>
    {
        var saved = await act(new NoteActs(_desk, _script, user.Id));
        _refusal = saved.Refusal;
        if (saved.Succeeded)
        {
            await SavedAsync(saved.Value);
        }
    });
}
