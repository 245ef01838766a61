using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>The orders of a visit: the basket that is being filled, and what was signed.</summary>
public partial class OrderPanel(IOrders orders, IOrderCatalogue catalogue, IProviders providers, ICurrentUser user)
{
    private readonly OrderDesk _desk = new();
    private IReadOnlyList<OrderSet> _sets = [];
    private IReadOnlyList<ProviderLine> _providers = [];
    private OrderSearch? _search;
    private OrderSet? _set;
    private Refusal? _refusal;
    private string? _said;
    private Guid? _opened;
    private bool _focuses = true;
    private int _turn;

    [Parameter, EditorRequired]
    public VisitHead Visit { get; set; } = default!;

    /// <summary>How many items stand in the basket.</summary>
    [Parameter]
    public EventCallback<int> Counted { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private int Count => _desk.Orders?.Basket.Sum(o => o.Items.Count) ?? 0;

    private bool MayAct => user.Can(Permissions.WriteOrders) && Visit.Status is not EncounterStatus.Cancelled;

    private bool MayWrite => MayAct && Visit.IsMine && _desk.Orders is { MayWrite: true };

    private string? Reason => _desk.Orders?.Basket.Select(o => o.Reason).FirstOrDefault();

    private string? ReasonError => _refusal is { Field: nameof(OrderParticularsDraft.Reason) } refusal ? refusal.Message : null;

    /// <summary>Why it cannot be signed yet.</summary>
    private string? Stop => _desk.Orders?.Basket.SelectMany(o => o.Items).FirstOrDefault(i => i.Missing.Count > 0) is { } item ? $"Cannot be signed: which side, {item.Name}?"
        : _desk.Orders?.Basket.Any(o => o.Type is OrderType.Referral && o.Reason is null) == true ? "Cannot be signed: a referral says why"
        : null;

    /// <summary>What the set that was taken only offers, and is not in the basket.</summary>
    private List<CatalogueEntry> Offered => _set is not { } set || _desk.Orders is not { } held ? []
        : [.. set.Optional.Where(e => held.Basket.All(o => o.Items.All(i => i.EntryId != e.Id)))];

    protected override void OnInitialized() => Follow(user.Id);

    protected override Task OnParametersSetAsync()
    {
        if (_opened == Visit.EncounterId)
        {
            return Task.CompletedTask;
        }

        // Never one patient's orders in another's visit, not even while loading.
        (_opened, _set, _refusal, _said) = (Visit.EncounterId, null, null, null);
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

    protected override bool Concerns(DayChange change) => change?.PatientId == Visit.PatientId && change.Kind is "order.changed" or "result.changed";

    protected override Task ReloadAsync() => LoadAsync(
        async cancellation => (
            Orders: await orders.OfEncounterAsync(Visit.EncounterId, cancellation),
            Sets: _sets.Count > 0 || !MayAct ? _sets : (await catalogue.SetsAsync(cancellation)).Value ?? [],
            Providers: _providers.Count > 0 || !MayAct ? _providers : (await providers.ListAsync(withWithdrawn: false, cancellation)).Value ?? []),
        read =>
        {
            (_sets, _providers) = (read.Sets, read.Providers);
            if (read.Orders.Value is not { } held)
            {
                _refusal = read.Orders.Refusal;
            }
            else if (!_desk.IsBusy)
            {
                // While an act is on its way, its answer is newer than this.
                _desk.Lay(held);
            }

            _ = Counted.InvokeAsync(Count);
        });

    private async Task<Refusal?> TakeAsync(CatalogueEntry? entry, OrderSet? set)
    {
        var added = await ActAsync(act => set is not null ? orders.AddSetAsync(act, set.Id, CancellationToken.None) : orders.AddAsync(act, entry!.Id, CancellationToken.None), again: true);
        _set = added.Succeeded && set is not null ? set : _set;
        StateHasChanged();
        return added.Refusal;
    }

    // The list says again what it is for; the same one can be taken twice.
    private async Task ChooseAsync(ChangeEventArgs chosen)
    {
        _turn++;
        if (_sets.FirstOrDefault(s => s.Id == chosen.Value as string) is { } set)
        {
            _refusal = await TakeAsync(null, set);
        }
    }

    private async Task<Refusal?> ChangeAsync(OrderItemDraft item) => _refusal = (await ActAsync(act => orders.ChangeItemAsync(act, item, CancellationToken.None))).Refusal;

    private async Task<Refusal?> ReviseAsync(OrderParticularsDraft particulars)
        => _refusal = (await ActAsync(act => orders.ReviseAsync(act, particulars, CancellationToken.None))).Refusal;

    private Task SayWhyAsync(ChangeEventArgs typed) => ReviseAsync(new OrderParticularsDraft { Reason = typed.Value as string ?? "" });

    private async Task RemoveAsync(OrderItemView item)
    {
        _refusal = (await ActAsync(act => orders.RemoveItemAsync(act, item.Id, CancellationToken.None))).Refusal;
        _said = _refusal is null ? $"{item.Name} taken out" : null;
    }

    private Task SignAsync() => SaveAsync(async () =>
    {
        var signed = await ActAsync(act => orders.SignAsync(act, CancellationToken.None));
        _refusal = signed.Refusal;
        if (signed.Succeeded)
        {
            (_set, _said) = (null, "The orders are signed.");
        }
    });

    private async Task<Result<VisitOrders>> ActAsync(Func<BasketAct, Task<Result<VisitOrders>>> act, bool again = false)
    {
        var done = await TryAsync(() => _desk.ActAsync(Visit, act, again));
        if (done.Succeeded)
        {
            _refusal = null;
            await Counted.InvokeAsync(Count);
        }

        // Asked by a part of the panel, which draws itself alone.
        StateHasChanged();
        return done;
    }
}
