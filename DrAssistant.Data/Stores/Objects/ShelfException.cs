namespace DrAssistant.Data.Stores.Objects;

/// <summary>What is wrong with a shelf, in a sentence for the operator's log: it holds no content and no password.</summary>
internal sealed class ShelfException(string message, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>The place does not answer or is in trouble of its own: it may be asked again. Otherwise it answered, and refused.</summary>
    public bool IsOutage { get; init; }
}
