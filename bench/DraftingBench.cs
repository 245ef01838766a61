using System.Diagnostics;
using System.Globalization;
using DrAssistant.Bench.Drafting;
using DrAssistant.Data.Drafting;
using DrAssistant.Data.Drafting.Checking;
using DrAssistant.Data.Drafting.Extractive;

namespace DrAssistant.Bench;

/// <summary>Drafts of visits that no weight was fitted on, against what the doctors wrote: how alike, whether everything is supported, how true the confidence is, how long it takes.</summary>
internal static class DraftingBench
{
    private const double SaidToo = 0.5;

    private static readonly string[] Parts = ["subjective", "objective", "assessment and plan"];

    public static Task RunAsync()
    {
        if (DialogueData.Folder() is { } folder)
        {
            Visits(DialogueData.Read(folder, DialogueData.Visits, "note"));
            Snippets(DialogueData.Read(folder, DialogueData.Snippets, "section_header"));
        }

        return Task.CompletedTask;
    }

    private static void Visits(IReadOnlyList<(string Dialogue, string Note)> visits)
    {
        ExtractiveDrafter.Draft(new DraftRequest(visits[0].Dialogue));
        var scores = Parts.Append("whole note").ToDictionary(p => p, _ => new List<(double One, double Two, double Lsum)>(), StringComparer.Ordinal);
        var (shown, unsupported, removed, slowest) = (0, 0, 0, TimeSpan.Zero);
        var kept = new List<(double Confidence, bool Kept)>();
        var routing = new RoutingScore();
        foreach (var (dialogue, note) in visits)
        {
            var started = Stopwatch.GetTimestamp();
            var draft = ExtractiveDrafter.Draft(new DraftRequest(dialogue));
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
            var checker = new SupportChecker(Transcript.Read(dialogue));
            shown += draft.Sentences.Count;
            removed += draft.Removed;
            unsupported += draft.Sentences.Count(s => checker.Check(s.Section, s.Text, s.Spans).Count > 0);
            kept.AddRange(draft.Sentences.Select(s => (s.Confidence, IsIn(s.Text, note))));
            Score(scores, draft, note);
            Route(routing, draft, note);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{visits.Count} visits of {DialogueData.Visits}"));
        foreach (var (part, all) in scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{part,-22} ROUGE-1 {all.Average(s => s.One):F3}  ROUGE-2 {all.Average(s => s.Two):F3}  ROUGE-Lsum {all.Average(s => s.Lsum):F3}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shown} sentences, {unsupported} unsupported ({100.0 * unsupported / shown:F1} %), {removed} proposed and removed; slowest visit {slowest.TotalMilliseconds:F0} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{routing.Count} sentences that the doctor wrote too: section routing macro-F1 {routing.MacroF1():F3}"));
        Calibration(kept);
    }

    /// <summary>Whether a sentence stands where the doctor wrote the same. Assessment and plan count as one, since many notes do not part them.</summary>
    private static void Route(RoutingScore routing, DraftedNote draft, string note)
    {
        var parts = ReferenceNote.Parts(note).ToDictionary(p => p.Key, p => Rouge.Tokens(p.Value).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var sentence in draft.Sentences.Where(s => s.Section != DraftSection.Summary && IsIn(s.Text, note)))
        {
            var got = sentence.Section == DraftSection.Assessment ? DraftSection.Plan : sentence.Section;
            var words = Rouge.Tokens(sentence.Text).Where(w => w.Length > 3).ToList();
            var wanted = Parts.Zip([DraftSection.Subjective, DraftSection.Objective, DraftSection.Plan]).MaxBy(p => words.Count(parts[p.First].Contains) + (p.Second == got ? 0.5 : 0)).Second;
            routing.Add(wanted, got);
        }
    }

    private static void Score(Dictionary<string, List<(double One, double Two, double Lsum)>> scores, DraftedNote draft, string note)
    {
        var reference = ReferenceNote.Parts(note);
        Add(scores["whole note"], NoteText.Whole(draft), note);
        Add(scores["subjective"], NoteText.Section(draft, DraftSection.Subjective), reference["subjective"]);
        Add(scores["objective"], NoteText.Section(draft, DraftSection.Objective), reference["objective"]);
        Add(scores["assessment and plan"], NoteText.AssessmentAndPlan(draft), reference["assessment and plan"]);
    }

    private static void Add(List<(double, double, double)> scores, string draft, string reference)
    {
        if (reference.Trim().Length > 0)
        {
            scores.Add((Rouge.N(draft, reference, 1), Rouge.N(draft, reference, 2), Rouge.Lsum(draft, reference)));
        }
    }

    /// <summary>A sentence counts as kept when the doctor's note has at least half of its words.</summary>
    private static bool IsIn(string sentence, string note)
    {
        var (words, theirs) = (Rouge.Tokens(sentence).Where(w => w.Length > 3).ToList(), Rouge.Tokens(note).ToHashSet(StringComparer.Ordinal));
        return words.Count == 0 || words.Count(theirs.Contains) >= SaidToo * words.Count;
    }

    private static void Calibration(List<(double Confidence, bool Kept)> kept)
    {
        var bins = kept.GroupBy(k => Math.Min(4, (int)(k.Confidence * 5))).OrderBy(g => g.Key).ToList();
        var error = bins.Sum(b => Math.Abs(b.Average(k => k.Confidence) - b.Average(k => k.Kept ? 1.0 : 0)) * b.Count()) / kept.Count;
        foreach (var bin in bins)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"confidence {bin.Average(k => k.Confidence):F2}: {bin.Count(),4} sentences, {bin.Average(k => k.Kept ? 1.0 : 0):F2} in the doctor's note"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calibration error {error:F3}"));
    }

    private static void Snippets(IReadOnlyList<(string Dialogue, string Header)> snippets)
    {
        var score = new RoutingScore();
        foreach (var (dialogue, header) in snippets)
        {
            if (RoutingScore.SectionOf(header) is { } wanted)
            {
                score.Add(wanted, RoutingScore.Most(ExtractiveDrafter.Draft(new DraftRequest(dialogue))));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{score.Count} talks of {DialogueData.Snippets}: section routing macro-F1 {score.MacroF1():F3} (subjective {score.F1(DraftSection.Subjective):F2}, objective {score.F1(DraftSection.Objective):F2}, assessment {score.F1(DraftSection.Assessment):F2}, plan {score.F1(DraftSection.Plan):F2})"));
    }
}
