using System.Text;

namespace DrAssistant.Data.Drafting.Extractive;

/// <summary>A draft as plain text, section by section, the headings in the order of a note.</summary>
internal static class NoteText
{
    public static string Whole(DraftedNote note)
    {
        var text = new StringBuilder();
        text.Append(Section(note, DraftSection.Subjective)).Append(Section(note, DraftSection.Objective));
        var both = AssessmentAndPlan(note);
        if (both.Length > 0)
        {
            text.Append("ASSESSMENT AND PLAN\n\n").Append(both);
        }

        return text.ToString().TrimEnd();
    }

    public static string Section(DraftedNote note, DraftSection section)
    {
        var text = new StringBuilder();
        foreach (var group in note.In(section).GroupBy(s => s.Heading.Split('/')[0], StringComparer.Ordinal).OrderBy(g => Place(g.Key)))
        {
            if (group.Key.Length > 0)
            {
                text.Append(group.Key.ToUpperInvariant()).Append("\n\n");
            }

            Lines(text, group);
            text.Append('\n');
        }

        return text.ToString();
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

    private static string AssessmentAndPlan(DraftedNote note)
    {
        var text = new StringBuilder();
        foreach (var problem in note.Sentences.Where(s => s.Section is DraftSection.Assessment or DraftSection.Plan).GroupBy(s => s.Heading, StringComparer.Ordinal))
        {
            foreach (var sentence in problem)
            {
                text.Append(sentence.Text).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
