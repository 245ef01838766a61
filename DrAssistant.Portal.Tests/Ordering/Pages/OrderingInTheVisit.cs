using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Ordering;
using DrAssistant.Data.Ordering.Providers;
using DrAssistant.Data.Staff;
using DrAssistant.Portal.Components.Ordering;
using DrAssistant.Portal.Tests.Encounters.Pages;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components.Web;

namespace DrAssistant.Portal.Tests.Ordering.Pages;

/// <summary>The panel in which a doctor orders: a visit of Sunita's, and hands that type.</summary>
public sealed class OrderingInTheVisit : PageContext
{
    private static readonly Guid Encounter = Guid.CreateVersion7();
    private static readonly Guid Sunita = Guid.CreateVersion7();

    [Fact]
    public void A_set_and_an_examination_are_signed_together_with_few_keys()
    {
        var page = Open();

        Type(page, "fe", "Fever work-up");
        Press(page, "Enter");
        page.WaitForAssertion(() => Assert.Contains("Complete blood count", page.Markup, StringComparison.Ordinal));
        Type(page, "cxr", "X-ray chest PA");
        Press(page, "Enter");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".order-group").Count));
        Sign(page).Click();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".order-signed").Count));
        Assert.Equal(["set set-fever-workup", "add img-xr-chest-pa", "sign"], Orders.Acts);
        Assert.Empty(page.FindAll(".order-group"));
        Assert.Contains("OR-26-000019", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_set_only_offers_is_added_one_by_one()
    {
        var page = Open();
        Type(page, "fever", "Fever work-up");
        Press(page, "Enter");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".order-offer button")));
        var offered = page.FindAll(".order-offer button").Count;

        page.FindAll(".order-offer button").First(b => b.TextContent.Contains("X-ray chest PA", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Equal(offered - 1, page.FindAll(".order-offer button").Count));
        Assert.Equal("add img-xr-chest-pa", Orders.Acts[^1]);
    }

    [Fact]
    public void Enter_before_the_answer_takes_what_the_whole_text_finds()
    {
        var page = Open();

        page.Find("#order-search").Input("cbc");
        Press(page, "Enter");

        page.WaitForAssertion(() => Assert.Equal(["add lab-cbc"], Orders.Acts));
        Assert.Equal("", page.Find("#order-search").GetAttribute("value") ?? "");
    }

    [Fact]
    public void What_is_typed_while_one_is_on_its_way_is_kept_and_comes_after_it()
    {
        var answer = new TaskCompletionSource();
        Orders.Slow = answer.Task;
        var page = Open();
        Type(page, "fever", "Fever work-up");
        Press(page, "Enter");

        Type(page, "cxr", "X-ray chest PA");
        Press(page, "Enter");
        answer.SetResult();

        page.WaitForAssertion(() => Assert.Equal(["set set-fever-workup", "add img-xr-chest-pa"], Orders.Acts));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".order-group").Count));
    }

    [Fact]
    public void A_side_is_chosen_before_it_is_signed()
    {
        var page = Open();
        Type(page, "xray knee ap", "X-ray knee AP and lateral");
        Press(page, "Enter");
        page.WaitForAssertion(() => Assert.True(Sign(page).HasAttribute("disabled")));
        Assert.Contains("which side", page.Find(".rx-foot").TextContent, StringComparison.Ordinal);

        page.FindAll(".order-side button").First(b => b.TextContent == "Left").Click();

        page.WaitForAssertion(() => Assert.False(Sign(page).HasAttribute("disabled")));
        Assert.Equal("side Left words ", Orders.Acts[^1]);
    }

    [Fact]
    public void One_too_many_is_said_with_its_day_and_does_not_stop_anybody()
    {
        Hold(FakeOrders.Of(OrderType.Lab, OrderStatus.Draft, FakeOrders.Item("Potassium") with
        {
            Before = new OrderedBefore("Electrolytes panel", OrderedHow.Open, Day.At(9, 0), "Dr. Basu"),
        }));

        var page = Open();

        page.WaitForAssertion(() => Assert.Equal("Electrolytes panel ordered 05-Nov-2026 by Dr. Basu, not back yet", page.Find(".order-warn").TextContent.Trim()));
        Assert.False(Sign(page).HasAttribute("disabled"));
    }

    [Fact]
    public void Reason_urgency_and_place_are_said_for_all_or_for_one_kind()
    {
        Providers.All.AddRange([FakeProviders.Of("City Lab", ProviderKind.Laboratory), FakeProviders.Of("City Imaging", ProviderKind.Imaging)]);
        Hold(FakeOrders.Of(OrderType.Lab, OrderStatus.Draft, FakeOrders.Item("Potassium")));
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal(["Patient chooses", "City Lab"], page.FindAll(".order-group-head select:last-of-type option").Select(o => o.TextContent).Skip(3)));

        page.Find("#order-reason").Change("Dengue?");
        page.WaitForAssertion(() => Assert.Single(Orders.Revised));
        page.FindAll(".order-group-head select")[0].Change("Urgent");
        page.WaitForAssertion(() => Assert.Equal(2, Orders.Revised.Count));
        page.FindAll(".order-group-head select")[1].Change(Providers.All[0].Id.ToString());
        page.WaitForAssertion(() => Assert.Equal(3, Orders.Revised.Count));

        Assert.Equal([(null, "Dengue?"), (OrderType.Lab, null), (OrderType.Lab, (string?)null)], Orders.Revised.Select(r => (r.Type, r.Reason)));
        Assert.Equal((OrderUrgency.Urgent, Providers.All[0].Id), (Orders.Revised[1].Urgency, Orders.Revised[2].ProviderId));
    }

    [Fact]
    public async Task A_refusal_stays_with_what_was_typed_and_another_window_is_shown()
    {
        Orders.Refuse = deed => deed.StartsWith("add", StringComparison.Ordinal) ? Refusal.Conflict("It is in the basket already.") : null;
        var page = Open();
        Type(page, "cbc", "Complete blood count");
        Press(page, "Enter");

        page.WaitForAssertion(() => Assert.Contains("in the basket already", page.Find("#order-search-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("cbc", page.Find("#order-search").GetAttribute("value"));

        var now = new VisitOrders(Encounter, Sunita, "other", MayWrite: true, [FakeOrders.Of(OrderType.Lab, OrderStatus.Draft, FakeOrders.Item("Creatinine"))], []);
        Orders.Refuse = deed => deed == "remove" ? new OrdersOvertaken("Changed meanwhile.", now) : null;
        Hold(FakeOrders.Of(OrderType.Lab, OrderStatus.Draft, FakeOrders.Item("Potassium")));
        await Feed.PublishAsync(new DayChange("order.changed", null, null) { PatientId = Sunita });
        Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Contains("Potassium", page.Markup, StringComparison.Ordinal));
        page.Find("button[aria-label='Remove Potassium']").Click();
        page.WaitForAssertion(() => Assert.Contains("Creatinine", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Changed meanwhile.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_one_is_cancelled_with_a_reason()
    {
        Orders.Held = new VisitOrders(Encounter, Sunita, "", MayWrite: true, [], [FakeOrders.Of(OrderType.Lab, OrderStatus.Ordered, FakeOrders.Item("Potassium"))]);
        var page = Open();
        page.WaitForElement(".order-signed");

        page.Find(".order-signed button").Click();
        page.FindAll("input[name=why]")[0].Change(true);
        page.FindAll("button").First(b => b.TextContent.Contains("Cancel the order", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Equal(["cancel Ordered for the wrong patient"], Orders.Acts));
    }

    [Fact]
    public void Whoever_only_reads_sees_what_was_signed_and_nothing_to_press()
    {
        SignIn(StaffRole.Nurse);
        Orders.Held = new VisitOrders(Encounter, Sunita, "", MayWrite: false, [], [FakeOrders.Of(OrderType.Lab, OrderStatus.Ordered, FakeOrders.Item("Potassium"))]);

        var page = Open(isMine: false);

        page.WaitForAssertion(() => Assert.Contains("Potassium", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#order-search"));
        Assert.Empty(page.FindAll(".order-signed button"));
    }

    private static AngleSharp.Dom.IElement Sign(IRenderedComponent<OrderPanel> page) => page.Find(".rx-foot .primary");

    private static void Type(IRenderedComponent<OrderPanel> page, string text, string first)
    {
        page.WaitForElement("#order-search").Input(text);
        page.WaitForAssertion(() => Assert.Contains(first, page.Find("#order-option-0").TextContent, StringComparison.Ordinal));
    }

    private static void Press(IRenderedComponent<OrderPanel> page, string key) => page.Find(".rx-add").KeyDown(new KeyboardEventArgs { Key = key });

    private void Hold(params OrderView[] basket) => Orders.Held = new VisitOrders(Encounter, Sunita, "", MayWrite: true, basket, []);

    private IRenderedComponent<OrderPanel> Open(bool isMine = true)
        => Render<OrderPanel>(p => p.Add(x => x.Visit, VisitOf.Sunita(Encounter, Sunita, EncounterStatus.InProgress, isMine)));
}
