using System.Collections.Concurrent;
using System.Text;

namespace DrAssistant.Data.Stores.Messages;

/// <summary>Who listens on this portal, and whose a message is: each portal sends under a name of its own and does not hear itself.</summary>
internal sealed class Ears
{
    private const char Divider = '|';

    private readonly string _name = Guid.CreateVersion7().ToString("N");
    private readonly ConcurrentDictionary<Guid, Action<string?>> _listeners = new();

    public IDisposable Add(Action<string?> heard)
    {
        var id = Guid.CreateVersion7();
        _listeners[id] = heard;
        return new Ear(() => _listeners.TryRemove(id, out _));
    }

    /// <summary>The message as it goes over the wire.</summary>
    public string Signed(string message)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(message), IBroadcast.Longest, nameof(message));
        return $"{_name}{Divider}{message}";
    }

    public bool IsOwn(string wire) => wire.StartsWith(_name, StringComparison.Ordinal);

    /// <summary>Tells a message of another portal; an empty one is a portal that calls itself.</summary>
    public void Hear(string wire)
    {
        var at = wire.IndexOf(Divider, StringComparison.Ordinal);
        if (at > 0 && at < wire.Length - 1 && !IsOwn(wire))
        {
            Tell(wire[(at + 1)..]);
        }
    }

    public void Missed() => Tell(null);

    private void Tell(string? message)
    {
        foreach (var heard in _listeners.Values)
        {
            heard(message);
        }
    }

    private sealed class Ear(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
