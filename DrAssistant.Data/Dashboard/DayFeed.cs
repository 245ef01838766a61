using System.Collections.Concurrent;
using System.Text.Json;
using DrAssistant.Data.Outbox;
using DrAssistant.Data.Stores.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DrAssistant.Data.Dashboard;

/// <summary>Who on this server is looking at what. One for the process; a listener that fails is only its own loss.</summary>
internal sealed partial class DayFeed(ILogger<DayFeed> log) : IDayFeed
{
    private readonly ConcurrentDictionary<Guid, Listener> _listeners = new();

    public IDisposable Listen(Guid? userId, Func<DayChange, Task> changed)
    {
        var listener = new Listener(userId, changed, this);
        _listeners[listener.Id] = listener;
        return listener;
    }

    /// <summary>Starts every listener's callback and waits for none: a slow page must not hold up the others.</summary>
    public void Publish(DayChange change)
    {
        foreach (var listener in _listeners.Values.Where(l => l.Concerns(change)))
        {
            _ = TellAsync(listener, change);
        }
    }

    private async Task TellAsync(Listener listener, DayChange change)
    {
        await Task.Yield();
        if (!_listeners.ContainsKey(listener.Id))
        {
            return; // stopped listening meanwhile
        }

        try
        {
            await listener.Changed(change);
        }
        catch (Exception e)
        {
            // A page that is being closed throws what it likes; the rest of the practice goes on.
            ListenerFailed(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A listener of the day feed failed: {Error}.")]
    private partial void ListenerFailed(string error);

    private sealed record Listener(Guid? UserId, Func<DayChange, Task> Changed, DayFeed Feed) : IDisposable
    {
        public Guid Id { get; } = Guid.CreateVersion7();

        public bool Concerns(DayChange change)
            => change == DayChange.Anything || (UserId is null ? change.Kind.StartsWith("appointment.", StringComparison.Ordinal) : change.UserId is null || change.UserId == UserId);

        public void Dispose() => Feed._listeners.TryRemove(Id, out _);
    }
}

/// <summary>The way of a change from its transaction to the open pages.</summary>
internal sealed class DayFeedHandler(DayFeed feed, IBroadcast portals) : IOutboxHandler
{
    public IReadOnlySet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "appointment.changed", "appointment.calendar", "alert.changed", "alert.raised", "note.changed", "result.changed", "document.changed", "recording.changed", "patient.changed",
        "appointment.follow-up", "encounter.changed", "vitals.changed", "allergies.changed", "prescription.changed", "order.changed", "preferences.changed",
    };

    public async Task HandleAsync(OutboxMessage message, CancellationToken cancellation)
    {
        var ids = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Payload)!;
        var change = new DayChange(message.Kind, message.SubjectId, ids.TryGetValue("user", out var user) ? Guid.Parse(user) : null)
        {
            PatientId = message.PatientId,
        };
        feed.Publish(change);
        await portals.SendAsync(JsonSerializer.Serialize(change), cancellation);
    }
}

/// <summary>Hears what other portals carried out, and tells the open pages of this one.</summary>
internal sealed class DayFeedOfOthers(DayFeed feed, IBroadcast portals) : IHostedService, IDisposable
{
    private IDisposable? _listening;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = portals.Listen(message =>
        {
            // Other words go the same way: what is no change is somebody else's.
            if (message is null || message.StartsWith('{'))
            {
                feed.Publish(message is null ? DayChange.Anything : JsonSerializer.Deserialize<DayChange>(message)!);
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
}
