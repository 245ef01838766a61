using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Tasks;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class ThePageOfTasks : PageContext
{
    public ThePageOfTasks() => TaskList.Tasks.AddRange([Day.Task("Arrange ECG", Day.At(12, 0)), Day.Task("Refer for echo", Day.At(18, 0).AddDays(-1))]);

    [Fact]
    public void shows_the_list_that_the_address_names()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/tasks?tab=created_by_me");

        var page = Page();

        Assert.Equal("Created by me", page.Find(".tabs [aria-current]").TextContent);
        Assert.Equal(TaskTab.CreatedByMe, TaskList.Asked[^1].Tab);
        Assert.Contains("late, yesterday", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void acts_upon_the_one_under_the_cursor_and_takes_it_back()
    {
        var page = Page();
        Assert.True(Bar(page, "Done").HasAttribute("disabled"));

        page.Find(".task-list li").FocusIn();
        Bar(page, "Done").Click();

        Assert.Equal(ClinicTaskStatus.Completed, TaskList.Tasks[0].Status);
        page.WaitForAssertion(() => Assert.Equal(["Refer for echo"], page.FindAll(".task-title").Select(t => t.TextContent)));
        Assert.Contains("Arrange ECG: done.", page.Find(".toast").TextContent, StringComparison.Ordinal);

        page.Find(".toast button").Click();

        Assert.Single(Keeping.Undone);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".task-title").Count));
    }

    [Fact]
    public void puts_off_all_that_are_chosen_and_no_other()
    {
        var page = Page();
        page.FindAll(".task-list .check")[1].Change(true);
        page.Find(".task-list li").FocusIn();

        Bar(page, "Put off").Click();
        page.FindAll(".task-moments button").Single(b => b.TextContent.StartsWith("Tomorrow", StringComparison.Ordinal)).Click();

        var (tasks, act) = Assert.Single(Keeping.Acts);
        Assert.Equal([TaskList.Tasks[1].Id], tasks);
        Assert.Equal(Day.At(9, 0).AddDays(1), act.Until);
    }

    [Fact]
    public void gives_to_a_role_in_the_words_of_the_house()
    {
        var page = Page();
        page.Find(".task-list li").FocusIn();

        Bar(page, "Give to").Click();
        page.Find("#give-to").Change("nurse");
        page.FindAll(".dialog-foot button").Single(b => b.TextContent == "Give").Click();

        Assert.Equal(new TaskAssignee(null, StaffRole.Nurse), Assert.Single(Keeping.Acts).Act.To);
        Assert.Contains("given to any nurse", page.Find(".toast").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void says_what_could_not_be_done_and_keeps_the_list()
    {
        Keeping.Refusal = Refusal.Conflict("Mary Thomas was faster.");
        var page = Page();
        page.Find(".task-list li").FocusIn();

        Bar(page, "Done").Click();

        Assert.Equal("Mary Thomas was faster.", page.Find("[role=alert]").TextContent.Trim());
        Assert.Equal(2, page.FindAll(".task-title").Count);
        Assert.Empty(page.FindAll(".toast"));
    }

    [Fact]
    public async Task moves_live()
    {
        var page = Page();
        TaskList.Tasks.Add(Day.Task("Come to room 2"));

        await Feed.PublishAsync(new("task.changed", null, Person.Id));
        Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".task-title").Count));
    }

    private IRenderedComponent<TasksPage> Page()
    {
        var page = Render<TasksPage>();
        page.WaitForElement(".task-list li");
        return page;
    }

    private static AngleSharp.Dom.IElement Bar(IRenderedComponent<TasksPage> page, string words)
        => page.FindAll(".task-bar button").Single(b => b.GetAttribute("data-key-words") == words);
}
