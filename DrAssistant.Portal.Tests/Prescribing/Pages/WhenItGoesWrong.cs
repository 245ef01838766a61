using Bunit;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Prescribing.Pages;

/// <summary>An outage, or a page that is left in the middle of an act: the note beside the panel must not break with it.</summary>
public sealed class WhenItGoesWrong : PrescribingContext
{
    [Fact]
    public void What_breaks_is_said_in_the_panel_and_the_next_act_works()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"));
        var page = Open();
        Prescriptions.Slow = Task.FromException(new TimeoutException("The database does not answer."));
        page.FindAll("[aria-label='Remove Amoxicillin']").Single().Click();
        Assert.Contains("could not be saved", page.Find(".rx-scroll [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["AMOXICILLIN", "PARACETAMOL"], Names(page));

        Prescriptions.Slow = Task.CompletedTask;
        page.FindAll("[aria-label='Remove Amoxicillin']").Single().Click();

        Assert.Equal(["PARACETAMOL"], Names(page));
        Assert.Empty(page.FindAll(".rx-scroll [role=alert]"));
    }

    [Fact]
    public async Task The_panel_is_closed_while_advice_is_being_saved()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"));
        var page = Open();
        var slow = new TaskCompletionSource();
        Prescriptions.Slow = slow.Task;
        page.Find("#rx-advice").Change("Plenty of water");

        await DisposeComponentsAsync();
        slow.SetResult();
        await Renderer.Dispatcher.InvokeAsync(() => { });

        Assert.Equal(2, Prescriptions.All.Single().Version);
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public void Acts_that_follow_one_another_quickly_are_all_done_in_their_order()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"), FakePrescriptions.Line("Paracetamol"), FakePrescriptions.Line("Cetirizine"));
        var page = Open();
        var slow = new TaskCompletionSource();
        Prescriptions.Slow = slow.Task;
        page.FindAll("[aria-label='Remove Amoxicillin']").Single().Click();
        page.FindAll("[aria-label='Remove Cetirizine']").Single().Click();

        slow.SetResult();

        page.WaitForAssertion(() => Assert.Equal(["PARACETAMOL"], Names(page)));
        Assert.Equal(3, Prescriptions.All.Single().Version);
    }

    [Fact]
    public void A_line_that_no_check_has_seen_yet_is_not_signed()
    {
        Draft(FakePrescriptions.Line("Amoxicillin"));
        Favourites.Own.Add(FakeFavourites.Of("Ambroxol"));
        var page = Open();
        Assert.False(Sign(page).HasAttribute("disabled"));
        var slow = new TaskCompletionSource();
        Safety.Slow = slow.Task;

        Type(page, "amb");
        Press(page, "Enter");
        Assert.True(Sign(page).HasAttribute("disabled"));
        Assert.Contains("before it is checked", page.Find(".rx-foot").TextContent, StringComparison.Ordinal);

        slow.SetResult();
        page.WaitForAssertion(() => Assert.False(Sign(page).HasAttribute("disabled")));
    }
}
