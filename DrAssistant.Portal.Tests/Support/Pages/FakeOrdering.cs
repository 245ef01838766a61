using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Data.Ordering.Providers;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>A basket in memory: a test sees every act that reaches it, and says what is refused.</summary>
internal sealed class FakeOrders : IOrders
{
    private readonly OrderCatalogue _catalogue = OrderCatalogue.FromFiles();
    private int _mark;

    public VisitOrders? Held { get; set; }

    public List<string> Acts { get; } = [];

    public List<OrderParticularsDraft> Revised { get; } = [];

    public List<OrderListQuery> Asked { get; } = [];

    /// <summary>All orders of the chart, in the order of the door.</summary>
    public List<OrderView> OfTheChart { get; } = [];

    /// <summary>Every act waits for it.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    public Func<string, Refusal?> Refuse { get; set; } = _ => null;

    public static OrderItemView Item(string name, string? entry = null, params string[] missing) => new(Guid.CreateVersion7(), 0, entry, name, missing);

    public static OrderView Of(OrderType type, OrderStatus status, params OrderItemView[] items)
        => new(Guid.CreateVersion7(), Guid.Empty, Guid.Empty, Guid.Empty, "Dr. Meera Iyer", type, status, OrderUrgency.Routine, true, Day.At(10, 45), items)
        {
            Number = status is OrderStatus.Draft ? null : "OR-26-000018",
            RequisitionId = status is OrderStatus.Draft ? null : Guid.CreateVersion7(),
        };

    public Task<Result<VisitOrders>> OfEncounterAsync(Guid encounterId, CancellationToken cancellation)
        => Task.FromResult<Result<VisitOrders>>(Held ??= new VisitOrders(encounterId, Guid.Empty, "", MayWrite: true, [], []));

    public Task<Result<OrderList>> ListAsync(OrderListQuery query, CancellationToken cancellation)
    {
        Asked.Add(query);
        var all = OfTheChart.Where(o => query.Type is null || o.Type == query.Type).ToList();
        return Task.FromResult<Result<OrderList>>(new OrderList(
            query.PatientId, [.. all.Skip(query.Skip).Take(query.Take)], OfTheChart.Count(o => o.Status is OrderStatus.Ordered), all.Count > query.Skip + query.Take));
    }

    public Task<Result<VisitOrders>> AddAsync(BasketAct act, string entryId, CancellationToken cancellation)
        => DoAsync(act, $"add {entryId}", held => With(held, _catalogue.Get(entryId)!));

    public Task<Result<VisitOrders>> AddSetAsync(BasketAct act, string setId, CancellationToken cancellation)
        => DoAsync(act, $"set {setId}", held => _catalogue.Sets.Single(s => s.Id == setId).Members.Aggregate(held, With));

    public Task<Result<VisitOrders>> ChangeItemAsync(BasketAct act, OrderItemDraft item, CancellationToken cancellation)
        => DoAsync(act, $"side {item.Side} words {item.Instructions}", held => held with
        {
            Basket = [.. held.Basket.Select(o => o with
            {
                Items = [.. o.Items.Select(i => i.Id == item.Id ? i with { Side = item.Side, Instructions = item.Instructions, Missing = [] } : i)],
            })],
        });

    public Task<Result<VisitOrders>> RemoveItemAsync(BasketAct act, Guid itemId, CancellationToken cancellation)
        => DoAsync(act, "remove", held => held with
        {
            Basket = [.. held.Basket.Select(o => o with { Items = [.. o.Items.Where(i => i.Id != itemId)] }).Where(o => o.Items.Count > 0)],
        });

    public Task<Result<VisitOrders>> ReviseAsync(BasketAct act, OrderParticularsDraft particulars, CancellationToken cancellation)
    {
        Revised.Add(particulars);
        return DoAsync(act, "revise", held => held with
        {
            Basket = [.. held.Basket.Select(o => o with { Reason = particulars.Reason ?? o.Reason, Urgency = particulars.Urgency ?? o.Urgency })],
        });
    }

    public Task<Result<VisitOrders>> SignAsync(BasketAct act, CancellationToken cancellation)
        => DoAsync(act, "sign", held => held with
        {
            Basket = [],
            Signed = [.. held.Basket.Select(o => o with { Status = OrderStatus.Ordered, Number = "OR-26-000019", RequisitionId = Guid.CreateVersion7() }), .. held.Signed],
        });

    public Task<Result<OrderView>> CancelAsync(Guid orderId, Guid patientId, string reason, CancellationToken cancellation)
    {
        Acts.Add($"cancel {reason}");
        return Task.FromResult<Result<OrderView>>(Of(OrderType.Lab, OrderStatus.Cancelled) with { Id = orderId, CancelReason = reason });
    }

    private static VisitOrders With(VisitOrders held, CatalogueEntry entry)
    {
        var item = Item(entry.Name, entry.Id, entry.Sided ? [nameof(OrderItemDraft.Side)] : []) with { Sided = entry.Sided, Specimen = entry.Specimen };
        var order = held.Basket.FirstOrDefault(o => o.Type == entry.Type);
        return held with
        {
            Basket = order is null
                ? [.. held.Basket.Append(Of(entry.Type, OrderStatus.Draft, item)).OrderBy(o => o.Type)]
                : [.. held.Basket.Select(o => o == order ? o with { Items = [.. o.Items, item] } : o)],
        };
    }

    private async Task<Result<VisitOrders>> DoAsync(BasketAct act, string deed, Func<VisitOrders, VisitOrders> change)
    {
        Acts.Add(deed);
        await Slow;
        if (Refuse(deed) is { } refusal)
        {
            return refusal;
        }

        var held = Held ?? new VisitOrders(act.EncounterId, act.PatientId, "", MayWrite: true, [], []);
        return Held = change(held) with { Mark = $"{++_mark}" };
    }
}

/// <summary>The catalogue of the starter lists.</summary>
internal sealed class FakeOrderCatalogue : IOrderCatalogue
{
    private readonly OrderCatalogue _catalogue = OrderCatalogue.FromFiles();

    public Task<Result<IReadOnlyList<CatalogueHit>>> FindAsync(string question, OrderType? type, int count, CancellationToken cancellation)
        => Task.FromResult<Result<IReadOnlyList<CatalogueHit>>>(_catalogue.Find(question, type, count).ToList());

    public Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<OrderSet>>>(_catalogue.Sets.ToList());

    public Task<Result<CatalogueEntry>> GetAsync(string entryId, CancellationToken cancellation) => Task.FromResult<Result<CatalogueEntry>>(_catalogue.Get(entryId)!);
}

/// <summary>A directory of which a test says what stands in it.</summary>
internal sealed class FakeProviders : IProviders
{
    public List<ProviderLine> All { get; } = [];

    public static ProviderLine Of(string name, ProviderKind kind) => new(Guid.CreateVersion7(), name, kind, null, null, null, null, IsActive: true, Day.Now);

    public Task<Result<IReadOnlyList<ProviderLine>>> ListAsync(bool withWithdrawn, CancellationToken cancellation) => Task.FromResult<Result<IReadOnlyList<ProviderLine>>>(All);

    public Task<Result<ProviderLine>> AddAsync(ProviderDraft provider, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(Of(provider.Name!, provider.Kind));

    public Task<Result<ProviderLine>> ChangeAsync(Guid providerId, ProviderDraft provider, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(All.Single(p => p.Id == providerId));

    public Task<Result<ProviderLine>> WithdrawAsync(Guid providerId, string reason, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(All.Single(p => p.Id == providerId));

    public Task<Result<ProviderLine>> RestoreAsync(Guid providerId, CancellationToken cancellation) => Task.FromResult<Result<ProviderLine>>(All.Single(p => p.Id == providerId));
}
