using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;

namespace DrAssistant.Portal.Components.Admin;

/// <summary>How the stores are. Asked when the page opens and when somebody asks, as each question costs every store one.</summary>
public partial class StoresCard(ISystemState system, ClinicClock clock)
{
    private SystemState? _state;
    private Refusal? _refusal;
    private DateTimeOffset? _askedAt;

    protected override Task OnInitializedAsync() => AskAsync();

    private static string Milliseconds(TimeSpan latency)
        => latency.TotalMilliseconds < 10
            ? $"{latency.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture)}\u00A0ms"
            : $"{latency.TotalMilliseconds.ToString("#,##0", CultureInfo.InvariantCulture)}\u00A0ms";

    private Task AskAsync() => LoadAsync(system.NowAsync, read =>
    {
        _refusal = read.Refusal;
        if (read.Succeeded)
        {
            (_state, _askedAt) = (read.Value, clock.Now);
        }
    });
}
