using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>Shows nothing: says that the page it stands on is about this patient and, on a visit's, this visit. A task made there is about them.</summary>
public sealed class TaskAbout(TaskDesk desk) : ComponentBase, IDisposable
{
    [Parameter, EditorRequired]
    public Guid PatientId { get; set; }

    [Parameter]
    public Guid? EncounterId { get; set; }

    public void Dispose() => desk.Leaves(this);

    protected override void OnInitialized() => desk.Stands(this);
}
