using DrAssistant.Data.Ordering;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Ordering;

/// <summary>What was asked for or measured lately is said beside the item, and never in the way.</summary>
public sealed class OrderingTheSameAgain(ClinicDatabase databases)
{
    [Fact]
    public async Task The_same_test_on_its_way_is_named_with_its_day_and_doctor()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var at = clinic.Clinic.Clock.Now;
        await clinic.SignedAsync("lab-cbc");
        clinic.Clinic.Clock.Now += TimeSpan.FromDays(1);

        var page = await clinic.FilledAsync("lab-cbc", "lab-hb", "lab-crp");
        var items = page.Basket.Single().Items;

        Assert.Equal(new OrderedBefore("Complete blood count", OrderedHow.Open, at, "Asha Rao"), items[0].Before);
        Assert.Equal(OrderedHow.InTheBasket, items[1].Before?.How);
        Assert.Null(items[2].Before);
        Assert.True((await clinic.SignAsync(page)).Succeeded);
    }

    [Fact]
    public async Task A_panel_that_contains_the_test_counts_and_a_test_of_the_panel_does_not()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.SignedAsync("lab-elec");

        var page = await clinic.FilledAsync("lab-k", "lab-kft");

        Assert.Equal(["Kidney function panel", null], page.Basket.Single().Items.Select(i => i.Before?.Name));
        await using var other = await OrderingClinic.OpenAsync(databases);
        await other.SignedAsync("lab-elec");
        Assert.Equal(("Electrolytes panel", OrderedHow.Open), (await other.FilledAsync("lab-k")).Basket.Single().Items[0].Before is { } b ? (b.Name, b.How) : default);
    }

    [Fact]
    public async Task A_value_of_the_last_thirty_days_counts_and_an_older_one_does_not()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "2823-3", 4.1m, at: clinic.Clinic.Clock.Now.AddDays(-29), unit: "mmol/L");
        await clinic.Clinic.Given.ResultAsync(clinic.Asha, clinic.Meera, "2951-2", 140m, at: clinic.Clinic.Clock.Now.AddDays(-31), unit: "mmol/L");

        var items = (await clinic.FilledAsync("lab-k", "lab-na")).Basket.Single().Items;

        Assert.Equal((OrderedHow.Done, clinic.Clinic.Clock.Now.AddDays(-29)), (items[0].Before!.How, items[0].Before!.At));
        Assert.Null(items[1].Before);
    }

    [Fact]
    public async Task A_cancelled_order_does_not_count()
    {
        await using var clinic = await OrderingClinic.OpenAsync(databases);
        var order = (await clinic.SignedAsync("img-xr-chest-pa")).Signed.Single();
        (await clinic.AskAsync(clinic.Asha, o => o.CancelAsync(order.Id, clinic.Meera, "Not needed", TestContext.Current.CancellationToken))).Value();

        Assert.Null((await clinic.FilledAsync("img-xr-chest-pa")).Basket.Single().Items[0].Before);
    }
}
