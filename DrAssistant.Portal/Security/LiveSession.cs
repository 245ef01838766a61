using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.SignalR;

namespace DrAssistant.Portal.Security;

/// <summary>One session with what it has open. Several tabs share it, so that one touch a minute serves them all.</summary>
internal sealed class LiveSession(SessionIdentity identity, TimeProvider time)
{
    private const int KeyBytes = 32;
    private const int CircuitsRemembered = 64;
    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    // The request that opened the page has just touched the session.
    private long _touched = time.GetUtcNow().UtcTicks;
    private readonly Queue<string> _circuitSecrets = [];
    private volatile SessionIdentity _identity = identity;
    private volatile string? _key;
    private volatile bool _ended;

    public Guid Id => _identity.SessionId;

    /// <summary>Whose it is; another session of the same person after they signed in again.</summary>
    public SessionIdentity Identity => _identity;

    /// <summary>Nobody did anything for too long: what is open stays, and nothing of it is served until its person has signed in again.</summary>
    public bool IsAsleep => _key is not null;

    /// <summary>Its person is signing in again: that the earlier session is over by then is no end of what is open here.</summary>
    public bool IsWaking { get; set; }

    public HashSet<CircuitUser> Circuits { get; } = [];

    public HashSet<HubCallerContext> Connections { get; } = [];

    /// <summary>Lays it to sleep under a new key, which only its own pages are told. Null when it slept already.</summary>
    public string? Sleep()
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyBytes));
        return Interlocked.CompareExchange(ref _key, key, null) is null ? key : null;
    }

    /// <summary>Whether this is the key it sleeps under.</summary>
    public bool Opens(string key)
        => _key is { } own && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(own), Encoding.UTF8.GetBytes(key));

    /// <summary>It goes on as this one. Under the lock of <see cref="LiveSessions"/>, which knows sessions by their ids.</summary>
    internal void Wake(SessionIdentity identity)
    {
        _identity = identity;
        ForgetTouch();
        _key = null;
    }

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
