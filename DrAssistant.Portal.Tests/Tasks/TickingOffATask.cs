using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Tasks;
using DrAssistant.Portal.Tests.Support.Pages;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class TickingOffATask : PageContext
{
    public TickingOffATask() => TaskList.Tasks.AddRange([Day.Task("Arrange ECG", Day.At(12, 0)), Day.Task("Refer for echo", Day.At(18, 0).AddDays(-1))]);

    [Fact]
    public void is_done_at_once_stays_in_its_place_and_can_be_undone()
    {
        var page = Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue));

        page.Find(".check").Change(true);

        Assert.Equal(ClinicTaskStatus.Completed, TaskList.Tasks[0].Status);
        Assert.Equal("Arrange ECG", page.Find(".done label").TextContent);
        Assert.Equal(["Arrange ECG", "Refer for echo"], page.FindAll("label").Select(l => l.TextContent));

        page.WaitForElement(".toast button").Click();

        Assert.Equal(ClinicTaskStatus.Pending, TaskList.Tasks[0].Status);
        Assert.Empty(page.FindAll(".done"));
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public async Task stays_in_its_place_when_the_list_is_read_again()
    {
        var page = Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue));
        page.Find(".check").Change(true);

        await Feed.PublishAsync(new("task.changed", null, Person.Id));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal("1", page.Find(".card-head .count").TextContent));
        Assert.Equal(["Arrange ECG", "Refer for echo"], page.FindAll("label").Select(l => l.TextContent));
    }

    [Fact]
    public void can_be_undone_for_ten_seconds_and_longer_while_pointed_at()
    {
        var page = Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue));
        page.Find(".check").Change(true);

        Clock.Advance(TimeSpan.FromSeconds(9));
        page.WaitForElement(".toast").TriggerEvent("onmouseenter", EventArgs.Empty);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEmpty(page.FindAll(".toast"));

        page.WaitForElement(".toast").TriggerEvent("onmouseleave", EventArgs.Empty);
        Clock.Advance(TimeSpan.FromSeconds(10));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".toast")));
    }

    [Fact]
    public void that_is_refused_is_announced_and_stays_open()
    {
        TaskList.Refusal = Refusal.Conflict("Sr. Mary has done this task.");
        var page = Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue));

        page.Find(".check").Change(true);

        Assert.Equal("Sr. Mary has done this task.", page.Find("[role=alert]").TextContent.Trim());
        Assert.Empty(page.FindAll(".done"));
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public void that_is_late_says_so_in_words()
        => Assert.Contains("late, yesterday", Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue)).Markup, StringComparison.Ordinal);

    [Fact]
    public void is_not_offered_when_there_is_none()
    {
        TaskList.Tasks.Clear();

        Assert.Equal("Nothing to do.", Render<TasksPanel>(p => p.Add(x => x.Few, int.MaxValue)).Find(".empty").TextContent);
    }
}
