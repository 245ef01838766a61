using DrAssistant.Data.Common;
using DrAssistant.Data.Security;
using DrAssistant.Data.Tasks;
using DrAssistant.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace DrAssistant.Portal.Components.Tasks;

/// <summary>All lists of tasks. An act is for the chosen ones, and for the one under the cursor where none is chosen.</summary>
public partial class TasksPage(
    ITaskList list, ITaskKeeping keeping, TaskDesk desk, ICurrentUser user, OpenWork work, TimeProvider time, IJSRuntime script)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly HashSet<Guid> _chosen = [];
    private IReadOnlyList<TaskLine>? _tasks;
    private TaskQuestion? _asked;
    private Refusal? _refusal;
    private TaskState _state = TaskState.Open;
    private string _words = "";
    private Guid? _at;
    private Guid? _focus;
    private Guid? _wanted;
    private Asks? _asks;
    private Taken? _undo;

    /// <summary>The word of the list in the address.</summary>
    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    /// <summary>A task to open at once, as an alert about it asks.</summary>
    [SupplyParameterFromQuery(Name = "task")]
    public Guid? Wanted { get; set; }

    private TaskTab Shown => TaskWords.Tab(Tab);

    private bool Idle => Saving || Meant().Count == 0;

    protected override void OnInitialized()
    {
        desk.Kept += Kept;
        Follow(user.Id);
    }

    protected override Task OnParametersSetAsync()
    {
        if (Wanted is { } wanted && wanted != _wanted)
        {
            desk.Open(wanted);
        }

        _wanted = Wanted;
        return _asked?.Tab == Shown ? Task.CompletedTask : AnotherAsync();
    }

    protected override Task ReloadAsync() => ReadAsync(TimeSpan.Zero);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } next)
        {
            _focus = null;
            await script.InvokeVoidAsync("clinicDialog.focus", $"task-{next}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        desk.Kept -= Kept;
        base.Dispose(disposing);
    }

    private void Kept(object? sender, EventArgs e) => _ = InvokeAsync(ReloadAsync);

    private Task ShowAsync(TaskState state)
    {
        _state = state;
        return AnotherAsync();
    }

    private Task AnotherAsync()
    {
        _chosen.Clear();
        (_at, _tasks) = (null, null);
        return ReadAsync(TimeSpan.Zero);
    }

    private Task TypedAsync(string? typed)
    {
        _words = typed ?? "";
        return ReadAsync(Pause);
    }

    private Task ReadAsync(TimeSpan pause)
    {
        var question = _asked = new TaskQuestion(Shown, _state, _words);
        return LoadAsync(
            async cancellation =>
            {
                await Task.Delay(pause, time, cancellation);
                return await list.ListAsync(question, cancellation);
            },
            read =>
            {
                (_tasks, _refusal) = (read.Value ?? _tasks, read.Refusal);

                // What is no longer in the list is not acted upon unseen.
                _chosen.IntersectWith(_tasks?.Select(t => t.Id) ?? []);
                _at = _tasks?.Any(t => t.Id == _at) is true ? _at : null;
            });
    }

    private void Choose(Guid task)
    {
        if (!_chosen.Remove(task))
        {
            _chosen.Add(task);
        }
    }

    private void ChooseCurrent()
    {
        if (_at is { } at)
        {
            Choose(at);
            _focus = at;
        }
    }

    private void Edit()
    {
        if (_at is { } at)
        {
            desk.Open(at);
        }
    }

    private IReadOnlyList<Guid> Meant() => _chosen.Count > 0 ? [.. _chosen] : _at is { } at ? [at] : [];

    private Task ActAsync(TaskAct act) => SaveAsync(async () =>
    {
        var meant = Meant();
        var answer = await keeping.ActAsync(meant, act, CancellationToken.None);
        _refusal = answer.Refusal ?? (answer.Value?.Refused is [var first, ..] ? first : null);
        if (answer.Succeeded)
        {
            _asks = null;
            _undo = new Taken(TaskWords.Done(act, answer.Value.Changed, Clock), answer.Value.Before);
            var next = _tasks?.SkipWhile(t => !meant.Contains(t.Id)).FirstOrDefault(t => !meant.Contains(t.Id)) ?? _tasks?.LastOrDefault(t => !meant.Contains(t.Id));
            _chosen.Clear();
            var refused = _refusal;
            await ReloadAsync();
            _refusal ??= refused;
            (_at, _focus) = (next?.Id, next?.Id);
            await work.RefreshAsync(CancellationToken.None);
        }
    });

    private Task UndoAsync(Taken undo) => SaveAsync(async () =>
    {
        _undo = null;
        var answer = await keeping.UndoAsync(undo.Before, CancellationToken.None);
        var refused = answer.Refusal ?? (answer.Value?.Refused is [var first, ..] ? first : null);
        await ReloadAsync();
        _refusal ??= refused;
        await work.RefreshAsync(CancellationToken.None);
    });

    private enum Asks
    {
        Snooze,
        Give,
    }

    private sealed record Taken(string Said, IReadOnlyList<TaskBefore> Before);
}
