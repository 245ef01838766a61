using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DrAssistant.Data.Drafting.Review;
using DrAssistant.Data.Recordings;

namespace DrAssistant.Portal.Components.Voice;

/// <summary>A turn of a transcript as it is shown: who speaks, when, and the text cut where marks begin and end.</summary>
internal sealed record SpokenLine(string? Speaker, double? At, IReadOnlyList<SpokenSlice> Slices);

/// <summary>A stretch of the text. <paramref name="IsUnclear"/>: the engine was not sure of it.</summary>
internal sealed record SpokenSlice(int Start, int End, string Text, bool IsUnclear);

/// <summary>What was said, as a page shows it beside a draft.</summary>
internal static partial class SpokenText
{
    /// <summary>Below this an engine is rather guessing: the word is marked, in the transcript and in what was made of it.</summary>
    public const double Unclear = 0.6;

    /// <summary>How far a word may have moved when somebody corrected the text.</summary>
    private const int Reach = 12;

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary><c>04:50</c>, and hours where there are any.</summary>
    public static string Clock(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return span.TotalHours >= 1 ? span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : span.ToString(@"mm\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The words with their times at their places in the text as it is now: where somebody corrected it, a word is found by itself nearby.</summary>
    public static IReadOnlyList<SpokenWord> Placed(TranscriptView transcript)
    {
        if (transcript.RawText is not { } raw || raw == transcript.Text)
        {
            return transcript.Words;
        }

        var now = Words().Matches(transcript.Text).Select(m => (m.Value, m.Index)).ToList();
        var placed = new List<SpokenWord>();
        var at = 0;
        foreach (var word in transcript.Words.Where(w => w.Start >= 0 && w.Start + w.Length <= raw.Length))
        {
            var text = raw.Substring(word.Start, word.Length).Trim('.', ',', '?', '!');
            for (var i = at; i < Math.Min(now.Count, at + Reach); i++)
            {
                if (string.Equals(now[i].Value, text, StringComparison.OrdinalIgnoreCase))
                {
                    placed.Add(word with { Start = now[i].Index, Length = now[i].Value.Length });
                    at = i + 1;
                    break;
                }
            }
        }

        return placed;
    }

    /// <summary>When a stretch begins; null where nobody knows.</summary>
    public static double? From(IReadOnlyList<SpokenWord> words, int start, int end) => words.FirstOrDefault(w => w.Start + w.Length > start && w.Start < end)?.From;

    public static bool IsUnclear(IReadOnlyList<SpokenWord> words, int start, int end) => words.Any(w => w.Confidence < Unclear && w.Start + w.Length > start && w.Start < end);

    /// <summary>The text turn by turn, cut at every place where a mark begins or ends.</summary>
    public static IReadOnlyList<SpokenLine> Lines(string text, IReadOnlyList<SpokenWord> words, IEnumerable<SaidSpan> spans)
    {
        var unclear = words.Where(w => w.Confidence < Unclear).Select(w => (w.Start, End: w.Start + w.Length)).ToList();
        var cuts = spans.SelectMany(s => new[] { s.Start, s.End }).Concat(unclear.SelectMany(u => new[] { u.Start, u.End })).Distinct().Order().ToList();
        var lines = new List<SpokenLine>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
            var label = Label().Match(text, at, end - at);
            var from = label.Success ? label.Index + label.Length : at;
            if (from < end)
            {
                lines.Add(new SpokenLine(label.Success ? label.Groups["name"].Value.Trim() : null, From(words, from, end), Slices(text, from, end, cuts, unclear)));
            }

            at = end + 1;
        }

        return lines;
    }

    private static List<SpokenSlice> Slices(string text, int from, int end, List<int> cuts, List<(int Start, int End)> unclear)
    {
        var slices = new List<SpokenSlice>();
        var at = from;
        foreach (var cut in cuts.Where(c => c > from && c < end).Append(end))
        {
            slices.Add(new SpokenSlice(at, cut, text[at..cut], unclear.Exists(u => u.Start <= at && cut <= u.End)));
            at = cut;
        }

        return slices;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\G\s*(?:\[(?<name>[^\]\n]{1,30})\]|(?<name>[A-Z][\w.]*(?:[ _]\w+){0,2})\s*:)\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
