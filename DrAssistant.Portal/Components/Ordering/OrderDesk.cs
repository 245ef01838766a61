using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Ordering;

namespace DrAssistant.Portal.Components.Ordering;

/// <summary>One page's hold on the basket of a visit: does one act after the other, and knows the basket that each is made upon.</summary>
internal sealed class OrderDesk
{
    private Task _last = Task.CompletedTask;

    /// <summary>Null until it was read.</summary>
    public VisitOrders? Orders { get; private set; }

    public bool IsBusy => !_last.IsCompleted;

    public void Lay(VisitOrders? orders) => Orders = orders;

    /// <summary>Does something to the basket, as it is known here.</summary>
    /// <param name="visit">Whose basket it is.</param>
    /// <param name="act">What is done to it.</param>
    /// <param name="again">It can be done to a basket that another window changed meanwhile: it takes nothing away.</param>
    public Task<Result<VisitOrders>> ActAsync(VisitHead visit, Func<BasketAct, Task<Result<VisitOrders>>> act, bool again = false)
    {
        var done = AfterAsync(_last, visit, act, again);
        _last = done;
        return done;
    }

    private async Task<Result<VisitOrders>> AfterAsync(Task before, VisitHead visit, Func<BasketAct, Task<Result<VisitOrders>>> act, bool again)
    {
        // Whoever asked for the one before was told what came of it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var done = await act(On(visit));
        if (done.Refusal is OrdersOvertaken overtaken)
        {
            Orders = overtaken.Current;
            done = again ? await act(On(visit)) : done;
        }

        Orders = done.Value ?? Orders;
        return done;
    }

    private BasketAct On(VisitHead visit) => new(visit.EncounterId, visit.PatientId, Orders?.Mark ?? "");
}
