using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>The sessions that have something open on this server: their circuits and their connections.</summary>
internal sealed class LiveSessions(TimeProvider time)
{
    private readonly Lock _changing = new();
    private readonly Dictionary<Guid, LiveSession> _sessions = [];

    /// <summary>A person's connected circuits; each costs the server about two megabytes. One that waits for a lost connection does not count.</summary>
    public PersonalQuota Tabs { get; } = new(12);

    /// <summary>A person's connections. More than tabs: a lost one is noticed only after half a minute, and several tabs try again.</summary>
    public PersonalQuota Connections { get; } = new(24);

    public IReadOnlyList<LiveSession> All
    {
        get
        {
            lock (_changing)
            {
                return [.. _sessions.Values];
            }
        }
    }

    public LiveSession Join(Guid sessionId, CircuitUser circuit) => Change(sessionId, s => s.Circuits.Add(circuit));

    public LiveSession Join(Guid sessionId, HubCallerContext connection) => Change(sessionId, s => s.Connections.Add(connection));

    public void Leave(LiveSession session, CircuitUser circuit) => Drop(session, s => s.Circuits.Remove(circuit));

    public void Leave(LiveSession session, HubCallerContext connection) => Drop(session, s => s.Connections.Remove(connection));

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

    /// <summary>The circuits that a session has open here.</summary>
    public IReadOnlyList<CircuitUser> CircuitsOf(Guid sessionId)
    {
        lock (_changing)
        {
            return _sessions.TryGetValue(sessionId, out var session) ? [.. session.Circuits] : [];
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
    private const int CircuitsRemembered = 64;
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    // The request that opened the page has just touched the session.
    private long _touched = time.GetUtcNow().UtcTicks;
    private readonly Queue<string> _circuitSecrets = [];
    private volatile bool _ended;

    public Guid Id => id;

    public HashSet<CircuitUser> Circuits { get; } = [];

    public HashSet<HubCallerContext> Connections { get; } = [];

    /// <summary>Notes that a circuit was opened in this session: only this session may come back to it.</summary>
    public void Remember(string circuitSecret)
    {
        lock (_circuitSecrets)
        {
            if (_circuitSecrets.Count == CircuitsRemembered)
            {
                _circuitSecrets.Dequeue();
            }

            _circuitSecrets.Enqueue(circuitSecret);
        }
    }

    public bool Opened(string circuitSecret)
    {
        lock (_circuitSecrets)
        {
            return _circuitSecrets.Contains(circuitSecret);
        }
    }

    public bool HasEnded
    {
        get => _ended;
        set => _ended = value;
    }

    /// <summary>Lets the next doing of its person count at once.</summary>
    internal void ForgetTouch() => Interlocked.Exchange(ref _touched, 0);

    /// <summary>True once a minute: the caller tells the session store that its person is at work.</summary>
    public bool TakeTouch()
    {
        var (now, last) = (time.GetUtcNow().UtcTicks, Interlocked.Read(ref _touched));
        return now - last >= BetweenTouches.Ticks && Interlocked.CompareExchange(ref _touched, now, last) == last;
    }
}

/// <summary>How many of something each person has, and may have.</summary>
internal sealed class PersonalQuota(int most)
{
    private readonly Lock _counting = new();
    private readonly Dictionary<Guid, int> _taken = [];

    public int Most => most;

    public int TakenBy(Guid userId)
    {
        lock (_counting)
        {
            return _taken.GetValueOrDefault(userId);
        }
    }

    public bool TryTake(Guid userId)
    {
        lock (_counting)
        {
            var taken = _taken.GetValueOrDefault(userId);
            if (taken >= most)
            {
                return false;
            }

            _taken[userId] = taken + 1;
            return true;
        }
    }

    public void GiveBack(Guid userId)
    {
        lock (_counting)
        {
            var left = _taken.GetValueOrDefault(userId) - 1;
            if (left > 0)
            {
                _taken[userId] = left;
            }
            else
            {
                _taken.Remove(userId);
            }
        }
    }
}
