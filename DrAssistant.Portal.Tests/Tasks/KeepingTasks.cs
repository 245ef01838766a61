using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DrAssistant.Portal.Tests.Tasks;

public sealed class KeepingTasks(ClinicDatabase databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_sees_makes_or_changes_a_task()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var task = await clinic.Given.TaskAsync(await clinic.Given.DoctorAsync());
        await using var nobody = clinic.AsNobody();
        var keeping = nobody.Get<ITaskKeeping>();

        (await keeping.OpenAsync(task, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await keeping.PeopleAsync(Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await keeping.AddAsync(new TaskDraft { Title = "Mine" }, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await keeping.EditAsync(task, 0, new TaskDraft { Title = "Mine" }, Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await keeping.ActAsync([task], new TaskAct(TaskDeed.Cancel), Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await keeping.UndoAsync([], Cancellation)).AssertRefused(RefusalKind.Forbidden);
        (await nobody.Get<ITaskList>().ListAsync(new TaskQuestion(TaskTab.Team), Cancellation)).AssertRefused(RefusalKind.Forbidden);
    }

    [Fact]
    public async Task A_task_for_a_role_is_in_the_list_of_each_of_them_and_of_nobody_else_and_whoever_comes_first_does_it()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, mary, nora, desk) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.NurseAsync("Nora"), await clinic.Given.ReceptionistAsync());
        var task = await AddAsync(clinic, asha, new TaskDraft { Title = "Dress the wound", Assignee = new TaskAssignee(null, StaffRole.Nurse) });

        Assert.Equal("Dress the wound", Assert.Single(await MineAsync(clinic, mary)).Title);
        Assert.Equal(task.Id, Assert.Single(await MineAsync(clinic, nora)).Id);
        Assert.Empty(await MineAsync(clinic, desk));
        await using (var atTheDesk = clinic.As(desk))
        {
            (await atTheDesk.Get<ITaskKeeping>().OpenAsync(task.Id, Cancellation)).AssertRefused(RefusalKind.NotFound);
            (await atTheDesk.Get<ITaskKeeping>().ActAsync([task.Id], new TaskAct(TaskDeed.Complete), Cancellation)).AssertRefused(RefusalKind.NotFound);
        }

        await using (var one = clinic.As(mary))
        {
            (await one.Get<ITaskList>().CompleteAsync(task.Id, Cancellation)).Value();
        }

        await using var other = clinic.As(nora);
        var late = await other.Get<ITaskList>().CompleteAsync(task.Id, Cancellation);
        late.AssertRefused(RefusalKind.Conflict);
        Assert.Contains(mary.FullName, late.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_about_a_patient_shows_the_desk_a_name_and_never_the_visit()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, desk) = (await clinic.Given.DoctorAsync(), await clinic.Given.ReceptionistAsync());
        var patient = await clinic.Given.PatientAsync();
        var visit = await clinic.Given.EncounterAsync(asha, patient, clinic.At("09:00"));
        var made = await AddAsync(clinic, asha, new TaskDraft { Title = "Ask to come", PatientId = patient, EncounterId = visit, Assignee = new TaskAssignee(desk.Id, null) });
        Assert.Equal(visit, made.EncounterId);

        await using var acting = clinic.As(desk);
        var seen = (await acting.Get<ITaskKeeping>().OpenAsync(made.Id, Cancellation)).Value();
        Assert.Equal(("NAIR, Meera", null), (seen.Patient?.Listed, seen.EncounterId));
        await clinic.OnlyEventOfAsync(desk, "task.read", patient);

        // Nor may the desk point at a visit, or at a patient whom there is not.
        var draft = new TaskDraft { Title = "Look", PatientId = patient, EncounterId = visit };
        (await acting.Get<ITaskKeeping>().AddAsync(draft, Cancellation)).AssertRefused(RefusalKind.NotFound);
        (await acting.Get<ITaskKeeping>().AddAsync(new TaskDraft { Title = "Look", PatientId = Guid.CreateVersion7() }, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    [Fact]
    public async Task What_is_put_off_leaves_the_lists_and_comes_back_by_itself()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        var task = await clinic.Given.TaskAsync(asha);
        await using var acting = clinic.As(asha);
        var until = clinic.Clock.Now.AddHours(2);

        var outcome = (await acting.Get<ITaskKeeping>().ActAsync([task], new TaskAct(TaskDeed.Snooze) { Until = until }, Cancellation)).Value();

        Assert.Equal(until, Assert.Single(outcome.Changed).SnoozedUntil);
        Assert.Empty(await MineAsync(clinic, asha));
        Assert.Empty((await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Tasks);
        Assert.Single((await acting.Get<ITaskList>().ListAsync(new TaskQuestion(TaskTab.Mine, TaskState.Snoozed), Cancellation)).Value());
        await clinic.RelayAsync();
        Assert.Equal(until, Assert.Single(await clinic.OwedAsync()).AvailableAt); // pages hear of it then, not before

        clinic.Clock.Now = until;
        Assert.Single(await MineAsync(clinic, asha));
        Assert.Single((await acting.Get<IDashboard>().TodayAsync(Cancellation)).Value().Tasks);
        (await acting.Get<ITaskKeeping>().ActAsync([task], new TaskAct(TaskDeed.Snooze) { Until = until }, Cancellation)).AssertRefused(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Several_at_once_are_given_away_and_taken_back_and_what_could_not_be_is_told()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var (one, two) = (await clinic.Given.TaskAsync(asha, "One", createdBy: basu), await clinic.Given.TaskAsync(asha, "Two", createdBy: basu));
        var done = await clinic.Given.TaskAsync(asha, "Three", status: ClinicTaskStatus.Completed);
        await using var acting = clinic.As(asha);
        var keeping = acting.Get<ITaskKeeping>();

        var outcome = (await keeping.ActAsync([one, two, done], new TaskAct(TaskDeed.Give) { To = new TaskAssignee(null, StaffRole.Nurse) }, Cancellation)).Value();

        Assert.Equal(2, outcome.Changed.Count);
        Assert.Contains("already completed", Assert.Single(outcome.Refused).Message, StringComparison.Ordinal);
        Assert.Empty(await MineAsync(clinic, asha));
        Assert.Equal(2, (await clinic.TrailOfAsync(asha)).Count(e => e.Event == "task.give"));
        Assert.All(await clinic.OwedAsync(), m => Assert.Contains(asha.Id.ToString(), m.Payload, StringComparison.Ordinal));

        Assert.Equal(2, (await keeping.UndoAsync(outcome.Before, Cancellation)).Value().Changed.Count);
        Assert.Equal(2, (await MineAsync(clinic, asha)).Count);
    }

    [Fact]
    public async Task Taking_back_is_refused_once_somebody_else_has_changed_it_and_names_them()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, mary) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        var task = await clinic.Given.TaskAsync(asha);
        await using var acting = clinic.As(asha);
        var given = (await acting.Get<ITaskKeeping>().ActAsync([task], new TaskAct(TaskDeed.Give) { To = new TaskAssignee(mary.Id, null) }, Cancellation)).Value();
        await using (var nurse = clinic.As(mary))
        {
            (await nurse.Get<ITaskList>().CompleteAsync(task, Cancellation)).Value();
        }

        var undone = await acting.Get<ITaskKeeping>().UndoAsync(given.Before, Cancellation);

        undone.AssertRefused(RefusalKind.Conflict);
        Assert.Contains(mary.FullName, undone.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(ClinicTaskStatus.Completed, (await clinic.RowAsync<ClinicTask>(task)).Status);
    }

    [Fact]
    public async Task Editing_keeps_what_differs_and_is_refused_with_a_name_where_somebody_was_faster()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, mary) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync());
        var made = await AddAsync(clinic, asha, new TaskDraft { Title = "Ring the patient", Assignee = new TaskAssignee(mary.Id, null) });
        await using (var nurse = clinic.As(mary))
        {
            var draft = new TaskDraft { Title = "Ring the patient's son", Description = "Number\nis on the chart", Assignee = made.Assignee };
            Assert.Equal("Number\nis on the chart", (await nurse.Get<ITaskKeeping>().EditAsync(made.Id, made.Version, draft, Cancellation)).Value().Description);
        }

        var edit = Assert.Single(await clinic.TrailOfAsync(mary), e => e.Event == "task.edit");
        Assert.Equal(["description", "title"], edit.Fields!.Order());
        await clinic.AssertNowhereInTheTrailAsync("Number");

        await using var acting = clinic.As(asha);
        var late = await acting.Get<ITaskKeeping>().EditAsync(made.Id, made.Version, new TaskDraft { Title = "Another", Assignee = made.Assignee }, Cancellation);
        late.AssertRefused(RefusalKind.Conflict);
        Assert.Contains(mary.FullName, late.Refusal!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", nameof(TaskDraft.Title))]
    [InlineData("   ", nameof(TaskDraft.Title))]
    [InlineData("Late", nameof(TaskDraft.DueDate))]
    [InlineData("Both", nameof(TaskDraft.Assignee))]
    [InlineData("Gone", nameof(TaskDraft.Assignee))]
    public async Task What_is_wrong_with_a_task_is_told_beside_its_field(string title, string field)
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var asha = await clinic.Given.DoctorAsync();
        await using var acting = clinic.As(asha);
        var draft = new TaskDraft
        {
            Title = title,
            DueDate = title == "Late" ? clinic.At("09:00", -1) : null,
            Assignee = title switch
            {
                "Both" => new TaskAssignee(asha.Id, StaffRole.Doctor),
                "Gone" => new TaskAssignee(Guid.CreateVersion7(), null),
                _ => TaskAssignee.Nobody,
            },
        };

        var refused = await acting.Get<ITaskKeeping>().AddAsync(draft, Cancellation);

        Assert.Equal((RefusalKind.Invalid, field), (refused.Refusal?.Kind, refused.Refusal?.Field));
        await clinic.AssertNothingHappenedAsync(asha);
    }

    [Fact]
    public async Task The_lists_are_mine_the_teams_what_I_asked_for_and_what_is_late()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"));
        var meera = await clinic.Given.PatientAsync();
        await clinic.Given.CareAsync(asha, meera);
        await clinic.Given.TaskAsync(asha, "mine, late", due: clinic.At("09:00", -1));
        await clinic.Given.TaskAsync(basu, "asked of another", createdBy: asha);
        await clinic.Given.TaskAsync(basu, "of my patient 100%", patient: meera);
        await clinic.Given.TaskAsync(basu, "none of mine", due: clinic.At("09:00", -1));
        await using var acting = clinic.As(asha);
        var list = acting.Get<ITaskList>();

        Assert.Equal(["mine, late"], await TitlesAsync(list, new TaskQuestion(TaskTab.Mine)));
        Assert.Equal(["asked of another", "mine, late", "of my patient 100%"], (await TitlesAsync(list, new TaskQuestion(TaskTab.Team))).Order());
        Assert.Equal(["asked of another", "mine, late"], (await TitlesAsync(list, new TaskQuestion(TaskTab.CreatedByMe))).Order());
        Assert.Equal(["mine, late"], await TitlesAsync(list, new TaskQuestion(TaskTab.Overdue)));
        Assert.Equal(["of my patient 100%"], await TitlesAsync(list, new TaskQuestion(TaskTab.Team, Words: "meera")));
        Assert.Equal(["of my patient 100%"], await TitlesAsync(list, new TaskQuestion(TaskTab.Team, Words: "0%")));
        Assert.Empty(await TitlesAsync(list, new TaskQuestion(TaskTab.Team, Words: "m_ne")));
    }

    [Fact]
    public async Task A_change_is_told_to_who_has_it_who_had_it_who_asked_for_it_and_their_role_and_to_nobody_else()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, mary, nora, desk) = (await clinic.Given.DoctorAsync(), await clinic.Given.NurseAsync(), await clinic.Given.NurseAsync("Nora"), await clinic.Given.ReceptionistAsync());
        var task = await clinic.Given.TaskAsync(mary, createdBy: asha);
        var feed = clinic.Services.GetRequiredService<IDayFeed>();
        var heard = new System.Collections.Concurrent.ConcurrentDictionary<Guid, int>();
        var listening = new[] { asha, mary, nora, desk }.Select(p => feed.Listen(p.Id, _ =>
        {
            heard.AddOrUpdate(p.Id, 1, (_, n) => n + 1);
            return Task.CompletedTask;
        })).ToList();
        await using (var acting = clinic.As(mary))
        {
            (await acting.Get<ITaskKeeping>().ActAsync([task], new TaskAct(TaskDeed.Give) { To = new TaskAssignee(null, StaffRole.Nurse) }, Cancellation)).Value();
        }

        await clinic.RelayAsync();

        for (var look = 0; look < 200 && heard.Count < 3; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), Cancellation);
        }

        Assert.Equal(new[] { asha.Id, mary.Id, nora.Id }.Order(), heard.Keys.Order());
        listening.ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task What_the_house_changes_shows_a_task_to_nobody_and_a_name_cannot_be_forged()
    {
        await using var clinic = await ClinicUnderTest.OpenAsync(databases);
        var (asha, basu, admin) = (await clinic.Given.DoctorAsync(), await clinic.Given.DoctorAsync("Basu Dev"), await clinic.Given.AdminAsync());
        var task = await clinic.Given.TaskAsync(asha);

        await clinic.RunAsync("UPDATE tasks SET assigned_to = $1, changed_by = $2 WHERE id = $3", basu.Id, admin.Id, task);

        Assert.Null((await clinic.RowAsync<ClinicTask>(task)).ChangedBy);
        await using var acting = clinic.As(admin);
        (await acting.Get<ITaskKeeping>().OpenAsync(task, Cancellation)).AssertRefused(RefusalKind.NotFound);
    }

    private static async Task<TaskLine> AddAsync(ClinicUnderTest clinic, ClinicPerson by, TaskDraft draft)
    {
        await using var acting = clinic.As(by);
        return (await acting.Get<ITaskKeeping>().AddAsync(draft, Cancellation)).Value();
    }

    private static async Task<IReadOnlyList<TaskLine>> MineAsync(ClinicUnderTest clinic, ClinicPerson person)
    {
        await using var acting = clinic.As(person);
        return (await acting.Get<ITaskList>().MineAsync(Cancellation)).Value();
    }

    private static async Task<IEnumerable<string>> TitlesAsync(ITaskList list, TaskQuestion question)
        => (await list.ListAsync(question, Cancellation)).Value().Select(t => t.Title);
}
