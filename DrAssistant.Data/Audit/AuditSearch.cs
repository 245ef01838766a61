namespace DrAssistant.Data.Audit;

/// <summary>Which entries; what is empty does not filter.</summary>
public sealed record AuditSearch
{
    public const int PageSize = 50;

    /// <summary>Who did it: a part of a name or user name.</summary>
    public string? Person { get; init; }

    /// <summary>About whom: an MRN, or a part of a name. An admin may know both, and nothing clinical.</summary>
    public string? Patient { get; init; }

    /// <summary>The beginning of the deed's name: "sign-in", "chart".</summary>
    public string? Deed { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Where the page before ended.</summary>
    public AuditCursor? After { get; init; }

    public override string ToString() => nameof(AuditSearch);
}

/// <summary>The last entry of a page; the next one begins behind it, however much is written meanwhile.</summary>
public sealed record AuditCursor(DateTimeOffset At, Guid Id);

/// <summary>One page of what fits.</summary>
/// <param name="Lines">Newest first.</param>
/// <param name="Next">Null on the last page.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, AuditCursor? Next);

/// <summary>All that was found, read as it is written out.</summary>
public sealed record AuditExport(IAsyncEnumerable<AuditLine> Lines);
