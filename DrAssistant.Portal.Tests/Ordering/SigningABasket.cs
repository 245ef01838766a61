using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Catalogue;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Ordering;

public sealed class SigningABasket(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_is_signed_together_and_numbered()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);

        var page = await clinic.SignedAsync("lab-cbc", "img-xr-chest-pa");

        Assert.Empty(page.Basket);
        Assert.Equal([OrderType.Lab, OrderType.Imaging], page.Signed.Select(o => o.Type));
        Assert.Single(page.Signed.Select(o => o.RequisitionId).Distinct());
        Assert.Equal(["OR-26-000001", "OR-26-000002"], page.Signed.Select(o => o.Number!).Order());
        Assert.All(page.Signed, o => Assert.Equal((OrderStatus.Ordered, "Asha Rao", clinic.Clinic.Clock.Now), (o.Status, o.DoctorName, o.At)));
        var row = await clinic.Clinic.RowAsync<Order>(page.Signed[0].Id);
        Assert.Equal(("MD (Medicine)", "KMC 12345", "Karnataka Medical Council"), (row.SignerQualification, row.SignerRegistrationNumber, row.SignerRegistrationCouncil));
        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "order.begin", "order.begin", "order.sign", "order.sign");
        Assert.Equal("OR-26-000003", (await clinic.SignedAsync("lab-crp")).Signed.Single(o => o.Items[0].EntryId == "lab-crp").Number);
    }

    [Fact]
    public async Task A_side_and_the_reason_of_a_referral_are_said_first()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("img-xr-knee", "ref-card");

        Assert.Equal(nameof(OrderItemDraft.Side), (await clinic.SignAsync(page)).Refusal?.Field);
        page = (await clinic.AskAsync(clinic.Asha, o => o.ChangeItemAsync(
            clinic.Act(page), new OrderItemDraft { Id = page.Basket[0].Items[0].Id, Side = BodySide.Right }, Cancellation))).Value();
        page = (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(clinic.Act(page), new OrderParticularsDraft { Reason = "" }, Cancellation))).Value();
        Assert.Equal("Reason", (await clinic.SignAsync(page)).Refusal?.Field);
        page = (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(
            clinic.Act(page), new OrderParticularsDraft { Reason = "Murmur", LetterParts = [LetterPart.Vitals, LetterPart.Problems] }, Cancellation))).Value();
        var signed = (await clinic.SignAsync(page)).Value().Signed;

        Assert.Equal([LetterPart.Problems, LetterPart.Vitals], signed.Single(o => o.Type is OrderType.Referral).LetterParts);
        Assert.Equal(BodySide.Right, signed.Single(o => o.Type is OrderType.Imaging).Items[0].Side);
    }

    [Fact]
    public async Task What_was_withdrawn_meanwhile_is_named()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("lab-cbc");
        await clinic.Clinic.RunAsync("UPDATE order_catalogue SET is_active = false, source = 'the practice' WHERE id = 'lab-cbc'");
        clinic.Clinic.Services.GetRequiredService<OrderCatalogueStore>().Forget();

        var refusal = (await clinic.SignAsync(page)).Refusal!;

        Assert.Contains("Complete blood count", refusal.Message, StringComparison.Ordinal);
        (await clinic.AddAsync("lab-cbc")).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task It_is_signed_once_by_its_doctor_alone()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("lab-cbc");
        (await clinic.SignAsync(page, clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await clinic.SignAsync(page, clinic.Basu)).AssertRefused(RefusalKind.Invalid);

        var both = await Task.WhenAll(clinic.SignAsync(page), clinic.SignAsync(page));

        Assert.Single(both, r => r.Succeeded);
        Assert.IsType<OrdersOvertaken>(both.Single(r => !r.Succeeded).Refusal);
        Assert.Single((await clinic.ReadAsync()).Signed);
    }

    [Fact]
    public async Task It_is_cancelled_with_a_reason_until_it_is_completed()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.SignedAsync("lab-cbc", "img-xr-chest-pa");
        var (lab, film) = (page.Signed[0], page.Signed[1]);
        Task<Result<OrderView>> CancelAsync(OrderView order, string reason, ClinicPerson? by = null, Guid? patient = null)
            => clinic.AskAsync(by ?? clinic.Asha, o => o.CancelAsync(order.Id, patient ?? clinic.Meera, reason, Cancellation));

        Assert.Equal("Reason", (await CancelAsync(lab, " a ")).Refusal?.Field);
        Assert.Equal("Reason", (await CancelAsync(lab, new string('x', 256))).Refusal?.Field);
        (await CancelAsync(lab, "Not needed", clinic.Nila)).AssertRefused(RefusalKind.Forbidden);
        (await CancelAsync(lab, "Not needed", clinic.Basu)).AssertRefused(RefusalKind.NotFound);
        (await CancelAsync(lab, "Not needed", patient: Guid.CreateVersion7())).AssertRefused(RefusalKind.Conflict);
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);

        var cancelled = (await CancelAsync(lab, "Not needed", clinic.Basu)).Value();

        Assert.Equal((OrderStatus.Cancelled, "Not needed", "Basu Dev"), (cancelled.Status, cancelled.CancelReason, cancelled.Cancelled?.By));
        (await CancelAsync(lab, "Again")).AssertRefused(RefusalKind.Conflict);
        await clinic.Clinic.RunAsync("UPDATE orders SET status = 'completed', completed_at = now() WHERE id = $1", film.Id);
        (await CancelAsync(film, "Not needed")).AssertRefused(RefusalKind.Conflict);
        await clinic.Clinic.AssertTrailAsync(clinic.Basu, "order.cancel");
    }

    [Fact]
    public async Task A_patients_orders_begin_with_the_open_ones()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var first = (await clinic.SignedAsync("lab-cbc")).Signed.Single();
        clinic.Clinic.Clock.Now += TimeSpan.FromMinutes(5);
        var second = (await clinic.SignedAsync("img-xr-chest-pa")).Signed.Single(o => o.Type is OrderType.Imaging);
        await clinic.Clinic.RunAsync("UPDATE orders SET status = 'completed', completed_at = now() WHERE id = $1", second.Id);
        await clinic.FilledAsync("lab-crp");
        async Task<OrderList> ListAsync(OrderListQuery query) => (await clinic.AskAsync(clinic.Nila, o => o.ListAsync(query, Cancellation))).Value();

        var all = await ListAsync(new OrderListQuery(clinic.Meera));

        Assert.Equal([first.Id, second.Id], all.Orders.Select(o => o.Id));
        Assert.Equal((1, false), (all.Open, all.More));
        Assert.Equal(second.Id, (await ListAsync(new OrderListQuery(clinic.Meera, OrderType.Imaging))).Orders.Single().Id);
        Assert.True((await ListAsync(new OrderListQuery(clinic.Meera, Take: 1))).More);
        Assert.Equal(second.Id, (await ListAsync(new OrderListQuery(clinic.Meera, Skip: 1, Take: 1))).Orders.Single().Id);
    }
}
