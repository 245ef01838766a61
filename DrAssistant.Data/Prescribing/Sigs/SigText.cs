using System.Globalization;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>A sig in plain words of one language.</summary>
/// <param name="NeedsReview">Some of its phrases have not been reviewed by somebody who speaks the language, or stand in English because there are none.</param>
public sealed record SigInWords(string Language, string Text, bool NeedsReview);

/// <summary>Says in plain words what was understood, for the printed page and for reading back.</summary>
internal static class SigText
{
    private static readonly Dictionary<DoseUnit, string> UnitCodes = new() { [DoseUnit.Tablet] = "TABLET", [DoseUnit.Capsule] = "CAPSULE", [DoseUnit.Drop] = "DROP", [DoseUnit.Puff] = "PUFF" };

    public static SigInWords In(string language, Sig sig)
    {
        var writer = new Writer(SigPhrases.Starter.Languages.Contains(language) ? language : SigPhrases.English);
        var steps = sig.Steps.Select(step => Step(writer, step)).ToList();
        List<string> parts = [string.Join(writer.Is(SigPhrases.English) ? ", then " : " → ", steps)];
        if (sig.Site is { } site)
        {
            parts.Add(writer.Untranslated($"in the {site}".Replace("the both", "both", StringComparison.Ordinal).Replace("the each", "each", StringComparison.Ordinal)));
        }

        parts.AddRange(sig.Timing.Select(code => writer.Phrase(code)));
        if (sig.Continues)
        {
            parts.Add(writer.Phrase("CONTINUE"));
        }

        return new SigInWords(writer.Language, string.Join(", ", parts), writer.NeedsReview);
    }

    /// <summary>Beside the words, as Indian prescriptions draw it: 1-0-1; null where there is no such drawing.</summary>
    public static string? Grid(SigStep step) => step.Frequency.Amounts is { } amounts
        ? string.Join('-', amounts.Select(a => SigNumbers.Of(a)))
        : SigPatterns.Of(step.Frequency);

    private static string Step(Writer writer, SigStep step)
    {
        List<string> parts = [];
        if (step.Frequency is { Amounts: { } amounts } frequency && (frequency.Code.StartsWith("PATTERN", StringComparison.Ordinal) || amounts.Where(a => a > 0).Distinct().Count() > 1))
        {
            parts.Add(Pattern(writer, step, amounts));
        }
        else
        {
            parts.Add(writer.Is(SigPhrases.English) && step.Frequency.Code != "SOS"
                ? $"{writer.Amount(step.Dose.Amount, step.Dose.Unit)} {writer.Phrase(step.Frequency.Code)}"
                : writer.Amount(step.Dose.Amount, step.Dose.Unit) + (step.Frequency.Code == "SOS" ? "" : $", {writer.Phrase(step.Frequency.Code)}"));
        }

        if (step.Frequency.AsNeeded)
        {
            parts.Add(writer.Phrase("SOS"));
            if (step.Frequency is { Code: "SOS", TimesOnADay: { } most })
            {
                parts.Add(writer.Untranslated($"at most {SigNumbers.Of(most)} {(most == 1 ? "time" : "times")} a day"));
            }
        }

        if (step.Duration is { } length)
        {
            parts.Add(Duration(writer, length));
        }

        return string.Join(", ", parts);
    }

    private static string Pattern(Writer writer, SigStep step, IReadOnlyList<decimal> amounts)
    {
        var code = amounts.Count == 3 ? "PATTERN_3" : "PATTERN_4";
        var counted = DoseForms.IsMass(step.Dose.Unit) || step.Dose.Unit is DoseUnit.Millilitre;
        var text = writer.Phrase(code);
        for (var i = 0; i < amounts.Count; i++)
        {
            text = text.Replace($"{{{(char)('a' + i)}}}", counted && amounts[i] > 0 ? writer.Amount(amounts[i], step.Dose.Unit) : SigNumbers.Of(amounts[i]), StringComparison.Ordinal);
        }

        return counted ? text : $"{writer.Unit(step.Dose.Unit, 2)}: {text}";
    }

    private static string Duration(Writer writer, SigDuration length)
    {
        var (code, one) = length.Unit switch
        {
            SigDurationUnit.Weeks => ("FOR_N_WEEKS", "for 1 week"),
            SigDurationUnit.Months => ("FOR_N_MONTHS", "for 1 month"),
            _ => ("FOR_N_DAYS", "for 1 day"),
        };
        return writer.Is(SigPhrases.English) && length.Number == 1 ? one
            : writer.Phrase(code).Replace("{n}", length.Number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private sealed class Writer(string language)
    {
        public string Language => language;

        public bool NeedsReview { get; private set; }

        public bool Is(string other) => language == other;

        public string Phrase(string code)
        {
            if (SigPhrases.Starter.In(language, code) is not { } phrase)
            {
                return Untranslated(SigPhrases.Starter.In(SigPhrases.English, code)?.Text ?? code);
            }

            NeedsReview |= phrase.NeedsReview;
            return phrase.Text;
        }

        public string Untranslated(string text)
        {
            NeedsReview |= language != SigPhrases.English;
            return text;
        }

        public string Amount(decimal amount, DoseUnit unit)
            => $"{(DoseForms.IsMass(unit) || unit is DoseUnit.Millilitre ? Common.ClinicFormat.Number(amount) : SigNumbers.Of(amount))}\u00A0{Unit(unit, amount)}";

        public string Unit(DoseUnit unit, decimal amount)
            => Is(SigPhrases.English) || !UnitCodes.TryGetValue(unit, out var code)
                ? DoseForms.IsMass(unit) || unit is DoseUnit.Millilitre ? DoseForms.Word(unit, amount) : Untranslated(DoseForms.Word(unit, amount))
                : Phrase(code);
    }
}

/// <summary>Numbers of a dose: halves as people write them, no zero behind the point.</summary>
internal static class SigNumbers
{
    private static readonly (decimal Part, string Sign)[] Parts = [(0.5m, "½"), (0.25m, "¼"), (0.75m, "¾")];

    public static string Of(decimal number)
    {
        var whole = decimal.Truncate(number);
        var sign = Array.Find(Parts, p => p.Part == number - whole).Sign;
        return sign is null || number > 20 ? Common.ClinicFormat.Number(number) : whole == 0 ? sign : Common.ClinicFormat.Number(whole) + sign;
    }
}
