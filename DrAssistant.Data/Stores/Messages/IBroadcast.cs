namespace DrAssistant.Data.Stores.Messages;

/// <summary>
/// Messages between the portals of one practice. They carry ids and no fact about a patient, and reach whoever is there at most once: a portal that was cut off
/// hears afterwards that it may have missed something.
/// </summary>
internal interface IBroadcast
{
    /// <summary>The longest message, in bytes of UTF-8; PostgreSQL's own limit is 8,000.</summary>
    const int Longest = 7_000;

    /// <summary>To every other portal, and not to this one.</summary>
    Task SendAsync(string message, CancellationToken cancellation);

    /// <summary>Calls <paramref name="heard"/> with each message of another portal, and with null where one may have been missed. Dispose to stop.</summary>
    IDisposable Listen(Action<string?> heard);
}
