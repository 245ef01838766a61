using DrAssistant.Data.Alerts;
using DrAssistant.Data.Common;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Alerts;

public sealed class RaisingAnAlert(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Again_while_it_is_unread_is_counted_says_the_latest_and_keeps_the_worst()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var about = Guid.CreateVersion7();

        await RaiseAsync(clinic, asha, About(about, AlertSeverity.Critical, "Potassium 6.8"));
        await RaiseAsync(clinic, asha, About(about, AlertSeverity.Medium, "Potassium 5.2, was 6.8"));
        await RaiseAsync(clinic, basu, About(about, AlertSeverity.Medium, "Potassium 5.2, was 6.8"));
        await RaiseAsync(clinic, asha, About(Guid.CreateVersion7(), AlertSeverity.Low, "Something else"));

        var hers = await UnreadAsync(clinic, asha);
        Assert.Equal([("Potassium 5.2, was 6.8", AlertSeverity.Critical, 2), ("Something else", AlertSeverity.Low, 1)], hers.Select(a => (a.Title, a.Severity, a.Times)));
        Assert.Equal(1, Assert.Single(await UnreadAsync(clinic, basu)).Times);
    }

    [Fact]
    public async Task Again_after_it_was_read_is_a_new_one()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var about = Guid.CreateVersion7();
        await RaiseAsync(clinic, asha, About(about, AlertSeverity.High, "First"));
        await using (var acting = clinic.As(asha))
        {
            (await acting.Get<IAlerts>().AcknowledgeAsync((await UnreadAsync(clinic, asha))[0].Id, Cancellation)).Value();
        }

        await RaiseAsync(clinic, asha, About(about, AlertSeverity.High, "Second"));

        Assert.Equal(("Second", 1), ((await UnreadAsync(clinic, asha)).Single().Title, (await UnreadAsync(clinic, asha)).Single().Times));
    }

    [Fact]
    public async Task At_the_same_moment_from_many_sides_is_one_alert()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var about = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RaiseAsync(clinic, asha, About(about, AlertSeverity.High, "At once"))));

        Assert.Equal(8, Assert.Single(await UnreadAsync(clinic, asha)).Times);
    }

    [Fact]
    public async Task Owes_its_message_in_the_transaction_of_what_it_tells_of_or_not_at_all()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await using var acting = clinic.As(basu);
        var writer = acting.Get<AlertWriter>();
        var clinics = acting.Get<IDbContextFactory<Data.ClinicDb>>();
        await using (var db = await clinics.CreateDbContextAsync(Cancellation))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => writer.RaiseAsync(db, asha.Id, About(Guid.CreateVersion7(), AlertSeverity.High, "Alone"), Cancellation));
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await writer.RaiseAsync(db, asha.Id, About(Guid.CreateVersion7(), AlertSeverity.High, "Taken back"), Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Empty(await clinic.OwedAsync());
        Assert.Empty(await UnreadAsync(clinic, asha));

        await using (var db = await clinics.CreateDbContextAsync(Cancellation))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await writer.RaiseAsync(db, asha.Id, About(Guid.CreateVersion7(), AlertSeverity.High, "Kept"), Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        var message = Assert.Single(await clinic.OwedAsync());
        Assert.Equal(("alert.raised", (Guid?)Assert.Single(await UnreadAsync(clinic, asha)).Id), (message.Kind, message.SubjectId));
        Assert.Empty(await UnreadAsync(clinic, basu));
    }

    [Fact]
    public async Task A_task_given_by_somebody_else_tells_who_has_it_and_one_that_is_late_tells_again()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, mary) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        await using var acting = clinic.As(asha);
        var draft = new TaskDraft { Title = "Dress the wound", Priority = TaskPriority.Urgent, Assignee = new TaskAssignee(mary.Id, null), DueDate = clinic.Clock.Now.AddHours(1) };
        var task = (await acting.Get<ITaskKeeping>().AddAsync(draft, Cancellation)).Value();
        (await acting.Get<ITaskKeeping>().AddAsync(new TaskDraft { Title = "My own", Assignee = new TaskAssignee(asha.Id, null) }, Cancellation)).Value();
        await clinic.RelayAsync();

        var given = Assert.Single(await UnreadAsync(clinic, mary));
        Assert.Equal(("For you: Dress the wound", AlertSeverity.High, $"/tasks?task={task.Id}"), (given.Title, given.Severity, given.ActionUrl));
        Assert.Empty(await UnreadAsync(clinic, asha));

        clinic.Clock.Now = clinic.Clock.Now.AddHours(1);
        await clinic.RelayAsync();
        Assert.Contains(await UnreadAsync(clinic, mary), a => a.Title == "Late: Dress the wound");
    }

    [Fact]
    public async Task A_task_that_is_done_in_time_tells_nobody_that_it_is_late()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        var draft = new TaskDraft { Title = "Ring", Assignee = new TaskAssignee(asha.Id, null), DueDate = clinic.Clock.Now.AddHours(1) };
        var task = (await acting.Get<ITaskKeeping>().AddAsync(draft, Cancellation)).Value();
        (await acting.Get<ITaskList>().CompleteAsync(task.Id, Cancellation)).Value();

        clinic.Clock.Now = clinic.Clock.Now.AddHours(2);
        await clinic.RelayAsync();

        Assert.Empty(await UnreadAsync(clinic, asha));
    }

    [Fact]
    public async Task Marking_all_read_leaves_what_is_critical_and_everybody_elses_and_is_told_to_every_tab()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        await clinic.Given.AlertAsync(asha, AlertSeverity.Critical, title: "critical");
        await clinic.Given.AlertAsync(asha, AlertSeverity.High, title: "high");
        await clinic.Given.AlertAsync(asha, AlertSeverity.Low, title: "low");
        await clinic.Given.AlertAsync(basu, AlertSeverity.Low, title: "another's");
        await using var acting = clinic.As(asha);

        Assert.Equal(2, (await acting.Get<IAlerts>().MarkAllReadAsync(Cancellation)).Value());

        Assert.Equal("critical", Assert.Single(await UnreadAsync(clinic, asha)).Title);
        Assert.Single(await UnreadAsync(clinic, basu));
        Assert.Contains(await clinic.OwedAsync(), m => m.Kind == "alert.changed" && m.Payload.Contains(asha.Id.ToString(), StringComparison.Ordinal));
        Assert.Single(await clinic.TrailOfAsync(asha), e => e.Event == "alerts.mark-read");
        var history = (await acting.Get<IAlerts>().ListAsync(new AlertQuestion(History: true), Cancellation)).Value();
        Assert.Equal(3, history.Count);
        Assert.Equal(["high"], (await acting.Get<IAlerts>().ListAsync(new AlertQuestion(History: true, AlertSeverity.High), Cancellation)).Value().Select(a => a.Title));
    }

    [Fact]
    public async Task Some_are_those_of_them_that_are_mine()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (mine, another) = (await clinic.Given.AlertAsync(asha), await clinic.Given.AlertAsync(basu));
        await using var acting = clinic.As(asha);

        Assert.Equal([mine], (await acting.Get<IAlerts>().SomeAsync([mine, another], Cancellation)).Value().Select(a => a.Id));

        await using var nobody = clinic.AsNobody();
        (await nobody.Get<IAlerts>().SomeAsync([mine], Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IAlerts>().ListAsync(new AlertQuestion(History: true), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<IAlerts>().MarkAllReadAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    private static AlertDraft About(Guid what, AlertSeverity severity, string title)
        => new(AlertType.LabResult, severity, title, "Look at it") { Source = "results", SourceId = what };

    private static Task RaiseAsync(ClinicUnderTest clinic, ClinicPerson to, AlertDraft alert)
        => clinic.Services.GetRequiredService<AlertWriter>().RaiseAsync([to.Id], alert, Cancellation);

    private static async Task<IReadOnlyList<AlertLine>> UnreadAsync(ClinicUnderTest clinic, ClinicPerson person)
    {
        await using var acting = clinic.As(person);
        return (await acting.Get<IAlerts>().UnreadAsync(Cancellation)).Value();
    }
}
