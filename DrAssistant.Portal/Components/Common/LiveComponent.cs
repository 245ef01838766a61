using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Common;
using DrAssistant.Data.Dashboard;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Common;

/// <summary>
/// Base of components that move live: what changes in the practice is read again at once, the rest of a burst together a moment later,
/// and waiting times go on each minute.
/// </summary>
public abstract class LiveComponent : ClinicComponent
{
    /// <summary>Between two readings: a busy minute must not keep every open page reading without a pause, and nobody sees a tenth of a second.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private IDisposable? _listening;
    private ITimer? _minute;
    private ITimer? _reload;
    private DateTimeOffset _restUntil;
    private bool _due;
    private bool _reading;

    [Inject]
    [NotNull]
    protected ClinicClock? Clock { get; set; }

    [Inject]
    [NotNull]
    private IDayFeed? Feed { get; set; }

    [Inject]
    [NotNull]
    private TimeProvider? Time { get; set; }

    /// <summary>Begins to follow what concerns this person; null follows all appointments of the practice.</summary>
    protected void Follow(Guid? userId)
    {
        _reload = Time.CreateTimer(_ => Run(ReloadNowAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _minute = Time.CreateTimer(_ => Run(TickAsync), null, Minute - TimeSpan.FromTicks(Clock.Now.Ticks % Minute.Ticks), Minute);
        _listening = Feed.Listen(userId, change => InvokeAsync(() => Changed(change)));
    }

    /// <summary>Reads again what this component shows, without taking away what stands there.</summary>
    protected abstract Task ReloadAsync();

    protected virtual bool Concerns(DayChange change) => change is not { IsOfPreferences: true };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _listening?.Dispose();
            _minute?.Dispose();
            _reload?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Changed(DayChange change)
    {
        if (change == DayChange.Anything || Concerns(change))
        {
            ReadSoon();
        }
    }

    private void ReadSoon()
    {
        if (_due)
        {
            return;
        }

        _due = true;
        if (!_reading)
        {
            var rest = _restUntil - Clock.Now;
            _reload?.Change(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ReloadNowAsync()
    {
        (_due, _reading) = (false, true);
        try
        {
            await ReloadAsync();
            StateHasChanged();
        }
        finally
        {
            // What changed while this was reading may not be in the answer. It is asked for afterwards, never meanwhile:
            // a reading that is cut short by the next one would show nothing for as long as the practice is busy.
            _reading = false;
            _restUntil = Clock.Now + Rest;
            if (_due)
            {
                _due = false;
                ReadSoon();
            }
        }
    }

    private Task TickAsync()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    // A timer comes from outside the circuit; what breaks in it belongs to the page's error boundary.
    private void Run(Func<Task> work)
        => _ = InvokeAsync(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception exception) when (exception is not ObjectDisposedException)
            {
                await DispatchExceptionAsync(exception);
            }
        });
}
