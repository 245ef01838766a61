using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using CsvHelper;

namespace DrAssistant.Data.Reference;

/// <summary>
/// A list that ships with the portal; ReferenceData/README.md says what is in it and who must review it.
/// Each is read and its checksum taken once: row after row asks for the name or version of its file.
/// </summary>
internal sealed class ReferenceFile
{
    private readonly byte[] _content;

    private ReferenceFile(string name, byte[] content)
    {
        (Name, _content) = (name, content);
        Version = $"{name} {Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
    }

    public static ReferenceFile Formulary { get; } = Open("formulary.csv");

    public static ReferenceFile Interactions { get; } = Open("interactions.csv");

    public static ReferenceFile InteractionClasses { get; } = Open("interaction_classes.csv");

    public static ReferenceFile SigPhrases { get; } = Open("sig_phrases.csv");

    public static ReferenceFile AllergyClasses { get; } = Open("allergy_classes.csv");

    public static ReferenceFile LabTests { get; } = Open("lab_tests.csv");

    public static ReferenceFile ReferenceRanges { get; } = Open("reference_ranges.csv");

    public static ReferenceFile OrderSets { get; } = Open("order_sets.csv");

    public static ReferenceFile Imaging { get; } = Open("imaging.csv");

    public static ReferenceFile Procedures { get; } = Open("procedures.csv");

    public static ReferenceFile Specialties { get; } = Open("referral_specialties.csv");

    public static ReferenceFile States { get; } = Open("states.csv");

    public static ReferenceFile VitalRanges { get; } = Open("vital_ranges.csv");

    public static ReferenceFile WeightForAge { get; } = Open("who_weight_for_age.csv");

    public static ReferenceFile LengthHeightForAge { get; } = Open("who_length_height_for_age.csv");

    public static ReferenceFile BmiForAge { get; } = Open("who_bmi_for_age.csv");

    public static ReferenceFile HeadCircumferenceForAge { get; } = Open("who_head_circumference_for_age.csv");

    public static ReferenceFile DiagnosisCodes { get; } = Open("icd10_starter.csv");

    public static ReferenceFile SearchSynonyms { get; } = Open("search_synonyms.csv");

    public string Name { get; }

    /// <summary>Name and checksum: <c>formulary.csv 3f9a1c2b4d5e</c>.</summary>
    public string Version { get; }

    public int Length => _content.Length;

    public IReadOnlyList<T> Read<T>(Func<ReferenceRow, T> row)
    {
        using var csv = CsvReader.Create(_content, CsvReaderOptions.Default with { Separator = ',' });
        var rows = new List<T>();
        var current = new ReferenceRow(csv);
        while (csv.Read())
        {
            rows.Add(row(current));
        }

        return rows;
    }

    /// <summary>A list that somebody brings.</summary>
    public static ReferenceFile From(string name, byte[] content) => new(name, content);

    private static ReferenceFile Open(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ReferenceData/{name}")
            ?? throw new FileNotFoundException($"{name} is missing from this build.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new ReferenceFile(name, content);
    }
}

/// <summary>One row of a reference file. An empty cell is null: not stated.</summary>
internal sealed class ReferenceRow(CsvReader csv)
{
    public string? Text(string column) => csv.GetString(column) is { Length: > 0 } text ? text : null;

    /// <summary>A cell that no row may leave empty.</summary>
    public string Needed(string column) => Text(column) ?? throw new InvalidDataException($"Row {csv.RowNumber} has no {column}.");

    public decimal? Number(string column) => Text(column) is { } text ? Decimal(text) : null;

    /// <summary>Of a column that a list which somebody brings may leave out.</summary>
    public string? Perhaps(string column) => csv.TryGetFieldIndex(column, out var index) && csv.GetString(index) is { Length: > 0 } text ? text : null;

    public static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    public IReadOnlyList<string>? Several(string column) => Text(column)?.Split('|', StringSplitOptions.TrimEntries);
}
