using System.Text;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>A draft as plain text, section by section, the headings in the order of a note.</summary>
internal static class NoteText
{
    public static string Whole(DraftedNote note)
    {
        var text = new StringBuilder();
        text.Append(Section(note, DraftSection.Subjective)).Append("\n\n").Append(Section(note, DraftSection.Objective)).Append("\n\n");
        var both = AssessmentAndPlan(note);
        if (both.Length > 0)
        {
            text.Append("ASSESSMENT AND PLAN\n\n").Append(both);
        }

        return text.ToString().Trim();
    }

    public static string Section(DraftedNote note, DraftSection section)
    {
        var text = new StringBuilder();
        if (section is DraftSection.Assessment or DraftSection.Plan)
        {
            return Decisions(note.In(section), named: section == DraftSection.Plan);
        }

        foreach (var group in note.In(section).GroupBy(s => s.Heading.Split('/')[0], StringComparer.Ordinal).OrderBy(g => Place(g.Key)))
        {
            if (group.Key.Length > 0)
            {
                text.Append(group.Key.ToUpperInvariant()).Append("\n\n");
            }

            Lines(text, group);
            text.Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static int Place(string heading) => Array.IndexOf(Headings.Order, heading) is >= 0 and var at ? at : int.MaxValue;

    private static void Lines(StringBuilder text, IEnumerable<DraftedSentence> sentences)
    {
        foreach (var part in sentences.GroupBy(s => s.Heading, StringComparer.Ordinal))
        {
            var name = part.Key.Split('/').ElementAtOrDefault(1);
            text.AppendJoin(name is null ? "\n" : " ", part.Select((s, i) => i == 0 && name is not null ? $"{name}: {s.Text}" : s.Text)).Append('\n');
        }
    }

    public static string AssessmentAndPlan(DraftedNote note)
        => Decisions(note.Sentences.Where(s => s.Section is DraftSection.Assessment or DraftSection.Plan), named: false);

    /// <summary>By problem, in the order in which the doctor went through them.</summary>
    private static string Decisions(IEnumerable<DraftedSentence> sentences, bool named)
    {
        var text = new StringBuilder();
        foreach (var problem in sentences.GroupBy(s => s.Heading, StringComparer.Ordinal))
        {
            if (named && problem.Key.Length > 0)
            {
                text.Append(problem.Key).Append(":\n");
            }

            text.AppendJoin('\n', problem.Select(s => s.Text)).Append("\n\n");
        }

        return text.ToString();
    }
}
