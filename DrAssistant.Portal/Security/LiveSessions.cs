using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>The sessions that have something open on this server: their circuits and their connections.</summary>
internal sealed class LiveSessions(TimeProvider time)
{
    /// <summary>So many tabs a person may have connected at once; each costs the server about two megabytes.</summary>
    public const int MostTabs = 12;

    private readonly Lock _changing = new();
    private readonly Dictionary<Guid, LiveSession> _sessions = [];
    private readonly Dictionary<Guid, int> _tabs = [];

    public IReadOnlyList<Guid> Ids
    {
        get
        {
            lock (_changing)
            {
                return [.. _sessions.Keys];
            }
        }
    }

    public LiveSession Join(Guid sessionId, CircuitUser circuit) => Change(sessionId, s => s.Circuits.Add(circuit));

    public LiveSession Join(Guid sessionId, HubCallerContext connection) => Change(sessionId, s => s.Connections.Add(connection));

    public void Leave(LiveSession session, CircuitUser circuit) => Drop(session, s => s.Circuits.Remove(circuit));

    public void Leave(LiveSession session, HubCallerContext connection) => Drop(session, s => s.Connections.Remove(connection));

    /// <summary>False when this person has too many tabs already. Circuits that wait for a lost connection do not count.</summary>
    public bool TryOpenTab(Guid userId)
    {
        lock (_changing)
        {
            var open = _tabs.GetValueOrDefault(userId);
            if (open >= MostTabs)
            {
                return false;
            }

            _tabs[userId] = open + 1;
            return true;
        }
    }

    public void CloseTab(Guid userId)
    {
        lock (_changing)
        {
            var open = _tabs.GetValueOrDefault(userId) - 1;
            if (open > 0)
            {
                _tabs[userId] = open;
            }
            else
            {
                _tabs.Remove(userId);
            }
        }
    }

    /// <summary>Marks the session as ended and hands over all that it has open; from here on nothing of it is served.</summary>
    public (IReadOnlyList<CircuitUser> Circuits, IReadOnlyList<HubCallerContext> Connections) End(Guid sessionId)
    {
        lock (_changing)
        {
            if (!_sessions.Remove(sessionId, out var session))
            {
                return ([], []);
            }

            session.HasEnded = true;
            return ([.. session.Circuits], [.. session.Connections]);
        }
    }

    private LiveSession Change(Guid sessionId, Action<LiveSession> join)
    {
        lock (_changing)
        {
            if (!_sessions.TryGetValue(sessionId, out var session))
            {
                _sessions[sessionId] = session = new LiveSession(sessionId, time);
            }

            join(session);
            return session;
        }
    }

    private void Drop(LiveSession session, Action<LiveSession> leave)
    {
        lock (_changing)
        {
            leave(session);
            if (session.Circuits.Count == 0 && session.Connections.Count == 0
                && _sessions.TryGetValue(session.Id, out var known) && ReferenceEquals(known, session))
            {
                _sessions.Remove(session.Id);
            }
        }
    }
}

/// <summary>One session with what it has open. Several tabs share it, so that one touch a minute serves them all.</summary>
internal sealed class LiveSession(Guid id, TimeProvider time)
{
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    // The request that opened the page has just touched the session.
    private long _touched = time.GetUtcNow().UtcTicks;
    private volatile bool _ended;

    public Guid Id => id;

    public HashSet<CircuitUser> Circuits { get; } = [];

    public HashSet<HubCallerContext> Connections { get; } = [];

    public bool HasEnded
    {
        get => _ended;
        set => _ended = value;
    }

    /// <summary>True once a minute: the caller tells the session store that its person is at work.</summary>
    public bool TakeTouch()
    {
        var (now, last) = (time.GetUtcNow().UtcTicks, Interlocked.Read(ref _touched));
        return now - last >= BetweenTouches.Ticks && Interlocked.CompareExchange(ref _touched, now, last) == last;
    }
}
