using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Prescribing;
using DrAssistant.Data.Prescribing.Checking;
using DrAssistant.Data.Prescribing.Favourites;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Prescribing;

/// <summary>The prescriptions of a visit: what was signed in it, and the draft that is being written.</summary>
public partial class PrescriptionPanel(IPrescriptions prescriptions, IFavouriteMedicines favourites, ICurrentUser user)
{
    private const int MostEarlier = 6;

    private readonly PrescribingDesk _desk = new(prescriptions);
    private IReadOnlyList<PrescriptionView> _signed = [];
    private IReadOnlyList<PrescriptionHead> _earlier = [];
    private IReadOnlyList<FavouriteMedicine> _favourites = [];
    private IReadOnlyList<FrequentMedicine> _frequent = [];
    private IReadOnlyList<MedicineSet> _sets = [];
    private MedicineSearch? _search;
    private DraftSafety? _safety;
    private Removed? _undo;
    private Refusal? _refusal;
    private Guid? _opened;
    private Guid? _editing;
    private bool _read;
    private bool _signs;
    private bool _focuses = true;
    private int _news;
    private int _checkedVersion;
    private int _turn;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>How many medicines stand on the draft.</summary>
    [Parameter]
    public EventCallback<int> Counted { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private PrescriptionView? Draft => _desk.Draft;

    private bool MayAct => user.Can(Permissions.WritePrescriptions) && Visit.Status is not EncounterStatus.Cancelled;

    private bool MayWrite => MayAct && Visit.IsMine && Draft is null or { MayWrite: true };

    private PrescriptionHead? Last => _earlier.Count > 0 ? _earlier[0] : null;

    /// <summary>Why it cannot be signed yet.</summary>
    private string? Stop => Draft?.Lines.FirstOrDefault(l => l.Missing.Count > 0) is { } line ? $"Cannot be signed: {line.Name} is not finished"
        : _safety is { Open.Count: > 0 } found ? $"Cannot be signed: {(found.Open.Count == 1 ? "1 serious problem is open" : $"{found.Open.Count} serious problems are open")}"
        : _safety is null || _checkedVersion != Draft?.Version ? "Cannot be signed before it is checked"
        : null;

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_opened == Visit.EncounterId)
        {
            return Task.CompletedTask;
        }

        // Never one patient's medicines in another's visit, not even while loading.
        (_opened, _signed, _earlier, _safety, _undo, _refusal, _editing, _read) = (Visit.EncounterId, [], [], null, null, null, null, false);
        _desk.Lay(null);
        return ReloadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focuses && _search is not null)
        {
            _focuses = false;
            await _search.FocusAsync();
        }
    }

    protected override bool Concerns(DayChange change)
        => change?.PatientId == Visit.PatientId && change.Kind is "prescription.changed" or "allergies.changed" or "vitals.changed" or "result.changed";

    protected override Task ReloadAsync() => LoadAsync(ReadAsync, Show);

    private async Task<PanelContents> ReadAsync(CancellationToken cancellation)
    {
        var visit = await prescriptions.OfEncounterAsync(Visit.EncounterId, cancellation);
        if (!MayAct || !Visit.IsMine)
        {
            return new PanelContents(visit, [], [], [], []);
        }

        var earlier = await prescriptions.ListAsync(new PrescriptionListQuery(Visit.PatientId, Take: MostEarlier), cancellation);
        return new PanelContents(
            visit,
            [.. (earlier.Value?.Prescriptions ?? []).Where(p => p.EncounterId != Visit.EncounterId && p.Status is not PrescriptionStatus.Cancelled)],
            (await favourites.ListAsync(cancellation)).Value ?? [], (await favourites.FrequentAsync(cancellation)).Value ?? [], (await favourites.SetsAsync(cancellation)).Value ?? []);
    }

    private void Show(PanelContents contents)
    {
        _refusal = contents.Visit.Refusal;
        if (contents.Visit.Value is { } all)
        {
            _signed = [.. all.Where(p => p.Status is not PrescriptionStatus.Draft)];
            var draft = all.FirstOrDefault(p => p.Status is PrescriptionStatus.Draft && p.IsMine);

            // One that was begun while this was being read is in no list yet.
            if (draft is not null || Draft is null || all.Any(p => p.Id == Draft.Id))
            {
                _desk.Lay(draft);
            }
        }

        (_earlier, _favourites, _frequent, _sets, _read) = (contents.Earlier, contents.Favourites, contents.Frequent, contents.Sets, true);
        _news++;
        _ = TellAsync();
    }

    private void ShowSafety((DraftSafety? Found, int Version) answer) => (_safety, _checkedVersion) = answer;

    private Task TellAsync() => Counted.InvokeAsync(Draft?.Lines.Count ?? 0);

    private async Task ShowFavouritesAsync()
    {
        if (_search is not null)
        {
            await _search.ShowFavouritesAsync();
        }
    }

    private async Task SignedAsync(PrescriptionView signed)
    {
        (_signs, _safety, _undo) = (false, null, null);
        _desk.Lay(null);
        _signed = [.. _signed.Where(p => p.Id != signed.Id), signed];
        await TellAsync();
    }

    private Task ChangedAsync(PrescriptionView changed)
    {
        if (changed.Status is PrescriptionStatus.Draft)
        {
            _desk.Lay(changed);
        }

        return ReloadAsync();
    }

    private sealed record PanelContents(
        Result<IReadOnlyList<PrescriptionView>> Visit, IReadOnlyList<PrescriptionHead> Earlier, IReadOnlyList<FavouriteMedicine> Favourites, IReadOnlyList<FrequentMedicine> Frequent,
        IReadOnlyList<MedicineSet> Sets);
}
