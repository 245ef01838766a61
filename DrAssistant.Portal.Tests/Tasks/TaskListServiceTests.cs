using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class TaskListServiceTests(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_has_no_tasks_and_completes_none()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var task = await clinic.Given.TaskAsync(await clinic.Given.DoctorAsync());

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<ITaskList>().MineAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<ITaskList>().CompleteAsync(task, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<ITaskList>().ReopenAsync(task, Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task Mine_are_the_open_ones_assigned_to_me_the_most_urgent_first_then_by_when_they_are_due()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.TaskAsync(asha, "low", TaskPriority.Low);
        await clinic.Given.TaskAsync(asha, "high, no date", TaskPriority.High);
        await clinic.Given.TaskAsync(asha, "high, tomorrow", TaskPriority.High, due: clinic.At("09:00", 1));
        await clinic.Given.TaskAsync(asha, "high, today", TaskPriority.High, meera, clinic.At("09:00"), ClinicTaskStatus.InProgress);
        await clinic.Given.TaskAsync(asha, "medium", TaskPriority.Medium);
        await clinic.Given.TaskAsync(asha, "urgent", TaskPriority.Urgent, due: clinic.At("09:00", 30));
        await clinic.Given.TaskAsync(asha, "done", TaskPriority.Urgent, status: ClinicTaskStatus.Completed);
        await clinic.Given.TaskAsync(asha, "dropped", TaskPriority.Urgent, status: ClinicTaskStatus.Cancelled);
        await clinic.Given.TaskAsync(basu, "another's", TaskPriority.Urgent, createdBy: asha);

        await using var acting = clinic.As(asha);
        var mine = (await acting.Get<ITaskList>().MineAsync(Cancellation)).Value();

        Assert.Equal(["urgent", "high, today", "high, tomorrow", "high, no date", "medium", "low"], mine.Select(t => t.Title));
        Assert.Equal("NAIR, Meera", mine.Single(t => t.PatientId == meera).Patient?.Listed);
        (await clinic.OnlyEventOfAsync(asha, "tasks.read")).AssertShown(meera);
    }

    [Fact]
    public async Task What_is_late_stands_before_what_is_not_yet_due_and_behind_what_is_urgent()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.TaskAsync(asha, "high", TaskPriority.High, meera, clinic.At("09:00", 1));
        await clinic.Given.TaskAsync(asha, "low, late", TaskPriority.Low, meera, clinic.At("09:00", -2));
        await clinic.Given.TaskAsync(asha, "medium, late", TaskPriority.Medium, meera, clinic.At("09:00", -1));
        await clinic.Given.TaskAsync(asha, "urgent", TaskPriority.Urgent, meera);
        await clinic.Given.TaskAsync(asha, "urgent, late", TaskPriority.Urgent, meera, clinic.At("09:00", -1));
        string[] order = ["urgent, late", "urgent", "medium, late", "low, late", "high"];

        await using var acting = clinic.As(asha);
        Assert.Equal(order, (await acting.Get<ITaskList>().MineAsync(Cancellation)).Value().Select(t => t.Title));
        Assert.Equal(order, (await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Tasks.Select(t => t.Title));
    }

    [Fact]
    public async Task Completing_is_kept_audited_and_owed_in_one_act()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var meera = await clinic.Given.PatientAsync();
        var task = await clinic.Given.TaskAsync(asha, patient: meera);

        await using var acting = clinic.As(asha);
        var line = (await acting.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();

        Assert.Equal(ClinicTaskStatus.Completed, line.Status);
        var kept = await clinic.RowAsync<ClinicTask>(task);
        Assert.Equal((ClinicTaskStatus.Completed, clinic.Clock.Now), (kept.Status, kept.CompletedAt));
        var entry = await clinic.OnlyEventOfAsync(asha, "task.complete", meera);
        Assert.Equal(('U', task), (entry.Action, entry.ResourceId));
        Assert.Equal(["status"], entry.Fields);
        await clinic.AssertNowhereInTheTrailAsync("completed");
        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("task.changed", task, meera), (message.Kind, message.SubjectId, message.PatientId));
        Assert.Contains(asha.Id.ToString(), message.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reopening_undoes_it_and_each_move_is_refused_where_it_leads_nowhere()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var task = await clinic.Given.TaskAsync(asha);
        await using var acting = clinic.As(asha);
        var tasks = acting.Get<ITaskList>();

        (await tasks.ReopenAsync(task, Cancellation)).AssertRefused(RefusalKind.Conflict);
        await clinic.AssertNothingHappenedAsync(asha);

        (await tasks.CompleteAsync(task, Cancellation)).Value();
        (await tasks.CompleteAsync(task, Cancellation)).AssertRefused(RefusalKind.Conflict);
        Assert.Equal(ClinicTaskStatus.Pending, (await tasks.ReopenAsync(task, Cancellation)).Value().Status);
        await clinic.AssertTrailAsync(asha, "task.complete", "task.reopen");
        Assert.Equal(2, (await clinic.OwedAsync()).Count);
    }

    [Fact]
    public async Task Another_persons_task_is_not_found_unless_its_patient_is_in_my_care()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        var task = await clinic.Given.TaskAsync(basu, patient: meera);
        await using var acting = clinic.As(asha);

        var notInCare = await acting.Get<ITaskList>().CompleteAsync(task, Cancellation);
        var absent = await acting.Get<ITaskList>().CompleteAsync(Guid.CreateVersion7(), Cancellation);

        Assert.Equal(absent.Refusal, notInCare.Refusal);
        Assert.Equal(RefusalKind.NotFound, absent.Refusal?.Kind);
        await clinic.AssertNothingHappenedAsync(asha);

        await clinic.Given.CareAsync(asha, meera);
        (await acting.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();
        Assert.Contains(basu.Id.ToString(), Assert.Single(await clinic.OwedAsync()).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tabs_at_once_complete_it_once()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        for (var round = 0; round < 10; round++)
        {
            var task = await clinic.Given.TaskAsync(asha);
            await using var one = clinic.As(asha);
            await using var other = clinic.As(asha);

            var answers = await Task.WhenAll(
                one.Get<ITaskList>().CompleteAsync(task, Cancellation), other.Get<ITaskList>().CompleteAsync(task, Cancellation));

            Assert.Single(answers, a => a.Succeeded);
            Assert.Single(answers, a => a.Refusal?.Kind == RefusalKind.Conflict);
            Assert.Single(await clinic.TrailOfAsync(asha), e => e.ResourceId == task);
        }
    }

    [Fact]
    public async Task A_task_that_is_changed_meanwhile_is_not_completed()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var task = await clinic.Given.TaskAsync(asha);
        await using var acting = clinic.As(asha);

        var overtaken = await clinic.OvertakenAsync(
            "UPDATE tasks SET title = 'Another' WHERE id = $1", task, () => acting.Get<ITaskList>().CompleteAsync(task, Cancellation));

        overtaken.AssertRefused(RefusalKind.Conflict);
        Assert.Equal(ClinicTaskStatus.Pending, (await clinic.RowAsync<ClinicTask>(task)).Status);
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task Every_role_that_works_here_keeps_a_task_list()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        foreach (var person in new[] { await clinic.Given.NurseAsync(), await clinic.Given.ReceptionistAsync(), await clinic.Given.AdminAsync() })
        {
            var task = await clinic.Given.TaskAsync(person);
            await using var acting = clinic.As(person);
            Assert.Single((await acting.Get<ITaskList>().MineAsync(Cancellation)).Value());
            (await acting.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();
            Assert.True(acting.Get<ICurrentUser>().Can(Permissions.WriteTasks));
        }
    }
}
