using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>
/// The door to changing what can be ordered: names, units, ranges by age and sex, order sets. Admins only; every change is audited, and what an admin wrote is
/// never overwritten by a new starter list.
/// </summary>
public interface IOrderCatalogueKeeping
{
    /// <summary>Entries by what they are called, withdrawn ones too; without a question those that the practice wrote itself. At most 100.</summary>
    Task<Result<IReadOnlyList<CatalogueEntry>>> ListAsync(string question, CancellationToken cancellation);

    /// <summary>An entry with its ranges, to be changed.</summary>
    Task<Result<CatalogueDraft>> OpenAsync(string entryId, CancellationToken cancellation);

    /// <summary>Adds an entry or changes one, with all its ranges. A refusal names the field.</summary>
    Task<Result<CatalogueEntry>> SaveAsync(CatalogueDraft entry, CancellationToken cancellation);

    /// <summary>It can no longer be chosen; old orders still name it. A reason of 3 to 200 characters.</summary>
    Task<Result<CatalogueEntry>> WithdrawAsync(string entryId, string reason, CancellationToken cancellation);

    /// <summary>It can be chosen again.</summary>
    Task<Result<CatalogueEntry>> RestoreAsync(string entryId, CancellationToken cancellation);

    /// <summary>Adds an order set or changes one; without a member it is taken away.</summary>
    Task<Result<IReadOnlyList<OrderSet>>> SaveSetAsync(OrderSetDraft set, CancellationToken cancellation);

    /// <summary>All order sets, by name.</summary>
    Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation);
}

/// <summary>An entry as an admin types it: several values are parted by <c>|</c>, an empty one is not stated. The form edits this directly.</summary>
public sealed class CatalogueDraft
{
    /// <summary>Of the entry that is changed; of a new one it is made from kind and name.</summary>
    public string? Id { get; set; }

    /// <summary>The entry as it was opened; somebody else's change in between is a conflict.</summary>
    public string? Seen { get; set; }

    public OrderType Type { get; set; }

    public string? Name { get; set; }

    public string? ShortName { get; set; }

    public string? Synonyms { get; set; }

    /// <summary>LOINC.</summary>
    public string? Code { get; set; }

    public string? Unit { get; set; }

    public ResultValueType? ValueType { get; set; }

    public string? Decimals { get; set; }

    public string? Specimen { get; set; }

    public string? Preparation { get; set; }

    public bool Sided { get; set; }

    /// <summary>Ids of the tests of a panel.</summary>
    public string? Members { get; set; }

    public IList<RangeDraft> Ranges { get; } = [];
}

/// <summary>One range as it is typed.</summary>
public sealed class RangeDraft
{
    /// <summary>male, female, or empty for everybody.</summary>
    public string? Sex { get; set; }

    public string? FromYears { get; set; }

    public string? ToYears { get; set; }

    public string? Low { get; set; }

    public string? High { get; set; }

    public string? CriticalLow { get; set; }

    public string? CriticalHigh { get; set; }
}

/// <summary>An order set as an admin types it.</summary>
public sealed class OrderSetDraft
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? UseWhen { get; set; }

    /// <summary>Ids, parted by <c>|</c>.</summary>
    public string? Members { get; set; }

    public string? Optional { get; set; }
}
