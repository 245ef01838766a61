using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>The door to what can be ordered: tests, examinations, procedures and specialties. No patient is in it.</summary>
public interface IOrderCatalogue
{
    /// <summary>
    /// Entries for what was typed, by name, short name or synonym, misspelt too; the best first, each once. What was withdrawn is not found.
    /// At most <paramref name="count"/>, and never more than 50.
    /// </summary>
    Task<Result<IReadOnlyList<CatalogueHit>>> FindAsync(string question, OrderType? type, int count, CancellationToken cancellation);

    /// <summary>What is often ordered together, by name.</summary>
    Task<Result<IReadOnlyList<OrderSet>>> SetsAsync(CancellationToken cancellation);

    /// <summary>One entry, also one that was withdrawn.</summary>
    Task<Result<CatalogueEntry>> GetAsync(string entryId, CancellationToken cancellation);
}
