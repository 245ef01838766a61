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

    public LiveSession Join(SessionIdentity identity, CircuitUser circuit) => Change(identity, s => s.Circuits.Add(circuit));

    public LiveSession Join(SessionIdentity identity, HubCallerContext connection) => Change(identity, s => s.Connections.Add(connection));

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

    /// <summary>The session that sleeps under this key.</summary>
    public LiveSession? Asleep(string? key)
        => key is null ? null : All.FirstOrDefault(session => session.Opens(key));

    /// <summary>What was open in one session goes on in another of the same person. False when it has ended meanwhile.</summary>
    public bool GoOn(LiveSession session, SessionIdentity identity)
    {
        lock (_changing)
        {
            if (session.HasEnded || session.Identity.UserId != identity.UserId || !_sessions.Remove(session.Id))
            {
                return false;
            }

            session.Wake(identity);
            _sessions[session.Id] = session;
            return true;
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

    private LiveSession Change(SessionIdentity identity, Action<LiveSession> join)
    {
        lock (_changing)
        {
            if (!_sessions.TryGetValue(identity.SessionId, out var session))
            {
                _sessions[identity.SessionId] = session = new LiveSession(identity, time);
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
