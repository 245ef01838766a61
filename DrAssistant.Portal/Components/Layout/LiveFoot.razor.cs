using DrAssistant.Data.Common;

namespace DrAssistant.Portal.Components.Layout;

/// <summary>Says when the server last spoke to this tab. When it no longer does, only the style sheet can say so.</summary>
public sealed partial class LiveFoot(ClinicClock clock, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private ITimer? _timer;

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
        => _timer = time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Every, Every);
}
