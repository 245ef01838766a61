using DrAssistant.Data.Common;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Ordering.Catalogue;

/// <summary>A row of <c>order_catalogue</c> as it is read and written in bulk.</summary>
internal sealed record CatalogueRow(string Id, string OrderType, string Name, string Source)
{
    public string? Code { get; init; }

    public string? CodeSystem { get; init; }

    public string? Unit { get; init; }

    public string? Category { get; init; }

    public IReadOnlyList<string>? Synonyms { get; init; }

    public IReadOnlyList<string>? Members { get; init; }

    public string? ShortName { get; init; }

    public string? Specimen { get; init; }

    public string? ValueType { get; init; }

    public int? Decimals { get; init; }

    public string? BodySite { get; init; }

    public bool Sided { get; init; }

    public string? Preparation { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>A row of <c>lab_tests.csv</c>.</summary>
    public static CatalogueRow Test(ReferenceRow row, string source)
    {
        var code = row.Text("loinc_code");
        return new CatalogueRow(row.Needed("id"), "lab", row.Needed("name"), source)
        {
            Code = code,
            CodeSystem = code is null ? null : CodeSystems.Loinc,
            Unit = row.Text("unit_ucum"),
            Category = row.Text("category"),
            Synonyms = row.Several("synonyms"),
            Members = row.Several("panel_members"),
            ShortName = row.Needed("short_name"),
            Specimen = row.Text("specimen"),
            ValueType = row.Needed("value_type"),
            Decimals = (int?)row.Number("decimals"),
        };
    }

    /// <summary>A row of <c>imaging.csv</c>.</summary>
    public static CatalogueRow Examination(ReferenceRow row, string source)
        => new(row.Needed("id"), "imaging", row.Needed("name"), source)
        {
            Category = row.Text("modality"),
            Synonyms = row.Several("synonyms"),
            BodySite = row.Text("body_site"),
            Sided = row.Text("laterality") == "yes",
            Preparation = row.Text("preparation"),
        };

    /// <summary>A row of <c>procedures.csv</c>.</summary>
    public static CatalogueRow Procedure(ReferenceRow row, string source)
        => new(row.Needed("id"), "procedure", row.Needed("name"), source)
        {
            Category = row.Text("category"),
            Synonyms = row.Several("synonyms"),
            Sided = row.Text("laterality") == "yes",
            Preparation = row.Text("preparation"),
        };

    /// <summary>A row of <c>referral_specialties.csv</c>.</summary>
    public static CatalogueRow Referral(ReferenceRow row, string source)
        => new(row.Needed("id"), "referral", row.Needed("name"), source) { Synonyms = row.Several("synonyms") };

    /// <summary>The row as it is handed over.</summary>
    public CatalogueEntry ToEntry() => new(Id, EnumText.Parse<OrderType>(OrderType), Name)
    {
        ShortName = ShortName,
        Code = Code,
        CodeSystem = CodeSystem,
        Unit = Unit,
        Category = Category,
        Synonyms = Synonyms ?? [],
        Specimen = Specimen,
        ValueType = ValueType is null ? null : EnumText.Parse<ResultValueType>(ValueType),
        Decimals = Decimals,
        BodySite = BodySite,
        Sided = Sided,
        Preparation = Preparation,
        Members = Members ?? [],
        Source = Source,
        IsActive = IsActive,
    };
}

/// <summary>A row of <c>reference_ranges</c>.</summary>
internal sealed record RangeRow(
    string Id, string TestId, string? Sex, decimal FromYears, decimal ToYears, decimal? Low, decimal? High, decimal? CriticalLow, decimal? CriticalHigh,
    string? Unit, string? Note, string Source)
{
    private const string Anybody = "any";

    public bool IsActive { get; init; } = true;

    /// <summary>A row of <c>reference_ranges.csv</c>: a test, a sex and a lowest age name it.</summary>
    public static RangeRow Of(ReferenceRow row, string source)
    {
        var (test, sex, from) = (row.Needed("test_id"), row.Needed("sex"), row.Number("age_min_years") ?? 0);
        return new RangeRow(
            IdOf(test, sex == Anybody ? null : sex, from), test, sex == Anybody ? null : sex, from, row.Number("age_max_years") ?? ReferenceRange.OldestYears,
            row.Number("low"), row.Number("high"), row.Number("critical_low"), row.Number("critical_high"), row.Text("unit"), row.Text("note"), source);
    }

    public static string IdOf(string test, string? sex, decimal fromYears)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{test}/{sex ?? Anybody}/{fromYears:0.####}");
}

/// <summary>A row of <c>order_sets</c>.</summary>
internal sealed record OrderSetRow(string Id, string Name, string? UseWhen, IReadOnlyList<string> Members, IReadOnlyList<string>? OptionalMembers, string Source)
{
    public bool IsActive { get; init; } = true;

    /// <summary>A row of <c>order_sets.csv</c>.</summary>
    public static OrderSetRow Of(ReferenceRow row, string source) => new(
        row.Needed("id"), row.Needed("name"), row.Text("use_when"), row.Several("members") ?? [], row.Several("optional_members"), source);
}

/// <summary>The starter lists that fill <c>order_catalogue</c>.</summary>
internal static class CatalogueFiles
{
    public static IEnumerable<(ReferenceFile File, Func<ReferenceRow, string, CatalogueRow> Row)> All =>
    [
        (ReferenceFile.LabTests, CatalogueRow.Test),
        (ReferenceFile.Imaging, CatalogueRow.Examination),
        (ReferenceFile.Procedures, CatalogueRow.Procedure),
        (ReferenceFile.Specialties, CatalogueRow.Referral),
    ];

    public static IEnumerable<CatalogueRow> Entries() => All.SelectMany(list => list.File.Read(row => list.Row(row, list.File.Version)));
}
