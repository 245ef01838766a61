using System.Collections.Concurrent;

namespace DrAssistant.Data.Documents;

/// <summary>
/// Which openings of a document are in the audit trail already: a browser fetches one document in many pieces. What is not remembered here,
/// such as after a restart or on another portal, is audited once more, never once less.
/// </summary>
internal sealed class RecentOpenings(TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Opening, DateTimeOffset> _openings = new();

    public bool IsOpen(Guid? session, Guid document, string what)
        => session is { } id && _openings.TryGetValue(new Opening(id, document, what), out var at) && time.GetUtcNow() - at < Lasting;

    /// <summary>To be called when it is in the trail.</summary>
    public void Opened(Guid? session, Guid document, string what)
    {
        if (session is not { } id)
        {
            return;
        }

        var now = time.GetUtcNow();
        if (_openings.Count >= Most)
        {
            foreach (var (old, at) in _openings)
            {
                if (now - at >= Lasting)
                {
                    _openings.TryRemove(old, out _);
                }
            }

            if (_openings.Count >= Most)
            {
                _openings.Clear();
            }
        }

        _openings[new Opening(id, document, what)] = now;
    }

    private sealed record Opening(Guid Session, Guid Document, string What);
}
