namespace DrAssistant.Portal.Security;

/// <summary>
/// How many messages a browser may send: a burst, refilled steadily. The framework's rate limiter sees a circuit's first
/// request and none of its messages.
/// </summary>
internal sealed class EventBudget(TimeProvider time, int burst = EventBudget.Burst, int perSecond = EventBudget.PerSecond)
{
    public const int Burst = 600;
    public const int PerSecond = 120;

    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Called for one message at a time: a connection's messages are taken in order.</summary>
    public bool TrySpend()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
