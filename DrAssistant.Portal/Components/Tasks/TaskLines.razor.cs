using DrAssistant.Data.Common;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>Tasks to tick off. Done is done at once and can be undone; what was done here stays in its place, struck, while the page is open.</summary>
public partial class TaskLines(ITaskList tasks, ClinicClock clock, OpenWork work)
{
    private readonly List<(TaskLine Task, int At)> _doneHere = [];
    private IReadOnlyList<TaskLine> _read = [];
    private Refusal? _refusal;
    private TaskLine? _undo;

    [Parameter, EditorRequired]
    public IReadOnlyList<TaskLine> Tasks { get; set; } = [];

    /// <summary>At most so many; the page of tasks has them all.</summary>
    [Parameter]
    public int Few { get; set; } = int.MaxValue;

    private IReadOnlyList<TaskLine> All
    {
        get
        {
            var all = Tasks.Where(t => _doneHere.TrueForAll(d => d.Task.Id != t.Id)).ToList();
            foreach (var (task, at) in _doneHere.OrderBy(d => d.At))
            {
                all.Insert(Math.Min(at, all.Count), task);
            }

            return all;
        }
    }

    private IReadOnlyList<TaskLine> Shown => [.. All.Take(Few)];

    protected override void OnParametersSet()
    {
        // Somebody may have reopened it elsewhere: what was read last counts.
        if (!ReferenceEquals(_read, Tasks))
        {
            _read = Tasks;
            _doneHere.RemoveAll(d => Tasks.Any(t => t.Id == d.Task.Id && !IsDone(t)));
        }
    }

    private static bool IsDone(TaskLine task) => task.Status is ClinicTaskStatus.Completed;

    private bool IsLate(TaskLine task) => !IsDone(task) && task.DueDate < clock.Now;

    private string? Due(TaskLine task)
    {
        if (task.DueDate is not { } due)
        {
            return null;
        }

        var days = clock.DayOf(due).DayNumber - clock.Today.DayNumber;
        var when = days switch
        {
            0 => $"{(IsLate(task) ? "since" : "by")} {ClinicFormat.Time(TimeOnly.FromDateTime(clock.Local(due).DateTime))}",
            -1 => "yesterday",
            1 => "tomorrow",
            _ => ClinicFormat.Date(clock.DayOf(due)),
        };
        return IsLate(task) ? $"late, {when}" : when;
    }

    private Task ToggleAsync(TaskLine task) => IsDone(task) ? ReopenAsync(task) : CompleteAsync(task);

    private Task CompleteAsync(TaskLine task) => SaveAsync(async () =>
    {
        var done = await tasks.CompleteAsync(task.Id, CancellationToken.None);
        _refusal = done.Refusal;
        if (done.Succeeded)
        {
            _doneHere.Add((done.Value, All.ToList().FindIndex(t => t.Id == task.Id)));
            _undo = done.Value;
            await work.RefreshAsync(CancellationToken.None);
        }
    });

    private Task ReopenAsync(TaskLine task) => SaveAsync(async () =>
    {
        _undo = null;
        var open = await tasks.ReopenAsync(task.Id, CancellationToken.None);
        _refusal = open.Refusal;
        if (open.Succeeded)
        {
            _doneHere.RemoveAll(d => d.Task.Id == task.Id);
            await work.RefreshAsync(CancellationToken.None);
        }
    });
}
