namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>Two sentences for whoever has no time: who came with what, and what was decided.</summary>
internal static class SummaryWriter
{
    private const int MostProblems = 4;

    public static IEnumerable<Piece> Write(IReadOnlyList<Piece> pieces)
    {
        var story = pieces.Where(p => p.Heading == Headings.Illness).OrderByDescending(p => p.Salience).FirstOrDefault() ?? pieces.FirstOrDefault(p => p.Section == DraftSection.Subjective);
        if (story is not null)
        {
            yield return story with { Section = DraftSection.Summary, Heading = "" };
        }

        var problems = pieces.Where(p => p.Section == DraftSection.Assessment && p.Text.TrimEnd('.') == p.Heading).DistinctBy(p => p.Heading).Take(MostProblems).ToList();
        if (problems.Count > 1)
        {
            var names = problems.Select(p => p.Heading.ToLowerInvariant()).ToList();
            var text = $"Problems addressed: {string.Join(", ", names[..^1])} and {names[^1]}.";
            yield return new Piece(DraftSection.Summary, "", text, [.. problems.SelectMany(p => p.Spans).Distinct().OrderBy(s => s.Start)], problems[0].Salience, problems[0].Order);
        }
        else if (pieces.Where(p => p.Section == DraftSection.Plan).MaxBy(p => p.Salience) is { } plan)
        {
            yield return plan with { Section = DraftSection.Summary, Heading = "" };
        }
    }
}
