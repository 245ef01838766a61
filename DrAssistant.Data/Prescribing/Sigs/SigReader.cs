using System.Text.RegularExpressions;
using DrAssistant.Data.Common;
using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>
/// Reads how a medicine is to be taken, as doctors type it: <c>1-0-1</c>, <c>1/2 tab alternate day</c>, <c>40 mg x 5d, 30 mg x 5d</c>. What could be
/// meant in two ways, or in none, is refused with examples: nothing is guessed that a pharmacist would have to guess again.
/// </summary>
internal static partial class SigReader
{
    private const int LongestText = 300;
    private const int MostSteps = 12;

    /// <summary>A whole line.</summary>
    public static Result<Sig> Read(string? line, Medicine? medicine = null, string? form = null) => Read(new SigTyped(line) { Medicine = medicine, Form = form });

    /// <summary>Field by field. A refusal names the field, by its name in <see cref="SigTyped"/>.</summary>
    public static Result<Sig> Read(SigTyped typed)
    {
        (string Field, string Text)[] fields =
        [
            (nameof(SigTyped.Dose), Plain(typed.Dose)), (nameof(SigTyped.Frequency), Plain(typed.Frequency)),
            (nameof(SigTyped.Duration), Plain(typed.Duration)), (nameof(SigTyped.Instructions), Plain(typed.Instructions)),
        ];
        if (fields.Sum(f => f.Text.Length) is 0 or > LongestText)
        {
            return SigRefusals.NoDose;
        }

        var form = typed.Form ?? OnlyForm(typed.Medicine);
        if (IsForEyes(typed.Medicine, form) && Array.Find(fields, f => RightEye().IsMatch(f.Text)) is { Field: not null } eye)
        {
            return Refusal.Invalid("OD in an eye can be once daily or the right eye. Write once daily, or right eye.", eye.Field);
        }

        var common = fields[1..].Select(f => (f.Field, Words: SigWords.Of(f.Text))).ToList();
        var segments = Separator().Split(fields[0].Text).Select(SigWords.Of).Where(words => words.Count > 0).ToList();
        return Unknown([.. segments.Select(s => (fields[0].Field, s)), .. common]) is { } refusal
            ? refusal
            : Read(SigSteps.Part(segments), [.. common.SelectMany(c => c.Words)], new SigForm(form, typed.Medicine));
    }

    private static Result<Sig> Read(List<List<SigWord>> parts, List<SigWord> common, SigForm form)
    {
        if (parts.Count == 0)
        {
            parts.Add([]);
        }

        var steps = new List<SigStep>();
        var all = parts.SelectMany(p => p).Concat(common).ToList();
        foreach (var part in parts)
        {
            var step = SigStepReader.Read(part, common, form, isTaper: parts.Count > 1);
            if (!step.Succeeded)
            {
                return step.Refusal;
            }

            steps.Add(step.Value);
        }

        return Refuse(steps, form.Medicine) is { } refusal ? refusal : new Sig(steps)
        {
            Timing = [.. all.OfType<SigWord.Phrase>().Where(p => p.Of.Kind is "timing" or "advice" || IsTimeBeside(p.Of.Code, steps)).Select(p => p.Of.Code).Where(c => !IsTaken(c, all, steps)).Distinct()],
            Route = all.OfType<SigWord.Route>().FirstOrDefault()?.Of,
            Site = all.OfType<SigWord.Site>().FirstOrDefault()?.Of,
            Continues = all.OfType<SigWord.Phrase>().Any(p => p.Of.Code == "CONTINUE"),
        };
    }

    /// <summary>Weekly at bedtime: the time of the day is beside how often.</summary>
    private static bool IsTimeBeside(string code, List<SigStep> steps) => code is "HS" or "OM" or "ON" && steps.TrueForAll(s => s.Frequency.Code != code && s.Frequency.EveryDays > 1);

    /// <summary>A time of day that says how often is not said twice.</summary>
    private static bool IsTaken(string code, List<SigWord> all, List<SigStep> steps)
        => SigStepReader.IsTimeOfDay(code) && code != "EVENING" && !all.Exists(w => w is SigWord.Phrase { Of: { Kind: "frequency", Code: not "SOS" } } or SigWord.Times or SigWord.Pattern)
            && steps.TrueForAll(s => s.Frequency.Code is "OM" or "ON" or "BD" or "TDS" or "PATTERN_3");

    private static Refusal? Refuse(List<SigStep> steps, Medicine? medicine)
    {
        if (steps.Count > MostSteps)
        {
            return Refusal.Invalid($"At most {MostSteps} steps. Write the rest when the patient comes again.", nameof(SigTyped.Dose));
        }

        if (steps.SkipLast(1).Any(s => s.Duration is null && !s.Frequency.Once))
        {
            return Refusal.Invalid("Say of each step how long it lasts: 40 mg x 5 d, 30 mg x 5 d.", nameof(SigTyped.Duration));
        }

        // ISMP: methotrexate taken daily instead of weekly kills.
        return medicine is { DoseInterval: not DoseInterval.Day } && steps.Exists(s => !s.Frequency.Once && s.Frequency.EveryDays < 7)
            ? SigRefusals.NotDaily(medicine)
            : null;
    }

    private static Refusal? Unknown(IEnumerable<(string Field, List<SigWord> Words)> parts)
        => parts.SelectMany(p => p.Words.OfType<SigWord.Unknown>().Select(u => SigRefusals.CannotRead(p.Field, u.Text))).FirstOrDefault();

    private static string? OnlyForm(Medicine? medicine) => medicine?.Forms is [var only] ? only : null;

    private static bool IsForEyes(Medicine? medicine, string? form)
        => form is not null ? form.StartsWith("eye", StringComparison.Ordinal) : medicine?.Routes is ["ophthalmic"];

    /// <summary>Small letters, one blank, plain signs; the comma of 60,000 is none that parts steps.</summary>
    private static string Plain(string? text)
    {
        var plain = PlainText.Of(text ?? "", LongestText + 1).ToLowerInvariant()
            .Replace("½", " 1/2", StringComparison.Ordinal).Replace("¼", " 1/4", StringComparison.Ordinal).Replace("¾", " 3/4", StringComparison.Ordinal)
            .Replace('×', 'x').Replace('–', '-').Replace('—', '-').Replace("μg", "mcg", StringComparison.Ordinal).Replace("µg", "mcg", StringComparison.Ordinal);
        plain = Thousands().Replace(plain, "");
        plain = PatternBlanks().Replace(plain, "-");
        return Blanks().Replace(plain, " ").Trim();
    }

    [GeneratedRegex(@"(?<=\d),(?=\d{3}(?!\d))", RegexOptions.None, 1000)]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(?<=\d) *- *(?=\d)", RegexOptions.None, 1000)]
    private static partial Regex PatternBlanks();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[,;\n]| then |->|→", RegexOptions.None, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"(?<![a-z.])o\.?d\.?(?![a-z])", RegexOptions.None, 1000)]
    private static partial Regex RightEye();
}

/// <summary>The form a line is read for.</summary>
internal sealed record SigForm(string? Form, Medicine? Medicine);

internal static class SigRefusals
{
    private const int Shown = 40;

    public static Refusal NoDose { get; } = Refusal.Invalid("Write how it is taken, for example 1 tab BD x 5 d, 1-0-1, or 5 ml TDS.", nameof(SigTyped.Dose));

    public static Refusal NoAmount { get; } = Refusal.Invalid("Write a dose that can be counted: 1 tab, 1/2 tab, 5 ml, 500 mg, 2 puffs.", nameof(SigTyped.Dose));

    public static Refusal NoFrequency { get; } = Refusal.Invalid("Say how often: 1-0-1, OD, BD, TDS, QID, HS, SOS, q8h, alternate day, weekly.", nameof(SigTyped.Frequency));

    public static Refusal CannotRead(string field, string text)
    {
        var shown = text.Length <= Shown ? text : text[..Shown];
        var examples = field switch
        {
            nameof(SigTyped.Frequency) => "1-0-1, OD, BD, TDS, QID, HS, SOS, q8h, alternate day or weekly",
            nameof(SigTyped.Duration) => "5 d, 2 wk, 1 month or continue",
            nameof(SigTyped.Instructions) => "before food, after food, at bedtime or right eye",
            _ => "1 tab, 1/2 tab, 5 ml, 500 mg or 2 puffs, and 1-0-1, BD, q8h or weekly for how often",
        };
        return Refusal.Invalid($"\"{shown}\" cannot be read. Write for example {examples}.", field);
    }

    public static Refusal NotDaily(Medicine medicine)
        => Refusal.Invalid(
            $"{medicine.GenericName} is taken once a {(medicine.DoseInterval is DoseInterval.Week ? "week, never daily: write weekly" : "month, never daily: write monthly")}, and name the day.",
            nameof(SigTyped.Frequency));
}
