using System.Data.Common;
using DrAssistant.Data.Stores.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>The word goes to the other portals after the commit. One that it does not reach finds out within a second by asking.</summary>
internal sealed partial class SessionNews(IBroadcast portals, ILogger<SessionNews> log) : ISessionNews, IHostedService, IDisposable
{
    /// <summary>Also what tells these words from those about a patient's day (<c>DayFeedOfOthers</c>).</summary>
    public const string Ended = "session.ended";

    private IDisposable? _listening;

    public event EventHandler? Heard;

    public async Task TellAsync()
    {
        Heard?.Invoke(this, EventArgs.Empty);
        try
        {
            await portals.SendAsync(Ended, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            // It has ended all the same.
            NotTold(e.GetType().Name);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = portals.Listen(message =>
        {
            if (message is null or Ended)
            {
                Heard?.Invoke(this, EventArgs.Empty);
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _listening?.Dispose();

    [LoggerMessage(LogLevel.Warning, "The other portals were not told that a session ended ({Error}); they find out by asking.")]
    private partial void NotTold(string error);
}
