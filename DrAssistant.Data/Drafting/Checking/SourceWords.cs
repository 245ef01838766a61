using System.Text.RegularExpressions;
using DrAssistant.Data.Drafting.Words;

namespace DrAssistant.Data.Drafting.Checking;

/// <summary>The words of a sentence or of what it rests on, in one spelling: numbers as digits, units as signs.</summary>
internal sealed partial class SourceWords
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["mg"] = "mg", ["milligram"] = "mg", ["milligrams"] = "mg", ["mcg"] = "mcg", ["microgram"] = "mcg", ["micrograms"] = "mcg", ["ml"] = "ml", ["g"] = "g", ["gram"] = "g", ["grams"] = "g", ["kg"] = "kg", ["kilogram"] = "kg", ["kilograms"] = "kg", ["kilos"] = "kg",
        ["cm"] = "cm", ["centimeter"] = "cm", ["centimeters"] = "cm", ["centimetre"] = "cm", ["centimetres"] = "cm", ["mm"] = "mm", ["millimeter"] = "mm", ["millimeters"] = "mm", ["inch"] = "inch", ["inches"] = "inch",
        ["pound"] = "lb", ["pounds"] = "lb", ["lbs"] = "lb", ["lb"] = "lb", ["day"] = "day", ["days"] = "day", ["week"] = "week", ["weeks"] = "week", ["month"] = "month", ["months"] = "month", ["year"] = "year", ["years"] = "year",
        ["hour"] = "hour", ["hours"] = "hour", ["minute"] = "minute", ["minutes"] = "minute", ["%"] = "%", ["percent"] = "%", ["units"] = "unit", ["unit"] = "unit", ["puff"] = "puff", ["puffs"] = "puff", ["tablet"] = "tablet", ["tablets"] = "tablet", ["degrees"] = "degree", ["degree"] = "degree",
    };

    private SourceWords(List<Word> words) => Words = words;

    public List<Word> Words { get; }

    public HashSet<string> Set => field ??= new HashSet<string>(Words.Select(w => w.Text), StringComparer.Ordinal);

    /// <summary>Every number, a blood pressure or a date in its parts, and the unit that follows it.</summary>
    public IReadOnlyList<(string Number, string? Unit)> Numbers => field ??= [.. ReadNumbers()];

    public static SourceWords Of(string text) => new(SpokenNumbers.Write(Contractions.Spell(Word.Read(text, 0, text.Length))));

    /// <summary>As they were said, and as they read without what speech carries: a number may have been said with a stutter in between.</summary>
    public static SourceWords Of(string text, IEnumerable<TranscriptSpan> spans)
    {
        var words = new List<Word>();
        foreach (var span in spans)
        {
            words.AddRange(Transcript.Cleaned(text, span.Start, span.End));
            words.Add(new Word(".", span.End, span.End));
        }

        return new SourceWords(words);
    }

    public static string? Unit(string word) => Units.GetValueOrDefault(word);

    private IEnumerable<(string Number, string? Unit)> ReadNumbers()
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (!Words[i].IsNumber)
            {
                continue;
            }

            var unit = Words[i].Text.Contains("year-old", StringComparison.Ordinal) ? "year" : Words[i].Text.EndsWith('%') ? "%" : Attached(Words[i].Text) ?? Unit(i + 1 < Words.Count ? Words[i + 1].Text : "");
            foreach (Match part in Number().Matches(Words[i].Text.Replace(",", "", StringComparison.Ordinal)))
            {
                yield return (part.Value.TrimStart('0') is { Length: > 0 } bare && bare[0] != '.' ? bare : part.Value, unit);
            }
        }
    }

    /// <summary>"20mg".</summary>
    private static string? Attached(string word) => Unit(word.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.'));

    [GeneratedRegex(@"\p{N}+(?:\.\p{N}+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
