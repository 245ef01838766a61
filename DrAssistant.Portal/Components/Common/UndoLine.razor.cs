using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Common;

public sealed partial class UndoLine(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private ITimer? _timer;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>The way back; without it the line only says what was done.</summary>
    [Parameter]
    public EventCallback Undo { get; set; }

    /// <summary>The ten seconds are over.</summary>
    [Parameter, EditorRequired]
    public EventCallback Gone { get; set; }

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        _timer = time.CreateTimer(_ => _ = InvokeAsync(() => Gone.InvokeAsync()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Start();
    }

    private void Start() => _timer?.Change(Patience, Timeout.InfiniteTimeSpan);

    private void Hold() => _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
