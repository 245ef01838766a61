namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>Something that can be ordered: a test or a panel of them, an examination, a procedure, or a specialty to refer to.</summary>
public sealed record CatalogueEntry(string Id, OrderType Type, string Name)
{
    /// <summary>Such as CBC.</summary>
    public string? ShortName { get; init; }

    public string? Code { get; init; }

    public string? CodeSystem { get; init; }

    /// <summary>UCUM; null where a value has none, or there is no value.</summary>
    public string? Unit { get; init; }

    public string? Category { get; init; }

    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>What the laboratory needs, such as serum.</summary>
    public string? Specimen { get; init; }

    /// <summary>What a value of this test is; null for what is no test.</summary>
    public ResultValueType? ValueType { get; init; }

    public int? Decimals { get; init; }

    public string? BodySite { get; init; }

    /// <summary>Left, right or both must be said.</summary>
    public bool Sided { get; init; }

    public string? Preparation { get; init; }

    /// <summary>Ids of the tests of a panel, in the order of a report.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public string Source { get; init; } = "";

    /// <summary>It can be chosen. What was ordered keeps its name either way.</summary>
    public bool IsActive { get; init; } = true;

    public bool IsPanel => Members.Count > 0;
}

/// <summary>What a value is.</summary>
public enum ResultValueType
{
    Numeric,
    Coded,
    Text,
}

/// <summary>What is often ordered together.</summary>
/// <param name="UseWhen">In a few words.</param>
/// <param name="Members">Entries that are ticked.</param>
/// <param name="Optional">Entries that are offered beside them.</param>
public sealed record OrderSet(string Id, string Name, string? UseWhen, IReadOnlyList<CatalogueEntry> Members, IReadOnlyList<CatalogueEntry> Optional);

/// <summary>An entry that was found.</summary>
/// <param name="Name">What it is called that was met: its name, short name, or a synonym.</param>
/// <param name="Misspelt">It is not what was typed, but looks or sounds like it.</param>
public sealed record CatalogueHit(CatalogueEntry Entry, string Name, bool Misspelt);
