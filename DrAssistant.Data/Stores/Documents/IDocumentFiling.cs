namespace DrAssistant.Data.Stores.Documents;

/// <summary>
/// Files notes under another patient, when two records were merged or are apart again. Registered where the documents are in a
/// server of their own; in PostgreSQL they move with everything else, in the transaction of the merge.
/// </summary>
internal interface IDocumentFiling
{
    /// <summary>
    /// Every live note of these encounters is this patient's from here on. Nothing else in them changes, so a signed note is
    /// refiled as well; a second time does nothing.
    /// </summary>
    Task<long> FileAsync(Guid patientId, IReadOnlyCollection<Guid> encounterIds, CancellationToken cancellation);
}
