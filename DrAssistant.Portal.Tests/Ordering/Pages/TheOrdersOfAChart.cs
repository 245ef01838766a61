using Bunit;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering;
using DrAssistant.Portal.Components.Ordering;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Ordering.Pages;

public sealed class TheOrdersOfAChart : PageContext
{
    private static readonly Guid Sunita = Guid.CreateVersion7();

    [Fact]
    public void Come_page_by_page_and_by_kind()
    {
        Orders.OfTheChart.AddRange(Enumerable.Range(0, 25).Select(n => FakeOrders.Of(OrderType.Lab, OrderStatus.Ordered, FakeOrders.Item($"Test {n}") with { Results = 2 })));
        Orders.OfTheChart.Add(FakeOrders.Of(OrderType.Imaging, OrderStatus.Completed, FakeOrders.Item("X-ray chest PA")));

        var page = Render<OrdersPanel>(p => p.Add(x => x.PatientId, Sunita));

        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll(".order-signed").Count));
        Assert.Contains("25 open", page.Markup, StringComparison.Ordinal);
        Assert.Contains("2 results", page.Find(".order-signed").TextContent, StringComparison.Ordinal);
        page.Find(".order-more button").Click();
        page.WaitForAssertion(() => Assert.Equal(26, page.FindAll(".order-signed").Count));
        page.FindAll(".seg button").First(b => b.TextContent == "Imaging").Click();
        page.WaitForAssertion(() => Assert.Equal(["X-ray chest PA"], page.FindAll(".order-done b").Select(b => b.TextContent)));
    }

    [Fact]
    public void Mark_the_one_that_somebody_came_for_however_far_back_it_is()
    {
        Orders.OfTheChart.AddRange(Enumerable.Range(0, 50).Select(n => FakeOrders.Of(OrderType.Lab, OrderStatus.Ordered, FakeOrders.Item($"Test {n}"))));
        var sought = Orders.OfTheChart[41];

        var page = Render<OrdersPanel>(p => p.Add(x => x.PatientId, Sunita).Add(x => x.Sought, sought.Id));

        page.WaitForAssertion(() => Assert.Contains("Test 41", page.Find(".order-signed.sought").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", Assert.Single(page.FindAll(".sought")).GetAttribute("aria-current"));
        Assert.Equal(SignedOrder.IdOf(sought.Id), Assert.Single(JSInterop.Invocations["clinicShell.inSight"]).Arguments[0]);
        Assert.Equal(SignedOrder.IdOf(sought.Id), page.Find(".sought").Id);
    }

    [Fact]
    public async Task Move_when_somebody_signs_one()
    {
        var page = Render<OrdersPanel>(p => p.Add(x => x.PatientId, Sunita));
        page.WaitForAssertion(() => Assert.Contains("Nothing was ordered yet", page.Markup, StringComparison.Ordinal));

        Orders.OfTheChart.Add(FakeOrders.Of(OrderType.Lab, OrderStatus.Ordered, FakeOrders.Item("Potassium")));
        await Feed.PublishAsync(new DayChange("order.changed", null, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Contains("Potassium", page.Markup, StringComparison.Ordinal));
    }
}
