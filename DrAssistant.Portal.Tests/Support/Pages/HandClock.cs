namespace DrAssistant.Portal.Tests.Support.Pages;

/// <summary>A clock that a test winds by hand, and whose timers ring when their time has come.</summary>
internal sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<HandTimer> _timers = [];
    private DateTimeOffset _now = now;

    /// <summary>How many timers there ever were, and how many of them still wait: a page that has stopped one and started another is ready.</summary>
    public (int Made, int Waiting) Timers
    {
        get
        {
            lock (_lock)
            {
                return (_timers.Count, _timers.Count(t => t.DueAt is not null));
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Where timers ring. A page's are wound between what it does, never before it has begun what a key told it.</summary>
    public Action<Action> Through { get; set; } = act => act();

    public void Advance(TimeSpan by) => Through(() => Wind(by));

    private void Wind(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        while (NextBefore(until) is { } timer)
        {
            timer.Ring();
        }

        lock (_lock)
        {
            _now = until;
        }
    }

    private HandTimer? NextBefore(DateTimeOffset until)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.DueAt <= until).MinBy(t => t.DueAt);
            _now = next?.DueAt is { } at && at > _now ? at : _now;
            return next;
        }
    }

    private sealed class HandTimer(HandClock clock, Action ring) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            DueAt = dueTime < TimeSpan.Zero ? null : clock.GetUtcNow() + dueTime;
            return true;
        }

        public void Ring()
        {
            DueAt = _period > TimeSpan.Zero ? DueAt + _period : null;
            ring();
        }

        public void Dispose() => DueAt = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
