using DrAssistant.Data.Drafting;

namespace DrAssistant.Bench.Drafting;

/// <summary>Whether what belongs to a section goes there: short talks that have one header each, and the section that holds most of their draft.</summary>
internal sealed class RoutingScore
{
    private readonly List<(DraftSection Wanted, DraftSection? Got)> _all = [];

    public static DraftSection? SectionOf(string header) => header.ToUpperInvariant() switch
    {
        "GENHX" or "FAM/SOCHX" or "PASTMEDICALHX" or "CC" or "PASTSURGICAL" or "ALLERGY" or "ROS" or "MEDICATIONS" or "IMMUNIZATIONS" or "GYNHX" or "OTHER_HISTORY" => DraftSection.Subjective,
        "EXAM" or "IMAGING" or "LABS" => DraftSection.Objective,
        "ASSESSMENT" or "DIAGNOSIS" => DraftSection.Assessment,
        "PLAN" or "DISPOSITION" => DraftSection.Plan,
        _ => null,
    };

    public static DraftSection? Most(DraftedNote note)
        => note.Sentences.Where(s => s.Section != DraftSection.Summary).GroupBy(s => s.Section).OrderByDescending(g => g.Sum(s => s.Text.Length)).Select(g => (DraftSection?)g.Key).FirstOrDefault();

    public void Add(DraftSection wanted, DraftSection? got) => _all.Add((wanted, got));

    public int Count => _all.Count;

    /// <summary>The mean of the sections' F1, so that a section with few talks counts as much as one with many.</summary>
    public double MacroF1() => _all.Select(a => a.Wanted).Distinct().Average(F1);

    public double F1(DraftSection section)
    {
        var hits = _all.Count(a => a.Wanted == section && a.Got == section);
        return hits == 0 ? 0 : 2.0 * hits / (_all.Count(a => a.Wanted == section) + _all.Count(a => a.Got == section));
    }
}
