using System.Globalization;
using DrAssistant.Portal.Security;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Account;

/// <summary>
/// Warns two minutes before the session ends. Whatever its person does goes on with it, the answer to this warning too: <see cref="HubGuard"/> hears a click like any other.
/// Its own clock does nothing of the kind, so a warning that nobody answers ends as it says.
/// </summary>
public sealed partial class SessionWarning : IDisposable
{
    internal static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private ITimer? _timer;
    private TimeSpan? _left;
    private DateTimeOffset? _answered;

    [Inject]
    private CircuitUser User { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>The end that no activity moves.</summary>
    private bool IsDaysEnd => User.EndsAt == User.DayEndsAt;

    public void Dispose()
    {
        User.EndMoved -= Look;
        _timer?.Dispose();
    }

    protected override void OnInitialized()
    {
        _timer = Time.CreateTimer(_ => Run(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        User.EndMoved += Look;
        Show();
    }

    private static string Countdown(TimeSpan left) => left.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private void Look(object? sender, EventArgs e) => Run();

    private void Run() => _ = InvokeAsync(() =>
    {
        Show();
        StateHasChanged();
    });

    private void Show()
    {
        if (User.HasEnded || User.EndsAt is not { } end)
        {
            _left = null;
            return;
        }

        var left = end - Time.GetUtcNow();
        var shows = left <= Ahead && left > TimeSpan.Zero && _answered != end;
        _left = shows ? left : null;
        if (left > TimeSpan.Zero)
        {
            _timer?.Change(shows ? Second : left > Ahead ? left - Ahead : left, Timeout.InfiniteTimeSpan);
        }
    }

    private void Stay()
    {
        // The next look at the record brings another end, in every tab of the session.
        (_answered, _left) = (User.EndsAt, null);
    }
}
