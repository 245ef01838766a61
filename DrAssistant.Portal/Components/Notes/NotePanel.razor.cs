using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Notes;

/// <summary>Reads the note of a visit, and begins it for the doctor whose visit it is.</summary>
public partial class NotePanel(IClinicalNotes notes, ICurrentUser user)
{
    private (Guid Visit, Guid? Amendment)? _shown;
    private bool _givenUp;
    private NoteView? _note;
    private Refusal? _refusal;
    private NoteEditor? _editor;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>Whose note it is.</summary>
    [Parameter, EditorRequired]
    public ChartBanner Patient { get; set; } = default!;

    /// <summary>The draft of an amendment that is gone on with, in place of the note that it amends.</summary>
    [Parameter]
    public Guid? Amendment { get; set; }

    /// <summary>The note as it is now.</summary>
    [Parameter]
    public EventCallback<NoteView> Changed { get; set; }

    [Parameter]
    public RenderFragment? Vitals { get; set; }

    /// <summary>What stands above where it is known that there is no note, or that it cannot be read.</summary>
    [Parameter]
    public RenderFragment? Without { get; set; }

    private bool MayBegin => user.Can(Permissions.WriteNotes) && Visit.Status is not EncounterStatus.Cancelled;

    protected override Task OnParametersSetAsync()
    {
        if (_shown == (Visit.EncounterId, Amendment))
        {
            return Task.CompletedTask;
        }

        (_shown, _note, _refusal, _givenUp) = ((Visit.EncounterId, Amendment), null, null, false);
        return ReloadAsync();
    }

    /// <summary>Whether the server has all that was typed here: false when it could not be reached.</summary>
    public async Task<bool> SaveNowAsync() => _editor is null || await _editor.SaveNowAsync();

    private Task ReloadAsync() => LoadAsync(ReadOrBeginAsync, ShowNote);

    /// <summary>A doctor who stands in their own visit writes; anybody else is asked first whether they want to begin.</summary>
    private async Task<Result<NoteView>> ReadOrBeginAsync(CancellationToken cancellation)
    {
        if (Amendment is { } draft && !_givenUp
            && await notes.ReadAsync(draft, cancellation) is { Value: { Status: NoteStatus.Draft, MayWrite: true } amending } && amending.EncounterId == Visit.EncounterId)
        {
            return amending;
        }

        var there = await notes.OfEncounterAsync(Visit.EncounterId, cancellation);
        return there.Refusal is { Kind: RefusalKind.NotFound } && MayBegin && Visit is { IsMine: true, Status: EncounterStatus.InProgress }
            ? await notes.BeginAsync(new NoteStart(Visit.EncounterId, Visit.PatientId), cancellation)
            : there;
    }

    private Task BeginAsync() => SaveAsync(async ()
        => ShowNote(await notes.BeginAsync(new NoteStart(Visit.EncounterId, Visit.PatientId), CancellationToken.None)));

    private void ShowNote(Result<NoteView> read)
    {
        (_note, _refusal) = (read.Value, read.Refusal);
        if (read.Succeeded)
        {
            _ = Changed.InvokeAsync(read.Value);
        }
    }

    /// <summary>The draft of an amendment is put away; the note that was to be amended is read again.</summary>
    private Task GiveUpAsync() => SaveAsync(async () =>
    {
        if (_note is { Amends: { } amends } draft)
        {
            var given = await notes.GiveUpAmendmentAsync(new NoteAct(draft.Id, draft.PatientId, amends.Reason), CancellationToken.None);
            _refusal = given.Refusal;
            if (given.Succeeded)
            {
                _givenUp = true;
                await ReloadAsync();
            }
        }
    });

    /// <summary>An amendment that was signed is the note from then on.</summary>
    private async Task OnNoteAsync(NoteView note)
    {
        if (_note is { Amends: not null, Status: NoteStatus.Draft } && note.Status is not NoteStatus.Draft)
        {
            await ReloadAsync();
            return;
        }

        _note = note;
        await Changed.InvokeAsync(note);
    }
}
