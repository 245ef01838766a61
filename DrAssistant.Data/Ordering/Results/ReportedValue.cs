namespace DrAssistant.Data.Ordering.Results;

/// <summary>One value of a report, as it was typed or came in a message.</summary>
internal sealed record ReportedValue
{
    public required string Code { get; init; }

    public required string CodeSystem { get; init; }

    public required string Name { get; init; }

    public decimal? Number { get; init; }

    /// <summary>One of <c>&lt; &lt;= &gt; &gt;=</c>.</summary>
    public string? Comparator { get; init; }

    /// <summary>Words, or how a coded value is called.</summary>
    public string? Text { get; init; }

    public string? ValueCode { get; init; }

    public string? ValueCodeSystem { get; init; }

    public string? Unit { get; init; }

    /// <summary>The range that the laboratory printed, in its own unit; it comes before ours.</summary>
    public decimal? ReferenceLow { get; init; }

    public decimal? ReferenceHigh { get; init; }

    public string? ReferenceText { get; init; }

    /// <summary>What the laboratory itself said (HL7 table 0078): H, LL, A.</summary>
    public string? LaboratoryFlag { get; init; }

    public ResultStatus Status { get; init; } = ResultStatus.Final;

    /// <summary>When the specimen was taken.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>When the laboratory said so; now, where it is not told.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    public string? Comment { get; init; }

    public override string ToString() => $"{nameof(ReportedValue)} {Code}";
}

/// <summary>A value and the ordered item it answers.</summary>
/// <param name="OrderItemId">The item.</param>
/// <param name="Value">What came.</param>
internal sealed record ItemValue(Guid OrderItemId, ReportedValue Value);

/// <summary>Where a report comes from, and about whom it says it is.</summary>
internal sealed record ReportOrigin(ResultSource Source, Guid PatientId)
{
    /// <summary>Who typed it in; null in a message.</summary>
    public Guid? EnteredBy { get; init; }

    public Guid? ProviderId { get; init; }

    public Guid? DocumentId { get; init; }

    public Guid? MessageId { get; init; }

    /// <summary>
    /// Items that are done with this report, whatever of a panel it leaves out: the laboratory says that the report is final.
    /// An item that all is known of is done without being named.
    /// </summary>
    public IReadOnlyCollection<Guid> Finished { get; init; } = [];
}

/// <summary>What was filed.</summary>
internal sealed record FiledReport(Guid Id, Guid OrderId, OrderStatus OrderIs, IReadOnlyList<OrderResult> Results);
