using Bunit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Tasks;
using DrAssistant.Portal.Tests.Support.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class TheFormOfATask : PageContext
{
    private TaskDesk Desk => Services.GetRequiredService<TaskDesk>();

    [Fact]
    public void opens_from_everywhere_about_what_the_page_is_about()
    {
        var (patient, visit) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var form = Render<TaskFormHost>();
        var about = Render<TaskAbout>(p => p.Add(x => x.PatientId, patient).Add(x => x.EncounterId, visit));

        Desk.New();

        Assert.Equal((patient, visit), (Desk.Draft?.PatientId, Desk.Draft?.EncounterId));
        form.WaitForElement("#task-title");

        about.Instance.Dispose();
        Desk.New();
        Assert.Equal((null, null), (Desk.Draft?.PatientId, Desk.Draft?.EncounterId));
    }

    [Fact]
    public void makes_the_task_for_me_unless_i_say_otherwise_due_in_the_evening()
    {
        var form = New();

        form.Find("#task-title").Change("Ring the patient");
        form.Find("#task-day").Change("+1");
        form.Find("form").Submit();

        var draft = Assert.Single(Keeping.Added);
        Assert.Equal(("Ring the patient", new TaskAssignee(Person.Id, null)), (draft.Title, draft.Assignee));
        Assert.Equal(Day.At(18, 0).AddDays(1), draft.DueDate);
        Assert.Empty(form.FindAll("dialog"));
        Assert.Contains("Ring the patient", form.Find(".toast").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_what_was_typed_and_tells_what_is_wrong_beside_it()
    {
        var form = New();
        Keeping.Refusal = Refusal.Invalid("Say what is to be done.", nameof(TaskDraft.Title));
        form.Find("#task-description").Change("In the morning");

        form.Find("form").Submit();

        Assert.Equal("Say what is to be done.", form.Find("#task-title-error").TextContent);
        Assert.Equal("In the morning", form.Find("#task-description").GetAttribute("value"));
    }

    [Fact]
    public void does_not_take_a_day_that_cannot_be_read_for_none()
    {
        var form = New();
        form.Find("#task-title").Change("Ring");
        form.Find("#task-day").Change("someday");

        form.Find("form").Submit();

        Assert.Empty(Keeping.Added);
        Assert.Equal("someday", form.Find("#task-day").GetAttribute("value"));
    }

    [Fact]
    public void shows_what_it_says_now_where_somebody_was_faster()
    {
        var task = Day.Task("Ring the patient");
        TaskList.Tasks.Add(task);
        var form = Render<TaskFormHost>();
        Desk.Open(task.Id);
        form.WaitForElement("#task-title").Change("Ring the patient today");
        TaskList.Tasks[0] = task with { Title = "Ring the son", Version = 2 };
        Keeping.Refusal = Refusal.Conflict("Mary Thomas changed it.");

        form.Find("form").Submit();

        Assert.Contains("Ring the son", form.Find(".notice.warn").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ring the patient today", form.Find("#task-title").GetAttribute("value"));

        Keeping.Refusal = null;
        form.Find("form").Submit();
        Assert.Equal("Ring the patient today", TaskList.Tasks[0].Title);
    }

    private IRenderedComponent<TaskFormHost> New()
    {
        var form = Render<TaskFormHost>();
        Desk.New();
        form.WaitForElement("#task-title");
        return form;
    }
}
