namespace DrAssistant.Bench.Drafting;

/// <summary>A doctor's note cut at its headings, as a reference for each part of a draft.</summary>
internal static class ReferenceNote
{
    private static readonly string[] Objective = ["VITAL", "EXAM", "PHYSICAL", "RESULT", "LABS", "IMAGING"];
    private static readonly string[] Decided = ["ASSESSMENT", "PLAN", "IMPRESSION", "INSTRUCTION", "DIAGNOS"];

    /// <summary>Subjective, objective, and assessment with plan, which many doctors write as one.</summary>
    public static IReadOnlyDictionary<string, string> Parts(string note)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal) { ["subjective"] = "", ["objective"] = "", ["assessment and plan"] = "" };
        var part = "subjective";
        foreach (var line in note.Split('\n'))
        {
            if (IsHeading(line))
            {
                part = Of(line);
            }

            parts[part] += line + "\n";
        }

        return parts;
    }

    private static bool IsHeading(string line) => line.Trim().TrimEnd(':') is { Length: > 1 and < 60 } text && text.Any(char.IsLetter) && !text.Any(c => char.IsLower(c) || char.IsDigit(c));

    private static string Of(string heading)
        => Decided.Any(h => heading.Contains(h, StringComparison.Ordinal)) ? "assessment and plan"
            : Objective.Any(h => heading.Contains(h, StringComparison.Ordinal)) ? "objective" : "subjective";
}
