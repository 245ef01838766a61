using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Security;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Common;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>A new task, or one that there is. What was typed stays, whatever the answer is.</summary>
public partial class TaskDialog(ITaskKeeping keeping, ICurrentUser user, ClinicClock clock)
{
    private static readonly TimeOnly Evening = new(18, 0);

    private ModalDialog? _dialog;
    private DayField? _dayField;
    private TimeField? _timeField;
    private IReadOnlyList<TaskPerson> _people = [];
    private TaskDraft? _draft;
    private TaskDraft? _given;
    private TaskLine? _task;
    private TaskLine? _meanwhile;
    private Refusal? _refusal;
    private PatientHit? _patient;
    private string _patientText = "";
    private DateOnly? _day;
    private TimeOnly? _time;

    /// <summary>What a new task begins with.</summary>
    [Parameter]
    public TaskDraft? Draft { get; set; }

    /// <summary>The task to look at, instead.</summary>
    [Parameter]
    public Guid? TaskId { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<TaskLine> OnSaved { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private bool IsTyped => _draft is { } draft && (draft with { DueDate = Due() }) != _given;

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReadAsync() => LoadAsync(
        async cancellation =>
        {
            var people = await keeping.PeopleAsync(cancellation);
            return (People: people.Value ?? [], Task: TaskId is { } id ? await keeping.OpenAsync(id, cancellation) : (Result<TaskLine>?)null);
        },
        read =>
        {
            _people = read.People;
            if (read.Task is { } found)
            {
                (_task, _refusal) = (found.Value, found.Refusal);
                Begin(found.Value is { } task ? DraftOf(task) : null);
            }
            else
            {
                Begin((Draft ?? new TaskDraft()) with { Assignee = Draft?.Assignee is { } to && to != TaskAssignee.Nobody ? to : new TaskAssignee(user.Id, null) });
            }
        });

    private void Begin(TaskDraft? draft)
    {
        (_draft, _given) = (draft, draft);
        _day = draft?.DueDate is { } on ? clock.DayOf(on) : null;
        _time = draft?.DueDate is { } at ? clock.TimeOf(at) : null;
    }

    private static TaskDraft DraftOf(TaskLine task) => new()
    {
        Title = task.Title,
        Description = task.Description,
        PatientId = task.PatientId,
        EncounterId = task.EncounterId,
        Assignee = task.Assignee,
        Priority = task.Priority,
        DueDate = task.DueDate,
        Type = task.Type,
    };

    /// <summary>The instant that day and time name; the one that was there, where neither was touched.</summary>
    private DateTimeOffset? Due()
        => _day is not { } day ? null
            : _given?.DueDate is { } was && clock.DayOf(was) == day && clock.TimeOf(was) == _time ? was
            : clock.At(day, _time ?? Evening);

    private string? Error(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private string? Wrong(string field) => Error(field) is null ? null : "true";

    private void Say(string? title) => _draft = _draft! with { Title = title ?? "" };

    private void Chosen(PatientHit? patient)
    {
        _patient = patient;
        if (_draft is { } draft)
        {
            // The visit was that patient's.
            _draft = draft with { PatientId = patient?.Id, EncounterId = patient?.Id == Draft?.PatientId ? Draft?.EncounterId : null };
        }
    }

    private Task LeaveAsync() => _dialog?.LeaveAsync() ?? Task.CompletedTask;

    private Task KeepAsync() => SaveAsync(async () =>
    {
        // What cannot be read is told beside its field already, and must not be taken for nothing.
        if (_draft is not { } draft || _dayField?.IsUnreadable is true || _timeField?.IsUnreadable is true)
        {
            return;
        }

        draft = draft with { DueDate = Due() };
        if (_patient is null && _task is null && _patientText.Trim().Length > 0)
        {
            _refusal = Refusal.Invalid("Choose the patient from the list, or empty the field.");
            return;
        }

        var kept = _task is { } task
            ? await keeping.EditAsync(task.Id, (_meanwhile ?? task).Version, draft, CancellationToken.None)
            : await keeping.AddAsync(draft, CancellationToken.None);
        _refusal = kept.Refusal;
        if (kept.Succeeded)
        {
            await OnSaved.InvokeAsync(kept.Value);
        }
        else if (_task is not null && kept.Refusal.Kind is RefusalKind.Conflict)
        {
            _meanwhile = (await keeping.OpenAsync(_task.Id, CancellationToken.None)).Value ?? _meanwhile;
        }
    });
}
