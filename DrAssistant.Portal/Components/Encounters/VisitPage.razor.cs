using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Notes;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Portal.Components.Notes;
using DrAssistant.Portal.Components.Voice;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Encounters;

/// <summary>One visit: who is here, why, and its end. What others change in it or in the banner appears by itself.</summary>
public partial class VisitPage(IEncounters encounters, IPatients patients, DraftDesk draft, ICurrentUser user, NavigationManager navigation)
{
    /// <summary>What the parts of this page share of a draft.</summary>
    private readonly DraftDesk _draft = draft;
    private Guid? _opened;
    private Guid? _laid;
    private VisitHead? _visit;
    private ChartBanner? _banner;
    private NoteView? _note;
    private NotePanel? _notes;
    private Refusal? _refusal;
    private Asks _asks;
    private VisitPanel _panel;
    private int _medicines;
    private int _ordered;

    private enum Asks
    {
        Nothing,
        End,
        Cancel,
    }

    [Parameter]
    public Guid EncounterId { get; set; }

    /// <summary>The draft of an amendment to go on with, in place of the note that it amends.</summary>
    [SupplyParameterFromQuery(Name = "amendment")]
    private Guid? Amendment { get; set; }

    /// <summary>What a quick action wants to be open beside the note.</summary>
    [SupplyParameterFromQuery(Name = "panel")]
    private string? Panel { get; set; }

    // A draft shows them itself. In one's own visit there will be one: nothing stands there only to go away again.
    private bool WithVitals => _note is null ? !IsGoingOn : _note is not { Status: NoteStatus.Draft, MayWrite: true };

    private bool IsGoingOn => _visit is { IsMine: true, Status: EncounterStatus.InProgress };

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_opened == EncounterId)
        {
            return Task.CompletedTask;
        }

        // Never one patient's data under another visit's address, not even while loading.
        _draft.Clear();
        (_opened, _laid, _visit, _banner, _note, _refusal, _asks, _panel, _medicines, _ordered) = (EncounterId, null, null, null, null, null, Asks.Nothing, Enum.TryParse<VisitPanel>(Panel, ignoreCase: true, out var panel) ? panel : VisitPanel.None, 0, 0);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change)
        => _visit is { } visit && change.PatientId == visit.PatientId
            && change.Kind is "encounter.changed" or "patient.changed" or "allergies.changed" or "appointment.changed";

    protected override Task ReloadAsync() => LoadAsync(
        async cancellation =>
        {
            var visit = await encounters.OpenAsync(EncounterId, cancellation);
            return (Visit: visit, Banner: visit.Succeeded ? await patients.OpenAsync(visit.Value.PatientId, cancellation) : visit.Refusal);
        },
        read =>
        {
            _refusal = read.Visit.Refusal ?? read.Banner.Refusal;
            (_visit, _banner) = _refusal is null ? (read.Visit.Value, read.Banner.Value) : (null, null);
        });

    /// <summary>A draft that waits lies beside the note as soon as the note is there; who may not write has none.</summary>
    private async Task LayDraftAsync(NoteView note)
    {
        _draft.Noted(note);
        if (_laid != note.EncounterId && note.MayWrite)
        {
            _laid = note.EncounterId;
            await _draft.OpenAsync(note.EncounterId, note.PatientId, CancellationToken.None);
        }
    }

    private static string FollowUpWords(FollowUpLine line)
        => string.Join(", ", new[] { ClinicFormat.DateWithWeekday(line.DueOn), line.Interval, line.ForTheDesk }.Where(w => !string.IsNullOrEmpty(w)));

    private void Show(VisitHead visit) => _visit = visit;

    private async Task<VisitHead?> ReadAgainAsync()
    {
        await ReloadAsync();
        StateHasChanged();
        return _visit;
    }

    /// <summary>The complaint of the visit is what the note says: lists and the desk read it from there.</summary>
    private async Task NotedAsync(NoteView note)
    {
        _note = note;
        await LayDraftAsync(note);
        var complaint = note.Content.Subjective?.ChiefComplaint;
        if (IsGoingOn && note is { Status: NoteStatus.Draft, Amends: null } && complaint is { Length: > 0 and <= VisitDraft.LongestComplaint } && complaint != _visit!.ChiefComplaint
            && await encounters.ReviseComplaintAsync(new ComplaintChange(_visit.EncounterId, _visit.ChiefComplaint, complaint), CancellationToken.None) is { Succeeded: true } revised)
        {
            _visit = revised.Value;
        }
    }

    private async Task<bool> SaveNoteAsync() => _notes is null || await _notes.SaveNowAsync();

    private void Toggle(VisitPanel panel) => _panel = _panel == panel ? VisitPanel.None : panel;

    // The next patient's card is there.
    private void Ended() => navigation.NavigateTo("/");

    private void Cancelled(VisitHead visit)
    {
        (_visit, _asks) = (visit, Asks.Nothing);
        navigation.NavigateTo("/");
    }
}
