using System.Data.Common;

namespace DrAssistant.Data.Stores.Documents;

/// <summary>
/// The document store did not do what it was asked: it is away, or it refuses. A lost database, to whoever answers for one.
/// The message holds no value of a document.
/// </summary>
internal sealed class DocumentStoreException(string message, Exception cause) : DbException(message, cause)
{
    /// <summary>Nothing is wrong with what was asked; the store does not answer.</summary>
    public bool IsAway { get; init; }

    /// <summary>Since when it has not answered, once that is certain.</summary>
    public DateTimeOffset? AwaySince { get; init; }

    /// <summary>
    /// A document that was to be written may be there or not. Writing the same once more settles it, as a document is inserted
    /// once and a version replaced once: where the answer is false, the document that is found is this one, or another's.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <inheritdoc/>
    public override bool IsTransient => IsAway;
}
