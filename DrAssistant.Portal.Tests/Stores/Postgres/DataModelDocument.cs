using System.Text.RegularExpressions;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Postgres;

/// <summary>The tables of <c>docs/data-model.md</c>, which people and tests read alike.</summary>
internal sealed partial class DataModelDocument
{
    private readonly IReadOnlyList<(string[] Head, string[] Cells)> _rows;

    private DataModelDocument(IReadOnlyList<(string[] Head, string[] Cells)> rows) => _rows = rows;

    /// <summary>The rows of the tables with this head.</summary>
    public IEnumerable<string[]> RowsOf(params string[] head)
        => _rows.Where(row => row.Head.SequenceEqual(head, StringComparer.Ordinal)).Select(row => row.Cells);

    /// <summary>What a cell names in back quotes; a dash names nothing.</summary>
    public static IReadOnlyList<string> Names(string cell) => [.. Quoted().Matches(cell).Select(match => match.Groups["name"].Value)];

    public static async Task<DataModelDocument> ReadAsync(CancellationToken cancellation)
    {
        var rows = new List<(string[] Head, string[] Cells)>();
        string[]? head = null;
        foreach (var line in await Repository.LinesOfAsync("docs/data-model.md", cancellation))
        {
            if (!line.StartsWith('|'))
            {
                head = null;
            }
            else if (head is null)
            {
                head = Cells(line);
            }
            else if (!line.StartsWith("| ---", StringComparison.Ordinal))
            {
                rows.Add((head, Cells(line)));
            }
        }

        return new DataModelDocument(rows);
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex("`(?<name>[^`]*)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
