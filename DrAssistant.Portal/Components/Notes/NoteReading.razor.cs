using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>A signed note, as it is, as it was, and what changed between.</summary>
public partial class NoteReading(IClinicalNotes notes)
{
    private static readonly (NoteReadingView View, string Words)[] Views =
        [(NoteReadingView.Current, "Current"), (NoteReadingView.Changes, "Changes marked"), (NoteReadingView.Original, "Original")];

    private int? _read;
    private IReadOnlyList<NoteVersionLine> _versions = [];
    private IReadOnlyList<FieldDifference> _differences = [];
    private NoteView? _original;
    private NoteReadingView _view;
    private NoteActKind? _asks;
    private Refusal? _refusal;

    private enum NoteReadingView
    {
        Current,
        Changes,
        Original,
    }

    [Parameter, EditorRequired]
    public NoteView Note { get; set; } = default!;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>The note after something was done to it, or the draft of its amendment.</summary>
    [Parameter]
    public EventCallback<NoteView> OnDone { get; set; }

    private IReadOnlyList<NoteVersionLine> Editions => [.. _versions.Where(v => v is { Edition: not null, Signature: not null })];

    private bool MayAct => Note is { MaySign: true, Signature: not null, InError: null };

    protected override Task OnParametersSetAsync()
    {
        if (_read == Note.Version)
        {
            return Task.CompletedTask;
        }

        (_read, _versions, _differences, _original, _view) = (Note.Version, [], [], null, NoteReadingView.Current);
        return Note.Status is NoteStatus.Amended ? ReadVersionsAsync() : Task.CompletedTask;
    }

    private Task ReadVersionsAsync() => LoadAsync(
        token => notes.VersionsAsync(Note.Id, token),
        read =>
        {
            (_versions, _refusal) = (read.Value ?? [], read.Refusal);

            // An amended note opens with what was changed: that is what a reader has to know first.
            if (Editions.Count > 1)
            {
                _ = InvokeAsync(() => LookAsync(NoteReadingView.Changes));
            }
        });

    private async Task LookAsync(NoteReadingView view)
    {
        var (newest, first) = (Editions[0], Editions[^1]);
        if (view is NoteReadingView.Changes && _differences.Count == 0)
        {
            await LoadAsync(token => notes.DifferencesAsync(Note.Id, first.Version, newest.Version, token), read => (_differences, _refusal) = (read.Value ?? [], read.Refusal));
        }
        else if (view is NoteReadingView.Original && _original is null)
        {
            await LoadAsync(token => notes.VersionAsync(Note.Id, first.Version, token), read => (_original, _refusal) = (read.Value, read.Refusal));
        }

        _view = _refusal is null ? view : NoteReadingView.Current;
        StateHasChanged();
    }

    private Task DoneAsync(NoteView note)
    {
        _asks = null;
        return OnDone.InvokeAsync(note);
    }
}
