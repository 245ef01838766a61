using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>Puts the words of one step together.</summary>
internal static class SigStepReader
{
    private const int LongestDays = 366;
    private const int MostTimes = 24;

    /// <summary>One step of a line.</summary>
    /// <param name="own">What stands in the step.</param>
    /// <param name="common">What stands in the other fields, and holds for each step that does not say it itself.</param>
    /// <param name="form">What the words are read for.</param>
    /// <param name="isTaper">There are other steps.</param>
    public static Result<SigStep> Read(List<SigWord> own, List<SigWord> common, SigForm form, bool isTaper)
    {
        var frequency = Frequency([.. own, .. own.Exists(IsFrequency) ? common.Where(w => !IsFrequency(w)) : common], isTaper);
        if (!frequency.Succeeded)
        {
            return frequency.Refusal;
        }

        var duration = Duration(own.OfType<SigWord.Duration>().ToList() is { Count: > 0 } said ? said : [.. common.OfType<SigWord.Duration>()]);
        if (!duration.Succeeded)
        {
            return duration.Refusal;
        }

        var dose = Dose([.. own.Concat(common).OfType<SigWord.Dose>()], frequency.Value.Amounts is not null, form);
        if (!dose.Succeeded)
        {
            return dose.Refusal;
        }

        var step = WithAmounts(dose.Value, frequency.Value);
        return !step.Succeeded ? step.Refusal : Refuse(step.Value) is { } refusal ? refusal : step.Value with { Duration = duration.Value.Of };
    }

    public static bool IsTimeOfDay(string code) => code is "MORNING" or "AFTERNOON" or "EVENING" or "NIGHT";

    private static bool IsFrequency(SigWord word) => word is SigWord.Pattern or SigWord.Times or SigWord.Phrase { Of.Kind: "frequency" };

    private static Result<SigFrequency> Frequency(List<SigWord> words, bool isTaper)
    {
        var phrases = words.OfType<SigWord.Phrase>().Select(p => p.Of).ToList();
        var needed = phrases.Exists(p => p.Code == "SOS");
        var said = phrases.Where(p => p.Kind == "frequency" && p.Code != "SOS").Select(p => p.Frequency()).Distinct().ToList();
        said.AddRange(words.OfType<SigWord.Times>().Select(t => TimesADay(t.ADay)));
        said.AddRange(words.OfType<SigWord.Pattern>().Select(p => SigPatterns.Frequency(p.Parts)));
        if (said.Count > 1)
        {
            // Once a day at bedtime, weekly in the morning: the time of the day is no second answer.
            said.RemoveAll(f => f.Code is "HS" or "OM" or "ON" && said.Exists(o => o.EveryDays > 1));
            said.RemoveAll(f => f.Code == "OD" && said.Exists(o => o.Code is "HS" or "OM" or "ON"));
        }

        if (said.Count > 1)
        {
            return Refusal.Invalid("It says twice how often, and not the same. Write it once: BD, or 1-0-1.", nameof(SigTyped.Frequency));
        }

        var most = words.OfType<SigWord.Most>().FirstOrDefault()?.ADay;
        var frequency = said.Count == 1 ? said[0] : SigPatterns.OfTimesOfDay([.. phrases.Select(p => p.Code).Where(IsTimeOfDay)]);
        return (frequency, needed) switch
        {
            (null, true) => new SigFrequency("SOS", most) { AsNeeded = true },
            (null, false) when isTaper => new SigFrequency("OD", 1),
            (null, false) => SigRefusals.NoFrequency,
            ({ TimesOnADay: > MostTimes or <= 0 }, _) => SigRefusals.NoFrequency,
            ({ } known, _) => known with { AsNeeded = needed, TimesOnADay = most ?? known.TimesOnADay },
        };
    }

    private static SigFrequency TimesADay(int times) => times switch
    {
        1 => new SigFrequency("OD", 1),
        2 => new SigFrequency("BD", 2),
        3 => new SigFrequency("TDS", 3),
        4 => new SigFrequency("QID", 4),
        5 => new SigFrequency("FIVE_DAILY", 5),
        6 => new SigFrequency("Q4H", 6),
        8 => new SigFrequency("Q3H", 8),
        12 => new SigFrequency("Q2H", 12),
        24 => new SigFrequency("Q1H", 24),
        _ => new SigFrequency("", 0),
    };

    private static Result<Said> Duration(IReadOnlyList<SigWord.Duration> said) => said.Select(d => d.Of).Distinct().ToList() switch
    {
        [] => new Said(null),
        [{ Number: > 0 } one] when one.Days <= LongestDays => new Said(one),
        [_] => Refusal.Invalid("How long is from 1 day to 12 months.", nameof(SigTyped.Duration)),
        _ => Refusal.Invalid("It says twice how long. Write it once.", nameof(SigTyped.Duration)),
    };

    private static Result<SigDose> Dose(IReadOnlyList<SigWord.Dose> said, bool byPattern, SigForm form)
    {
        var amounts = said.Select(d => d.Amount).OfType<decimal>().ToList();
        var units = said.Select(d => d.Unit).OfType<DoseUnit>().Distinct().ToList();
        var usual = DoseForms.UnitOf(form.Form);
        if (amounts.Count > 1 || units.Count > 1)
        {
            return Refusal.Invalid("There are two doses in one step. Write the one that is taken: 2 tab, or 500 mg.", nameof(SigTyped.Dose));
        }

        if ((units.Count == 1 ? units[0] : usual) is not { } unit)
        {
            return amounts.Count == 1 || byPattern
                ? Refusal.Invalid("Write what the number counts: 1 tab, 5 ml, 500 mg, 2 puffs.", nameof(SigTyped.Dose))
                : SigRefusals.NoAmount;
        }

        if (!DoseForms.Fits(unit, form.Form))
        {
            return Refusal.Invalid($"{DoseForms.Word(unit, 2)} do not go with the form {form.Form}.", nameof(SigTyped.Dose));
        }

        unit = unit is DoseUnit.Tablet or DoseUnit.Capsule && usual is DoseUnit.Tablet or DoseUnit.Capsule ? usual.Value : unit;
        return amounts.Count == 1 ? new SigDose(amounts[0], unit)
            : byPattern || units.Count == 1 || unit is DoseUnit.Application ? new SigDose(1, unit)
            : SigRefusals.NoAmount;
    }

    /// <summary>A pattern of tablets counts tablets; of a dose such as 5 ml it marks when it is taken.</summary>
    private static Result<SigStep> WithAmounts(SigDose dose, SigFrequency frequency)
    {
        if (frequency.Amounts is not { } parts)
        {
            return new SigStep(dose, frequency, null);
        }

        var marks = parts.All(p => p is 0 or 1);
        if (dose.Amount != 1 && (!marks || !(DoseForms.IsMass(dose.Unit) || dose.Unit is DoseUnit.Millilitre or DoseUnit.Drop or DoseUnit.Puff or DoseUnit.Spray)))
        {
            return Refusal.Invalid("The dose and the pattern both say how many. Write 2-0-2, or 2 tab BD.", nameof(SigTyped.Dose));
        }

        var amounts = parts.Select(p => p * dose.Amount).ToList();
        return new SigStep(dose with { Amount = amounts.Max() }, frequency with { Amounts = amounts }, null);
    }

    private static Refusal? Refuse(SigStep step)
        => step.Dose.Amount <= 0 || step.Dose.Amount > DoseForms.Most(step.Dose.Unit)
            ? Refusal.Invalid($"At one time more than 0 and at most {ClinicFormat.Amount(DoseForms.Most(step.Dose.Unit), DoseForms.Word(step.Dose.Unit, 2))}.", nameof(SigTyped.Dose))
            : null;

    private sealed record Said(SigDuration? Of);
}
