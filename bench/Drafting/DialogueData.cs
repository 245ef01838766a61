using CsvHelper;

namespace DrAssistant.Bench.Drafting;

/// <summary>
/// The public dialogues with notes that drafts are measured on: ACI-Bench (Yim et al., Scientific Data 2023) and MTS-Dialog (Ben Abacha et al., EACL 2023),
/// both CC BY 4.0. They are not part of the repository.
/// </summary>
internal static class DialogueData
{
    public const string Visits = "aci-bench-valid.csv";
    public const string Snippets = "mts-dialog-valid.csv";

    /// <summary>Null when the folder is not named or a file is not there; what is missing is printed.</summary>
    public static string? Folder()
    {
        var shared = Environment.GetEnvironmentVariable("DRASSISTANT_SHARED_DATA");
        var folder = Environment.GetEnvironmentVariable("DRASSISTANT_DIALOGUES") is { Length: > 0 } named ? named : shared is { Length: > 0 } ? Path.Combine(shared, "dialogues") : null;
        if (folder is not null && File.Exists(Path.Combine(folder, Visits)) && File.Exists(Path.Combine(folder, Snippets)))
        {
            return folder;
        }

        Console.WriteLine($"Not measured: no folder with {Visits} (columns dialogue, note) and {Snippets} (columns dialogue, section_header). Name it: make bench-drafting DATA=folder");
        return null;
    }

    public static IReadOnlyList<(string Dialogue, string Other)> Read(string folder, string file, string other)
    {
        using var csv = CsvReader.Create(File.ReadAllBytes(Path.Combine(folder, file)), CsvReaderOptions.Default with { Separator = ',' });
        var rows = new List<(string, string)>();
        while (csv.Read())
        {
            rows.Add((csv.GetString("dialogue") ?? "", csv.GetString(other) ?? ""));
        }

        return rows;
    }
}
