using DrAssistant.Data.Security;
using DrAssistant.Data.Staff;

namespace DrAssistant.Portal.Security;

/// <summary>
/// The person of one circuit or request. Nobody until told otherwise, and nobody again, for good, when the session ends:
/// every service asks here, so an open page can do nothing more from that moment.
/// </summary>
internal sealed class CircuitUser : ICurrentUser
{
    private volatile SessionIdentity? _identity;
    private volatile Sleeper? _asleep;
    private string? _ipAddress;
    private string? _userAgent;
    private int _ended;

    /// <summary>The page was one too many; the session itself goes on.</summary>
    public bool IsOneTooMany { get; private set; }

    /// <summary>When the session ends if nothing more is done in any of its tabs; null until it was asked for the first time.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>The end that no activity moves.</summary>
    public DateTimeOffset? DayEndsAt => _identity?.ExpiresAt;

    /// <summary>Raised on whatever thread notices that <see cref="EndsAt"/> is another.</summary>
    public event EventHandler? EndMoved;

    /// <summary>Who slept off and can sign in again in place, and by which key; null while somebody is there, and after the end.</summary>
    public Sleeper? Asleep => _asleep;

    /// <summary>Raised on whatever thread notices that <see cref="Asleep"/> is another.</summary>
    public event EventHandler? SleepChanged;

    /// <summary>Raised once, on whatever thread notices it: the page has to leave.</summary>
    public event EventHandler? Ended;

    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    public Guid? Id => _identity?.UserId;

    public StaffRole? Role => _identity?.Role;

    public string? FullName => _identity?.FullName;

    public Guid? SessionId => _identity?.SessionId;

    public string? IpAddress => _identity?.IpAddress ?? _ipAddress;

    public string? UserAgent => _identity?.UserAgent ?? _userAgent;

    public bool IsSystem => false;

    public bool Can(string permission) => RolePermissions.Grants(Role, permission);

    public void Become(SessionIdentity identity)
    {
        // A lost connection that comes back wakes nobody.
        if (!HasEnded && _asleep is null)
        {
            _identity = identity;
        }
    }

    /// <summary>Nobody was at work for too long: nobody's from here on, as after the end, but the page stays, unseen, for the same person to come back to.</summary>
    public void FallAsleep(string key)
    {
        if (!HasEnded && _identity is { } identity)
        {
            (_asleep, _identity) = (new Sleeper(identity.UserName, identity.FullName, key), null);
            SleepChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    public void WakeAs(SessionIdentity identity)
    {
        if (!HasEnded && _asleep is not null)
        {
            (_identity, _asleep) = (identity, null);
            SleepChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Where a request comes from while nobody is signed in: a failed sign-in has an address too.</summary>
    public void ComeFrom(string? ipAddress, string? userAgent) => (_ipAddress, _userAgent) = (ipAddress, userAgent);

    public void EndAt(DateTimeOffset end)
    {
        if (EndsAt != end && !HasEnded)
        {
            EndsAt = end;
            EndMoved?.Invoke(this, EventArgs.Empty);
        }
    }

    public void BeOneTooMany()
    {
        IsOneTooMany = true;
        BecomeNobody();
    }

    public void BecomeNobody()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        (_identity, _asleep) = (null, null);
        Ended?.Invoke(this, EventArgs.Empty);
    }
}

/// <summary>Somebody whose page waits for them.</summary>
internal sealed record Sleeper(string UserName, string FullName, string Key)
{
    public override string ToString() => nameof(Sleeper);
}
