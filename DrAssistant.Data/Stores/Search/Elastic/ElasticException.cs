namespace DrAssistant.Data.Stores.Search.Elastic;

/// <summary>What may go wrong with a call.</summary>
internal enum ElasticFault
{
    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>It has too much to do, or is about to start or to stop.</summary>
    Busy,

    /// <summary>It does not know the user, or the user may not do that.</summary>
    Unauthorized,

    /// <summary>There is no such index.</summary>
    Missing,

    /// <summary>It understood, and said no.</summary>
    Refused,

    /// <summary>What answers does not speak as Elasticsearch does.</summary>
    Strange,
}

/// <summary>A call that Elasticsearch did not answer as it was asked to. The sentence has no word of what was sent.</summary>
internal sealed class ElasticException(ElasticFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public ElasticFault Fault => fault;

    /// <summary>Whether it may be otherwise in a moment.</summary>
    public bool IsOutage => fault is ElasticFault.Unreachable or ElasticFault.TimedOut or ElasticFault.Busy;
}
