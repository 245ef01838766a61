using DrAssistant.Data.Tasks;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>
/// The way to a task's form from everywhere in one open tab. What the open page is about (a chart, a visit, a result) is written into a new one.
/// It holds ids only, and no longer than the page that gave them.
/// </summary>
public sealed class TaskDesk
{
    private TaskAbout? _about;

    /// <summary>Somebody wants a form.</summary>
    public event EventHandler? Asked;

    /// <summary>A form made or changed a task.</summary>
    public event EventHandler? Kept;

    /// <summary>A new task, where one is wanted.</summary>
    public TaskDraft? Draft { get; private set; }

    /// <summary>The task to look at, where one is wanted.</summary>
    public Guid? TaskId { get; private set; }

    public void New()
    {
        (Draft, TaskId) = (new TaskDraft { PatientId = _about?.PatientId, EncounterId = _about?.EncounterId }, null);
        Asked?.Invoke(this, EventArgs.Empty);
    }

    public void Open(Guid task)
    {
        (Draft, TaskId) = (null, task);
        Asked?.Invoke(this, EventArgs.Empty);
    }

    public void Close()
    {
        (Draft, TaskId) = (null, null);
        Asked?.Invoke(this, EventArgs.Empty);
    }

    public void Keep() => Kept?.Invoke(this, EventArgs.Empty);

    internal void Stands(TaskAbout about) => _about = about;

    internal void Leaves(TaskAbout about)
    {
        if (ReferenceEquals(_about, about))
        {
            _about = null;
        }
    }
}
