using System.Collections.Frozen;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>The standard phrases of a prescription in eight languages, and what people type for them.</summary>
internal sealed class SigPhrases
{
    public const string English = "en";

    private static readonly Lazy<SigPhrases> Read = new(() => new SigPhrases(ReferenceFile.SigPhrases));

    private readonly FrozenDictionary<(string Code, string Language), SigPhrase> _phrases;
    private readonly FrozenDictionary<string, SigPhrase> _typed;

    private SigPhrases(ReferenceFile file)
    {
        var rows = file.Read(Phrase);
        _phrases = rows.ToFrozenDictionary(p => (p.Code, p.Language));
        Languages = [.. rows.Select(p => p.Language).Distinct()];
        var english = rows.Where(p => p.Language == English && p.Kind is "frequency" or "timing" or "advice" || p.Code == "CONTINUE").ToList();
        _typed = english.SelectMany(p => p.Typed.Select(t => (Word: t, Phrase: p))).GroupBy(t => t.Word, t => t.Phrase).ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        LongestTyped = _typed.Keys.Max(k => k.Count(c => c == ' ')) + 1;
        Version = file.Version;
    }

    public static SigPhrases Starter => Read.Value;

    public string Version { get; }

    public IReadOnlyList<string> Languages { get; }

    /// <summary>Words of the longest phrase that can be typed.</summary>
    public int LongestTyped { get; }

    public IEnumerable<SigPhrase> All => _phrases.Values;

    /// <summary>By a code, a synonym or the English words themselves, in small letters.</summary>
    public SigPhrase? Meant(string typed) => _typed.GetValueOrDefault(typed);

    public SigPhrase? In(string language, string code) => _phrases.GetValueOrDefault((code, language));

    private static SigPhrase Phrase(ReferenceRow row) => new(
        row.Needed("code"), row.Needed("kind"), row.Number("times_per_day"), row.Number("interval_hours"), row.Several("input_synonyms") ?? [],
        row.Needed("language"), row.Needed("text"), row.Needed("needs_review") == "yes");
}

/// <summary>One phrase in one language.</summary>
internal sealed record SigPhrase(
    string Code, string Kind, decimal? TimesPerDay, decimal? IntervalHours, IReadOnlyList<string> Synonyms, string Language, string Text, bool NeedsReview)
{
    private const decimal HoursOfADay = 24;
    private const decimal DaysOfAWeek = 7;

    /// <summary>What stands for it in a field: 1-0-1 is read as a pattern, not as a word.</summary>
    public IEnumerable<string> Typed => Synonyms.Append(Code.Replace('_', ' ')).Append(Text).Select(t => t.ToLowerInvariant()).Where(t => !char.IsAsciiDigit(t[0]) || t.Contains(' ', StringComparison.Ordinal)).Distinct();

    /// <summary>As a frequency.</summary>
    public SigFrequency Frequency() => Code switch
    {
        "SOS" => new SigFrequency(Code, null) { AsNeeded = true },
        "STAT" => new SigFrequency(Code, 1) { Once = true },
        "TWICE_WEEKLY" => new SigFrequency(Code, 1) { EveryDays = DaysOfAWeek / 2 },
        "THRICE_WEEKLY" => new SigFrequency(Code, 1) { EveryDays = DaysOfAWeek / 3 },
        _ when IntervalHours > HoursOfADay => new SigFrequency(Code, 1) { EveryDays = IntervalHours.Value / HoursOfADay },
        _ => new SigFrequency(Code, TimesPerDay),
    };
}
