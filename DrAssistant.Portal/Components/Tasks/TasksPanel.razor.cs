using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using DrAssistant.Data.Security;
using DrAssistant.Data.Tasks;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>The signed-in person's tasks, read and kept in step by this panel itself.</summary>
public partial class TasksPanel(ITaskList list, ICurrentUser user)
{
    private IReadOnlyList<TaskLine>? _tasks;
    private Refusal? _refusal;

    [Parameter]
    public string Title { get; set; } = "Tasks";

    [Parameter]
    public int Few { get; set; } = 5;

    protected override Task OnInitializedAsync()
    {
        Follow(user.Id);
        return ReloadAsync();
    }

    protected override bool Concerns(DayChange change) => change.Kind.StartsWith("task.", StringComparison.Ordinal);

    protected override Task ReloadAsync()
        => LoadAsync(list.MineAsync, read => (_tasks, _refusal) = (read.Succeeded ? read.Value : _tasks, read.Refusal));
}
