using DrAssistant.Data.Common;
using DrAssistant.Data.Staff;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>What the screens say of a task.</summary>
internal static class TaskWords
{
    /// <summary>Whom it is for; <paramref name="me"/> is told apart from others.</summary>
    public static string For(TaskAssignee assignee, string? name, Guid? me) => assignee switch
    {
        { Person: { } person } when person == me => "you",
        { Person: not null } => name is null ? "somebody" : Words.Colleague(name),
        { Role: { } role } => Any(role),
        _ => "nobody yet",
    };

    public static string Any(StaffRole role) => role switch
    {
        StaffRole.Doctor => "any doctor",
        StaffRole.Nurse => "any nurse",
        StaffRole.Receptionist => "the desk",
        _ => "any administrator",
    };

    public static string Of(TaskType type) => Words.Sentence(EnumText.Of(type));

    public static string Of(TaskTab tab) => tab switch
    {
        TaskTab.Team => "Team",
        TaskTab.CreatedByMe => "Created by me",
        TaskTab.Overdue => "Overdue",
        _ => "Mine",
    };

    /// <summary>The word of a list in the address.</summary>
    public static string Address(TaskTab tab) => tab is TaskTab.Mine ? "/tasks" : $"/tasks?tab={EnumText.Of(tab)}";

    public static TaskTab Tab(string? word)
        => Enum.GetValues<TaskTab>().FirstOrDefault(tab => EnumText.Of(tab) == word);

    public static bool IsLate(TaskLine task, DateTimeOffset now)
        => task.Status is ClinicTaskStatus.Pending or ClinicTaskStatus.InProgress && task.DueDate < now;

    /// <summary>When it is due, in words that need no calendar.</summary>
    public static string? Due(TaskLine task, ClinicClock clock)
    {
        if (task.DueDate is not { } due)
        {
            return null;
        }

        var late = IsLate(task, clock.Now);
        var when = (clock.DayOf(due).DayNumber - clock.Today.DayNumber) switch
        {
            0 => $"{(late ? "since" : "by")} {ClinicFormat.Time(clock.TimeOf(due))}",
            -1 => "yesterday",
            1 => "tomorrow",
            _ => ClinicFormat.Date(clock.DayOf(due)),
        };
        return late ? $"late, {when}" : when;
    }

    /// <summary>What an act did, for the line with the way back.</summary>
    public static string Done(TaskAct act, IReadOnlyList<TaskLine> changed, ClinicClock clock)
    {
        var what = changed is [var only] ? only.Title : Words.Count(changed.Count, "task");
        return act.Deed switch
        {
            TaskDeed.Complete => $"{what}: done.",
            TaskDeed.Reopen => $"{what}: open again.",
            TaskDeed.Cancel => $"{what}: cancelled.",
            TaskDeed.Snooze => $"{what}: put off until {ClinicFormat.DateAndTime(act.Until ?? clock.Now, clock)}.",
            _ => $"{what}: given to {For(changed[0].Assignee, changed[0].AssigneeName, null)}.",
        };
    }
}
