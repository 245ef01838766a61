using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Patients.Allergies;

/// <summary>What one can be allergic to and checks can follow: groups of medicines, and the medicines of the formulary.</summary>
internal static class SubstanceCatalogue
{
    private const int Most = 12;

    private static readonly IReadOnlyList<Entry> All =
    [
        .. ReferenceFile.AllergyClasses.Read(row => new Entry(row.Needed("name"), row.Needed("id"), CodeSystems.AllergyClasses, IsClass: true, row.Several("synonyms") ?? [])),
        .. ReferenceFile.Formulary.Read(row => new Entry(row.Needed("generic_name"), row.Needed("id"), CodeSystems.Formulary, IsClass: false, row.Several("indian_brands") ?? [])),
    ];

    private static readonly ILookup<string, Entry> ByCode = All.ToLookup(e => e.Code, StringComparer.Ordinal);

    public static AllergySubstance? Of(string code, string? codeSystem) => ByCode[code].FirstOrDefault(e => e.CodeSystem == codeSystem)?.As(null);

    /// <summary>Every word that was typed begins a word of the name, or of one brand or lay word; what begins with it all comes first, groups before single medicines.</summary>
    public static IEnumerable<AllergySubstance> Find(string? question)
    {
        var words = Words(question ?? "");
        return words.Length == 0 ? [] : All
            .Select(entry => (Entry: entry, Met: entry.Met(words)))
            .Where(hit => hit.Met is not null)
            .OrderBy(hit => hit.Met!.Rank).ThenBy(hit => hit.Entry.IsClass ? 0 : 1).ThenBy(hit => hit.Entry.Name, StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .Select(hit => hit.Entry.As(hit.Met!.As));
    }

    private static string[] Words(string text)
        => [.. text.Split([' ', '-', '+', ',', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private sealed record Entry(string Name, string Code, string CodeSystem, bool IsClass, IReadOnlyList<string> Others)
    {
        public AllergySubstance As(string? foundAs) => new(Name, Code, CodeSystem, IsClass, foundAs);

        public Meeting? Met(string[] typed)
        {
            if (Rank(Name, typed) is { } rank)
            {
                return new Meeting(rank, null);
            }

            return Others.Select(other => (Other: other, Rank: Rank(other, typed))).Where(o => o.Rank is not null)
                .OrderBy(o => o.Rank).Select(o => new Meeting(o.Rank!.Value, o.Other)).FirstOrDefault();
        }

        private static int? Rank(string name, string[] typed)
        {
            var words = Words(name);
            return !typed.All(t => words.Any(w => w.StartsWith(t, StringComparison.OrdinalIgnoreCase))) ? null
                : words.Length == typed.Length && words.Zip(typed).All(p => string.Equals(p.First, p.Second, StringComparison.OrdinalIgnoreCase)) ? 0
                : words[0].StartsWith(typed[0], StringComparison.OrdinalIgnoreCase) ? 1 : 2;
        }
    }

    private sealed record Meeting(int Rank, string? As);
}
