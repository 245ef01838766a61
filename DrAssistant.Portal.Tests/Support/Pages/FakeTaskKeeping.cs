using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>Tasks of a list in memory, made and changed as the door would.</summary>
internal sealed class FakeTaskKeeping(FakeTasks list) : ITaskKeeping
{
    public Refusal? Refusal { get; set; }

    public List<TaskDraft> Added { get; } = [];

    public List<(IReadOnlyList<Guid> Tasks, TaskAct Act)> Acts { get; } = [];

    public List<IReadOnlyList<TaskBefore>> Undone { get; } = [];

    public IReadOnlyList<TaskPerson> People { get; set; } = [new(Guid.CreateVersion7(), "Mary Thomas", StaffRole.Nurse)];

    public Task<Result<TaskLine>> OpenAsync(Guid taskId, CancellationToken cancellation)
        => Task.FromResult<Result<TaskLine>>(list.Tasks.Find(t => t.Id == taskId) is { } task ? task : Refusal.NotFound("Task"));

    public Task<Result<IReadOnlyList<TaskPerson>>> PeopleAsync(CancellationToken cancellation) => Day.Answer(People);

    public Task<Result<TaskLine>> AddAsync(TaskDraft draft, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TaskLine>>(refusal);
        }

        Added.Add(draft with { });
        var line = new TaskLine(Guid.CreateVersion7(), draft.Title, draft.PatientId, null, draft.DueDate, draft.Priority, ClinicTaskStatus.Pending) { Assignee = draft.Assignee };
        list.Tasks.Add(line);
        return Task.FromResult<Result<TaskLine>>(line);
    }

    public Task<Result<TaskLine>> EditAsync(Guid taskId, uint version, TaskDraft draft, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TaskLine>>(refusal);
        }

        var at = list.Tasks.FindIndex(t => t.Id == taskId);
        list.Tasks[at] = list.Tasks[at] with { Title = draft.Title, Priority = draft.Priority, DueDate = draft.DueDate };
        return Task.FromResult<Result<TaskLine>>(list.Tasks[at]);
    }

    public Task<Result<TaskOutcome>> ActAsync(IReadOnlyList<Guid> taskIds, TaskAct act, CancellationToken cancellation)
    {
        if (Refusal is { } refusal)
        {
            return Task.FromResult<Result<TaskOutcome>>(refusal);
        }

        Acts.Add((taskIds, act));
        var was = list.Tasks.Where(t => taskIds.Contains(t.Id)).ToList();
        foreach (var task in was)
        {
            list.Tasks[list.Tasks.IndexOf(task)] = act.Deed switch
            {
                TaskDeed.Complete => task with { Status = ClinicTaskStatus.Completed },
                TaskDeed.Cancel => task with { Status = ClinicTaskStatus.Cancelled },
                TaskDeed.Snooze => task with { SnoozedUntil = act.Until },
                TaskDeed.Give => task with { Assignee = act.To! },
                _ => task with { Status = ClinicTaskStatus.Pending },
            };
        }

        return Task.FromResult<Result<TaskOutcome>>(new TaskOutcome(
            [.. list.Tasks.Where(t => taskIds.Contains(t.Id))],
            [.. was.Select(t => new TaskBefore(t.Id, 1, t.Status, null, t.SnoozedUntil, t.Assignee))],
            []));
    }

    public Task<Result<TaskOutcome>> UndoAsync(IReadOnlyList<TaskBefore> before, CancellationToken cancellation)
    {
        Undone.Add(before);
        foreach (var was in before)
        {
            var at = list.Tasks.FindIndex(t => t.Id == was.Id);
            list.Tasks[at] = list.Tasks[at] with { Status = was.Status, SnoozedUntil = was.SnoozedUntil, Assignee = was.Assignee };
        }

        return Task.FromResult<Result<TaskOutcome>>(new TaskOutcome([.. list.Tasks.Where(t => before.Any(b => b.Id == t.Id))], [], []));
    }
}
