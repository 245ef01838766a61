using DrAssistant.Data.Common;

namespace DrAssistant.Data.Ordering.History;

/// <summary>Puts values beside one another: a series for each test, tests of one kind together.</summary>
internal static class FlowsheetLayout
{
    /// <summary>The catalogue's categories in the order in which a doctor looks at them, several of them under one head.</summary>
    private static readonly (string Name, string[] Categories)[] Heads =
    [
        ("Diabetes", ["diabetes"]),
        ("Biochemistry", ["biochemistry", "cardiac", "blood-gas"]),
        ("Blood count and coagulation", ["haematology", "coagulation", "blood-bank"]),
        ("Hormones and vitamins", ["endocrine", "vitamin"]),
        ("Infection and immunity", ["serology", "microbiology", "molecular", "immunology", "allergy"]),
        ("Urine, stool and fluids", ["urine", "stool", "body-fluid", "semen"]),
        ("Drugs and markers", ["drug-level", "toxicology", "tumour-marker"]),
        ("Tissue and genes", ["cytology", "histopathology", "genetics"]),
    ];

    private const string Rest = "Other";

    /// <summary>All tests, by head and name.</summary>
    /// <param name="rows">Newest first.</param>
    public static IReadOnlyList<FlowsheetGroup> Groups(IReadOnlyList<HistoryRow> rows, IReadOnlyList<TestKind> kinds)
    {
        var kindOf = kinds.ToDictionary(k => k.Test);
        return
        [
            .. rows.GroupBy(r => (r.Test, Name: r.IsCoded ? null : r.Name))
                .Select(test => (Head: Head(kindOf.GetValueOrDefault(test.Key.Test)?.Category), Series: Series([.. test], kindOf.GetValueOrDefault(test.Key.Test))))
                .GroupBy(t => t.Head)
                .OrderBy(g => g.Key)
                .Select(g => new FlowsheetGroup(g.Key < Heads.Length ? Heads[g.Key].Name : Rest, [.. g.Select(t => t.Series).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)])),
        ];
    }

    /// <summary>One test.</summary>
    /// <param name="rows">Of one test, newest first, at least one.</param>
    public static TestSeries Series(IReadOnlyList<HistoryRow> rows, TestKind? kind)
    {
        var latest = rows[0];
        var reference = rows.Where(r => r.Ucum == latest.Ucum).Select(r => HistoryRows.Reference(r, kind)).FirstOrDefault(r => r is not null);
        return new TestSeries(latest.Test, latest.Name, UnitWords.Of(latest.Ucum), reference, [.. rows.Reverse().Select(r => r.Point)]);
    }

    private static int Head(string? category)
    {
        var at = category is null ? -1 : Array.FindIndex(Heads, h => h.Categories.Contains(category));
        return at < 0 ? Heads.Length : at;
    }
}
