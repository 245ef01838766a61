using DrAssistant.Data.Common;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering;

public sealed class FillingABasket(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kinds_have_a_draft_each_and_start_with_the_complaint()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);

        var page = await clinic.FilledAsync("lab-cbc", "img-xr-chest-pa", "lab-crp");

        Assert.Equal([OrderType.Lab, OrderType.Imaging], page.Basket.Select(o => o.Type));
        Assert.Equal(["Complete blood count", "C-reactive protein"], page.Basket[0].Items.Select(i => i.Name));
        Assert.All(page.Basket, o => Assert.Equal((OrderStatus.Draft, OrderingClinic.Complaint, null), (o.Status, o.Reason, o.Number)));
        Assert.Contains("Haemoglobin", page.Basket[0].Items[0].Tests);
        Assert.True(page.MayWrite);
        await clinic.Clinic.AssertTrailAsync(clinic.Asha, "order.begin", "order.begin", "order.add");
        Assert.All(await clinic.Clinic.OwedAsync(), m => Assert.Equal(("order.changed", clinic.Meera), (m.Kind, m.PatientId)));
        await clinic.Clinic.AssertNowhereInTheTrailAsync("Complete blood count");
    }

    [Fact]
    public async Task A_set_brings_its_members_once_and_not_what_it_only_offers()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.FilledAsync("lab-crp");

        var page = (await clinic.AskAsync(clinic.Asha, o => o.AddSetAsync(clinic.Act(), "set-fever-workup", Cancellation))).Value();

        Assert.Equal(["lab-crp", "lab-cbc", "lab-mps", "lab-mpag", "lab-urm", "lab-bcs"], page.Basket.Single().Items.Select(i => i.EntryId));
        (await clinic.AskAsync(clinic.Asha, o => o.AddSetAsync(clinic.Act(), "set-nothing", Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.AddAsync("lab-crp")).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(nameof(OrderItemView.EntryId), (await clinic.AddAsync("lab-nothing")).Refusal?.Field);
    }

    [Fact]
    public async Task Two_windows_begin_it_once()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);

        var both = await Task.WhenAll(clinic.AddAsync("lab-cbc"), clinic.AddAsync("lab-crp"));

        Assert.All(both, r => Assert.True(r.Succeeded, r.Refusal?.Message));
        Assert.Equal(2, (await clinic.ReadAsync()).Basket.Single().Items.Count);
    }

    [Fact]
    public async Task It_is_its_doctors_alone()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.FilledAsync("lab-cbc");
        foreach (var person in new[] { clinic.Nila, await clinic.Clinic.Given.ReceptionistAsync(), await clinic.Clinic.Given.AdminAsync() })
        {
            (await clinic.AddAsync("lab-crp", person)).AssertRefused(RefusalKind.Forbidden);
        }

        await using var nobody = clinic.Clinic.AsNobody();
        (await nobody.Get<IOrders>().OfEncounterAsync(clinic.Visit, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IOrders>().AddAsync(clinic.Act(), "lab-crp", Cancellation)).AssertRefused(RefusalKind.Forbidden);
        var outside = await clinic.AddAsync("lab-crp", clinic.Basu);
        outside.AssertRefused(RefusalKind.NotFound);
        Assert.Equal((await clinic.AddAsync("lab-crp", clinic.Basu, Guid.CreateVersion7())).Refusal, outside.Refusal);
        (await clinic.AskAsync(clinic.Basu, o => o.OfEncounterAsync(clinic.Visit, Cancellation))).AssertRefused(RefusalKind.NotFound);
        (await clinic.AskAsync(clinic.Basu, o => o.ListAsync(new OrderListQuery(clinic.Meera), Cancellation))).AssertRefused(RefusalKind.NotFound);

        var seen = await clinic.ReadAsync(clinic.Nila);
        Assert.Equal((false, 0, 0), (seen.MayWrite, seen.Basket.Count, seen.Signed.Count));
        await clinic.Clinic.Given.CareAsync(clinic.Basu, clinic.Meera);
        (await clinic.AddAsync("lab-crp", clinic.Basu)).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task What_was_typed_is_kept_or_refused_beside_its_field()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("img-xr-knee", "lab-cbc");
        var knee = page.Basket[1].Items.Single();
        Assert.Equal([nameof(OrderItemDraft.Side)], knee.Missing);

        page = (await clinic.AskAsync(clinic.Asha, o => o.ChangeItemAsync(
            clinic.Act(page), new OrderItemDraft { Id = knee.Id, Side = BodySide.Left, Instructions = "  standing\u0000 " }, Cancellation))).Value();
        knee = page.Basket[1].Items.Single();
        Assert.Equal((BodySide.Left, "standing", 0), (knee.Side, knee.Instructions, knee.Missing.Count));

        var count = page.Basket[0].Items.Single().Id;
        Assert.Equal(nameof(OrderItemDraft.Side), (await clinic.AskAsync(clinic.Asha, o => o.ChangeItemAsync(
            clinic.Act(page), new OrderItemDraft { Id = count, Side = BodySide.Left }, Cancellation))).Refusal?.Field);
        Assert.Equal(nameof(OrderItemDraft.Instructions), (await clinic.AskAsync(clinic.Asha, o => o.ChangeItemAsync(
            clinic.Act(page), new OrderItemDraft { Id = count, Instructions = new string('x', 501) }, Cancellation))).Refusal?.Field);

        async Task<string?> FieldAsync(OrderParticularsDraft draft)
            => (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(clinic.Act(page), draft, Cancellation))).Refusal?.Field;
        Assert.Equal("Reason", await FieldAsync(new OrderParticularsDraft { Reason = new string('x', 501) }));
        Assert.Equal("Notes", await FieldAsync(new OrderParticularsDraft { Notes = new string('x', 1001) }));
        Assert.Equal("ReferredTo", await FieldAsync(new OrderParticularsDraft { ReferredTo = new string('x', 201) }));
        Assert.Equal("Urgency", await FieldAsync(new OrderParticularsDraft { Urgency = (OrderUrgency)9 }));
        Assert.Equal("ProviderId", await FieldAsync(new OrderParticularsDraft { ProviderId = Guid.CreateVersion7() }));
    }

    [Fact]
    public async Task What_is_said_of_the_basket_holds_for_all_kinds_and_for_the_next_one()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("lab-cbc", "img-xr-chest-pa");
        await using var admin = clinic.Clinic.As(await clinic.Clinic.Given.AdminAsync());
        var place = (await admin.Get<IProviders>().AddAsync(new ProviderDraft { Name = "City Imaging", Kind = ProviderKind.Imaging }, Cancellation)).Value();

        page = (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(
            clinic.Act(page), new OrderParticularsDraft { Reason = "Dengue?", Urgency = OrderUrgency.Urgent }, Cancellation))).Value();
        page = (await clinic.AskAsync(clinic.Asha, o => o.ReviseAsync(
            clinic.Act(page), new OrderParticularsDraft { Type = OrderType.Imaging, ProviderId = place.Id }, Cancellation))).Value();
        page = await clinic.FilledAsync("proc-ecg12");

        Assert.All(page.Basket, o => Assert.Equal(("Dengue?", OrderUrgency.Urgent), (o.Reason, o.Urgency)));
        Assert.Equal([null, "City Imaging", null], page.Basket.Select(o => o.Provider));
    }

    [Fact]
    public async Task Whoever_works_on_an_older_basket_gets_it_as_it_is_now()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var old = await clinic.FilledAsync("lab-cbc");
        await clinic.FilledAsync("lab-crp");

        var refused = await clinic.AskAsync(clinic.Asha, o => o.RemoveItemAsync(clinic.Act(old), old.Basket[0].Items[0].Id, Cancellation));

        Assert.Equal(2, Assert.IsType<OrdersOvertaken>(refused.Refusal).Current.Basket.Single().Items.Count);
        Assert.IsType<OrdersOvertaken>((await clinic.SignAsync(old)).Refusal);
        Assert.Equal(2, (await clinic.ReadAsync()).Basket.Single().Items.Count);
    }

    [Fact]
    public async Task What_is_taken_out_is_gone_and_an_empty_draft_is_none()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var page = await clinic.FilledAsync("lab-cbc");

        page = (await clinic.AskAsync(clinic.Asha, o => o.RemoveItemAsync(clinic.Act(page), page.Basket[0].Items[0].Id, Cancellation))).Value();

        Assert.Empty(page.Basket);
        (await clinic.SignAsync(page)).AssertRefused(RefusalKind.Invalid);
        Assert.Equal("lab-cbc", (await clinic.FilledAsync("lab-cbc")).Basket.Single().Items.Single().EntryId);
    }

    [Fact]
    public async Task Nothing_is_ordered_in_a_visit_of_another_or_that_is_long_over()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.Clinic.RunAsync("UPDATE encounters SET status = 'completed', start_time = $1, end_time = $1 WHERE id = $2", clinic.Clinic.Clock.Now.AddDays(-4), clinic.Visit);
        (await clinic.AddAsync("lab-cbc")).AssertRefused(RefusalKind.Conflict);
        await clinic.Clinic.RunAsync("UPDATE encounters SET end_time = $1 WHERE id = $2", clinic.Clinic.Clock.Now.AddDays(-2), clinic.Visit);
        Assert.True((await clinic.AddAsync("lab-cbc")).Succeeded);
        await clinic.Clinic.RunAsync("UPDATE patients SET status = 'inactive' WHERE id = $1", clinic.Meera);
        (await clinic.AddAsync("lab-crp")).AssertRefused(RefusalKind.Conflict);
        var wrong = await clinic.AskAsync(clinic.Asha, o => o.AddAsync(new BasketAct(clinic.Visit, Guid.CreateVersion7(), ""), "lab-crp", Cancellation));
        wrong.AssertRefused(RefusalKind.Conflict);
    }
}
