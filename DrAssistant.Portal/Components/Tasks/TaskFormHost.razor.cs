using DrAssistant.Data.Security;
using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Components.Tasks;

public sealed partial class TaskFormHost(TaskDesk desk, ICurrentUser user)
{
    private string? _said;

    public void Dispose() => desk.Asked -= Show;

    protected override void OnInitialized() => desk.Asked += Show;

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);

    private void Kept(TaskLine task)
    {
        _said = desk.Draft is null ? $"{task.Title}: saved." : $"{task.Title}: given to {TaskWords.For(task.Assignee, task.AssigneeName, user.Id)}.";
        desk.Close();
        desk.Keep();
    }
}
