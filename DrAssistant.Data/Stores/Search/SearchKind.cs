namespace DrAssistant.Data.Stores.Search;

/// <summary>What is found by its words. Patients are found by name, in the database alone.</summary>
public enum SearchKind
{
    Note,
    Prescription,
    Order,
    Result,
    Document,
}
