using DrAssistant.Data.Common;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>How much is dispensed and when the last dose is.</summary>
/// <param name="Number">Null where it cannot be computed; <paramref name="WhyNot"/> then says why.</param>
/// <param name="Words">As it is printed: <c>15 tablets</c>, <c>75 mL</c>, <c>75 mL (1 bottle of 100 mL)</c>.</param>
/// <param name="LastDay">Null where no duration was said.</param>
public sealed record SigAmount(decimal? Number, DoseUnit? Unit, string? Words, DateOnly? LastDay, string? WhyNot);

/// <summary>Computes the total quantity, which the Drugs and Cosmetics Rules 65(10) ask for on a prescription.</summary>
internal static class SigAmounts
{
    private const string NoDuration = "How long is not said.";

    /// <summary>How much is dispensed, or why that cannot be said.</summary>
    /// <param name="sig">How it is taken.</param>
    /// <param name="start">The first day.</param>
    /// <param name="form">What is dispensed.</param>
    /// <param name="strength">Of the form, as the formulary writes it: 500 mg is counted in tablets of 250 mg.</param>
    /// <param name="pack">What one bottle or inhaler holds, in millilitres or puffs, where it is known.</param>
    public static SigAmount Of(Sig sig, DateOnly start, string? form = null, string? strength = null, decimal? pack = null)
    {
        var lastDay = LastDay(sig, start);
        decimal total = 0;
        DoseUnit? unit = null;
        foreach (var step in sig.Steps)
        {
            if (Doses(step) is not { } doses)
            {
                return None(lastDay, step.Frequency is { AsNeeded: true, TimesOnADay: null } ? "It is taken when needed: write how many to dispense." : NoDuration);
            }

            if (Counted(step.Dose, form, strength) is not { } one)
            {
                return None(lastDay, $"{DoseForms.Word(step.Dose.Unit)} cannot be counted in what is dispensed.");
            }

            var perDose = one.Amount / step.Dose.Amount;
            total += (step.Frequency.Amounts?.Sum() ?? step.Dose.Amount * (step.Frequency.TimesOnADay ?? 1)) * perDose * doses;
            unit = one.Unit;
        }

        total = DoseUnitIsWhole(unit!.Value) ? Math.Ceiling(decimal.Round(total, 6)) : decimal.Round(total, 2);
        return new SigAmount(total, unit, Words(total, unit.Value, pack), lastDay, null);
    }

    /// <summary>The day of the last dose.</summary>
    public static DateOnly? LastDay(Sig sig, DateOnly start)
    {
        if (sig.Continues || sig.Steps.Any(s => s.Duration is null && !s.Frequency.Once))
        {
            return null;
        }

        // What is taken at once belongs to the day on which the rest begins.
        var days = sig.Steps.Sum(s => s.Frequency.Once ? 0 : s.Duration!.Days);
        return start.AddDays(Math.Max(days, 1) - 1);
    }

    /// <summary>On how many days it is taken; null where that is not known.</summary>
    private static int? Doses(SigStep step) => step switch
    {
        { Frequency.Once: true } => 1,
        { Duration: null } or { Frequency.TimesOnADay: null } => null,
        _ => (int)Math.Ceiling(decimal.Round(step.Duration.Days / step.Frequency.EveryDays, 6)),
    };

    /// <summary>One dose in what is dispensed.</summary>
    private static SigDose? Counted(SigDose dose, string? form, string? strength)
    {
        if (!DoseForms.IsMass(dose.Unit))
        {
            return dose.Unit is DoseUnit.Application ? null : dose;
        }

        return Strength.Of(strength) is { } known && known.PerUnit(dose.Unit) is { } each && DoseForms.UnitOf(form) is { } unit
            ? new SigDose(dose.Amount / each, unit)
            : Strength.Of(strength) is { Millilitres: { } per } liquid && liquid.PerUnit(dose.Unit) is { } of ? new SigDose(dose.Amount / of * per, DoseUnit.Millilitre) : null;
    }

    private static bool DoseUnitIsWhole(DoseUnit unit) => unit is not DoseUnit.Millilitre && !DoseForms.IsMass(unit);

    private static string Words(decimal total, DoseUnit unit, decimal? pack)
    {
        var words = ClinicFormat.Amount(total, DoseForms.Word(unit, total));
        return pack is > 0 && unit is DoseUnit.Millilitre or DoseUnit.Puff && pack is { } holds
            ? $"{words} ({Packs(Math.Ceiling(total / holds), unit)} of {ClinicFormat.Amount(holds, DoseForms.Word(unit, holds))})"
            : words;
    }

    private static string Packs(decimal count, DoseUnit unit) => ClinicFormat.Amount(count, (unit, count) switch
    {
        (DoseUnit.Puff, 1) => "inhaler",
        (DoseUnit.Puff, _) => "inhalers",
        (_, 1) => "bottle",
        _ => "bottles",
    });

    private static SigAmount None(DateOnly? lastDay, string why) => new(null, null, null, lastDay, why);
}
