namespace DrAssistant.Data.Import.Fhir;

/// <summary>Counts as an import goes on.</summary>
internal sealed class ReportBuilder
{
    /// <summary>A folder of rubbish must not fill the memory with sentences about it.</summary>
    private const int MostProblems = 1000;
    private const int MostLines = 1000;
    private const string NoResource = "(no resource)";

    private readonly SortedDictionary<string, ImportedType> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _nearest = new(StringComparer.Ordinal);
    private readonly List<ImportProblem> _problems = [];
    private int _furtherProblems;

    public int Notes { get; set; }

    public void Added(FhirEntry entry)
    {
        Count(entry.Type, type => type with { Added = type.Added + 1 });
        entry.LeftOut.ForEach(what => Increase(_leftOut, what));
        entry.Nearest.ForEach(what => Increase(_nearest, what));
    }

    public void Unchanged(string type) => Count(type, row => row with { Unchanged = row.Unchanged + 1 });

    public void ChangedUpstream(string type) => Count(type, row => row with { ChangedUpstream = row.ChangedUpstream + 1 });

    public void NoPlace(string type, string? why = null)
    {
        Count(type, row => row with { LeftOut = row.LeftOut + 1 });
        if (why is not null)
        {
            Increase(_leftOut, why);
        }
    }

    public void Refused(string file, FhirEntry entry, string reason)
    {
        var type = entry.HasResource ? Shown(entry.Type) : NoResource;
        Count(type, row => row with { Refused = row.Refused + 1 });
        Problem(file, entry.HasResource ? $"entry[{entry.Index}] {type}/{entry.Key.Id}" : $"entry[{entry.Index}]", reason);
    }

    /// <summary>It could not even be told what it is.</summary>
    public void Unreadable(string file, int entry, string reason)
    {
        Count(NoResource, row => row with { Refused = row.Refused + 1 });
        Problem(file, $"entry[{entry}]", reason);
    }

    public void Problem(string file, string? path, string reason)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new ImportProblem(file, path, reason));
        }
        else
        {
            _furtherProblems++;
        }
    }

    /// <summary>Files of a folder that nobody looked into.</summary>
    public void LeftOutFile() => Increase(_leftOut, "files that are not .json");

    public ImportReport Report(int files, TimeSpan taken) => new()
    {
        Files = files,
        Types = [.. _types.Values],
        LeftOut = [.. _leftOut.Select(pair => new ImportCount(pair.Key, pair.Value))],
        Nearest = [.. _nearest.Select(pair => new ImportCount(pair.Key, pair.Value))],
        Problems = [.. _problems],
        FurtherProblems = _furtherProblems,
        Notes = Notes,
        Taken = taken,
    };

    private void Count(string type, Func<ImportedType, ImportedType> more)
    {
        type = type.StartsWith('(') ? type : Shown(type);
        var row = _types.GetValueOrDefault(type) ?? new ImportedType(type);
        _types[type] = more(row with { Read = row.Read + 1 });
    }

    /// <summary>What a file calls a type may be anything.</summary>
    private static string Shown(string type) => type.Length is > 0 and <= 40 && type.All(char.IsAsciiLetter) ? type : "(unknown type)";

    private static void Increase(SortedDictionary<string, int> counts, string what)
    {
        what = counts.Count < MostLines || counts.ContainsKey(what) ? what : "(others)";
        counts[what] = counts.GetValueOrDefault(what) + 1;
    }
}
