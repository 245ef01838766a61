using System.Diagnostics.CodeAnalysis;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients.Timeline;
using DrAssistant.Portal.Components.Common;

namespace DrAssistant.Portal.Components.Patients.Timeline;

/// <summary>The timeline's kinds in words, as icons and in the address.</summary>
internal static class TimelineWords
{
    public static IReadOnlyList<TimelineKind> All { get; } = Enum.GetValues<TimelineKind>();

    public static string One(TimelineKind kind) => kind is TimelineKind.Immunization ? "Immunisation" : Words.Sentence(EnumText.Of(kind));

    public static string Many(TimelineKind kind) => kind switch
    {
        TimelineKind.Diagnosis => "Diagnoses",
        TimelineKind.Vitals => "Vitals",
        TimelineKind.Immunization => "Immunisations",
        _ => $"{One(kind)}s",
    };

    public static string Icon(TimelineKind kind) => kind switch
    {
        TimelineKind.Note => "edit_note",
        TimelineKind.Diagnosis => "stethoscope",
        TimelineKind.Prescription => "pill",
        TimelineKind.Order => "labs",
        TimelineKind.Result => "science",
        TimelineKind.Vitals => "vital_signs",
        TimelineKind.Procedure => "surgical",
        TimelineKind.Immunization => "vaccines",
        TimelineKind.Document => "attach_file",
        _ => "event",
    };

    /// <summary>A title that repeats the word at the left of the row.</summary>
    public static bool SaysOnlyItsKind(TimelineEntry entry)
        => entry.Title.Length == 0 || entry.Title == One(entry.Kind) || entry.Title == Many(entry.Kind);

    /// <summary>"results and vitals only", or null when all are shown.</summary>
    public static string? Of(IReadOnlySet<TimelineKind> kinds)
        => kinds.Count == 0 ? null : $"{string.Join(" and ", kinds.Order().Select(Many)).ToLowerInvariant()} only";

    public static string? ToAddress(IReadOnlySet<TimelineKind> kinds)
        => kinds.Count == 0 ? null : string.Join(',', kinds.Order().Select(EnumText.Of));

    /// <summary>An address is typed by anybody: what is no kind is left out.</summary>
    public static IReadOnlySet<TimelineKind> Parse(string? address)
        => (address ?? "").Split(',').Select(w => All.Where(k => EnumText.Of(k) == w)).SelectMany(k => k).ToHashSet();

    /// <summary>What a folded visit holds: "note, prescription, 6 results".</summary>
    public static string Summary(TimelineVisit visit) => string.Join(", ", visit.Entries
        .GroupBy(e => e.Kind)
        .OrderBy(g => g.Key)
        .Select(g => (Kind: g.Key, Count: g.Key is TimelineKind.Result ? g.Sum(e => Math.Max(1, e.Parts.Count)) : g.Count()))
        .Select(g => g.Count == 1 || g.Kind is TimelineKind.Vitals ? One(g.Kind).ToLowerInvariant() : Words.Count(g.Count, One(g.Kind).ToLowerInvariant(), Many(g.Kind).ToLowerInvariant())));

    /// <summary>The text in pieces, each with whether it is one of the searched words.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "The words are a person's, in a person's language.")]
    public static IEnumerable<(string Text, bool Hit)> Marked(string text, string? searched)
    {
        var word = searched?.Trim() ?? "";
        for (var at = 0; at < text.Length;)
        {
            var hit = word.Length < 2 ? -1 : text.IndexOf(word, at, StringComparison.CurrentCultureIgnoreCase);
            if (hit < 0)
            {
                yield return (text[at..], false);
                yield break;
            }

            if (hit > at)
            {
                yield return (text[at..hit], false);
            }

            yield return (text.Substring(hit, word.Length), true);
            at = hit + word.Length;
        }
    }
}
