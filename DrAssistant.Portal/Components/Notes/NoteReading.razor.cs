using DrAssistant.Data.Common;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Notes.Soap;
using DrAssistant.Data.Patients;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>A signed note, as it is, as it was, and what changed between; and on paper.</summary>
public partial class NoteReading(IClinicalNotes notes, IJSRuntime script)
{
    private static readonly (NoteReadingView View, string Words)[] Views =
        [(NoteReadingView.Current, "Current"), (NoteReadingView.Changes, "Changes marked"), (NoteReadingView.Original, "Original")];

    private readonly Dictionary<int, NoteView> _kept = [];
    private ElementReference _article;
    private int? _read;
    private IReadOnlyList<NoteVersionLine> _versions = [];
    private IReadOnlyList<FieldDifference> _differences = [];
    private (int? From, int? To, int Version) _compared;
    private NoteReadingView _view;
    private NoteActKind? _asks;
    private NoteLeft? _left;
    private string? _typed;
    private Refusal? _refusal;

    private enum NoteReadingView
    {
        Current,
        Changes,
        Original,
    }

    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = default!;

    /// <summary>Whose note it is: every dialog that writes names the person, and so does paper.</summary>
    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    /// <summary>The note after something was done to it, or the draft of its amendment.</summary>
    [Parameter]
    public EventCallback<NoteView> OnDone { get; set; }

    private IReadOnlyList<NoteVersionLine> Editions => [.. _versions.Where(v => v is { Edition: not null, Signature: not null })];

    private bool MayAct => Note is { MaySign: true, Signature: not null, InError: null };

    private bool MayPrint => Note is { Status: NoteStatus.Signed or NoteStatus.Amended, Signature.Matches: not false };

    /// <summary>The version whose words are on the screen.</summary>
    private SoapContent Shown => _view switch
    {
        NoteReadingView.Original => _kept.GetValueOrDefault(Editions[^1].Version, Note).Content,
        NoteReadingView.Changes => _kept.GetValueOrDefault(_compared.Version, Note).Content,
        _ => Note.Content,
    };

    protected override Task OnParametersSetAsync()
    {
        if (_read == Note.Version)
        {
            return Task.CompletedTask;
        }

        (_read, _versions, _differences, _compared, _view) = (Note.Version, [], [], default, NoteReadingView.Current);
        _kept.Clear();
        return Note.Status is NoteStatus.Amended || Note is { Status: NoteStatus.EnteredInError, Signature: not null } ? ReadVersionsAsync() : Task.CompletedTask;
    }

    private async Task ReadVersionsAsync()
    {
        await LoadAsync(token => notes.VersionsAsync(Note.Id, token), read => (_versions, _refusal) = (read.Value ?? [], read.Refusal));

        // An amended note opens with what was changed: that is what a reader has to know first.
        if (Editions.Count > 1)
        {
            await LookAsync(NoteReadingView.Changes);
        }
    }

    private async Task LookAsync(NoteReadingView view)
    {
        if (view is NoteReadingView.Changes)
        {
            await CompareAsync(Editions[^1], Editions[0]);
            return;
        }

        if (view is NoteReadingView.Original)
        {
            await KeepAsync(Editions[^1].Version);
        }

        Look(view);
    }

    /// <summary>What came between two versions that were signed, in the words of the later one.</summary>
    private async Task CompareAsync(NoteVersionLine from, NoteVersionLine to)
    {
        if (_compared != (from.Edition, to.Edition, to.Version))
        {
            await LoadAsync(token => notes.DifferencesAsync(Note.Id, from.Version, to.Version, token), read =>
            {
                (_differences, _refusal) = (read.Value ?? [], read.Refusal);
                _compared = read.Succeeded ? (from.Edition, to.Edition, to.Version) : default;
            });
        }

        await KeepAsync(to.Version);
        Look(NoteReadingView.Changes);
    }

    private void Look(NoteReadingView view)
    {
        _view = _refusal is null && LoadFailure is null ? view : NoteReadingView.Current;
        StateHasChanged();
    }

    private async Task KeepAsync(int version)
    {
        if (_refusal is null && version != Note.Version && !_kept.ContainsKey(version))
        {
            await LoadAsync(token => notes.VersionAsync(Note.Id, version, token), read =>
            {
                _refusal = read.Refusal;
                if (read.Succeeded)
                {
                    _kept[version] = read.Value;
                }
            });
        }
    }

    /// <summary>That it goes on paper is told first; the browser prints what it shows.</summary>
    private Task PrintAsync() => SaveAsync(async () =>
    {
        _refusal = (await notes.PrintAsync(Note.Id, CancellationToken.None)).Refusal;
        if (_refusal is null)
        {
            await script.InvokeVoidAsync("clinicReading.print", _article);
        }
    });

    /// <summary>An amendment that is open is gone on with: why it was begun has been said.</summary>
    private Task AmendAsync() => SaveAsync(async () =>
    {
        if (Note.OpenAmendmentId is not { } open)
        {
            _asks = NoteActKind.Amend;
            return;
        }

        var draft = await notes.ReadAsync(open, CancellationToken.None);
        _refusal = draft.Refusal;
        if (draft.Succeeded)
        {
            await OnDone.InvokeAsync(draft.Value);
        }
    });

    private async Task DoneAsync(NoteView note)
    {
        if (_typed is not null && _left is not null)
        {
            await _left.ForgetAsync();
        }

        (_asks, _typed) = (null, null);
        await OnDone.InvokeAsync(note);
    }
}
