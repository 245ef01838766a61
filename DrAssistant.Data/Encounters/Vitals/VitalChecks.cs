using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>
/// What is asked before a value is recorded. Outside the plausible limits it cannot be; a weight more than a fifth away from the last one,
/// or a grown person who is suddenly taller, may be a slip of the keys and has to be answered for.
/// </summary>
internal static class VitalChecks
{
    private const decimal Jump = 0.20m;
    private const decimal HeightChange = 5;
    private const int Grown = 18;

    // A child gains a fifth of its weight by growing: within so many days it would not.
    private static readonly (int UnderYears, int Days)[] GainsWithin = [(1, 14), (6, 183), (Grown, 365)];

    /// <summary>Everything that is the matter with a set; a value that was answered for is not asked about again.</summary>
    public static IReadOnlyList<VitalQuestion> Of(
        IReadOnlyList<CheckedEntry> entries, IReadOnlyDictionary<VitalSign, EarlierValue> earlier, VitalPerson person, DateOnly day)
    {
        var age = Age.On(day, person.Born);
        List<VitalQuestion> questions = [.. entries.Select(e => Implausible(e, age, person.Gender)).OfType<VitalQuestion>()];
        if (Entered(entries, VitalSign.SystolicPressure) is { } systolic && Entered(entries, VitalSign.DiastolicPressure) is { } diastolic
            && systolic.Value <= diastolic.Value)
        {
            questions.Add(new(VitalSign.DiastolicPressure, "The diastolic pressure is below the systolic one. Check which is which.", CanBeAnswered: false));
        }

        AddIfAsked(questions, entries, VitalSign.Weight, e => WeightJump(e, earlier.GetValueOrDefault(VitalSign.Weight), person.Born, day));
        AddIfAsked(questions, entries, VitalSign.Height, e => Taller(e, earlier.GetValueOrDefault(VitalSign.Height), person.Born));
        return questions;
    }

    private static void AddIfAsked(List<VitalQuestion> questions, IReadOnlyList<CheckedEntry> entries, VitalSign sign, Func<CheckedEntry, string?> ask)
    {
        // What cannot be is not also asked about.
        if (Entered(entries, sign) is { Answer: null } entry && questions.TrueForAll(q => q.Sign != sign) && ask(entry) is { } question)
        {
            questions.Add(new(sign, question, CanBeAnswered: true));
        }
    }

    private static CheckedEntry? Entered(IReadOnlyList<CheckedEntry> entries, VitalSign sign) => entries.FirstOrDefault(e => e.Sign.Sign == sign);

    private static VitalQuestion? Implausible(CheckedEntry entry, Age age, Gender gender)
    {
        var sign = entry.Sign;
        if (VitalRanges.For(sign.Code, sign.Unit, age, gender) is not { } range)
        {
            return new(sign.Sign, $"{sign.Name} is not recorded at this age.", CanBeAnswered: false);
        }

        return entry.Value < range.PlausibleLow || entry.Value > range.PlausibleHigh
            ? new(sign.Sign, $"{sign.Name} {sign.Words(entry.Value)} cannot be right: {ClinicFormat.Number(range.PlausibleLow ?? 0)} to {sign.Words(range.PlausibleHigh ?? 0)} is possible at this age.", CanBeAnswered: false)
            : null;
    }

    private static string? WeightJump(CheckedEntry entry, EarlierValue? last, DateOnly born, DateOnly day)
    {
        if (last is not { Value: > 0 })
        {
            return null;
        }

        var change = (entry.Value - last.Value) / last.Value;
        if (Math.Abs(change) <= Jump || (change > 0 && IsGrowth(born, last.Day, day)))
        {
            return null;
        }

        var percent = Math.Round(Math.Abs(change) * 100).ToString(CultureInfo.InvariantCulture);
        return $"{entry.Sign.Words(entry.Value)} is {percent} % {(change > 0 ? "more" : "less")} than {entry.Sign.Words(last.Value)} on {ClinicFormat.Date(last.Day)}. Weigh again, or say why it is right.";
    }

    private static bool IsGrowth(DateOnly born, DateOnly last, DateOnly day)
    {
        var years = Age.On(last, born).Years;
        return years < Grown && day.DayNumber - last.DayNumber > GainsWithin.First(g => years < g.UnderYears).Days;
    }

    private static string? Taller(CheckedEntry entry, EarlierValue? last, DateOnly born)
        => last is null || Age.On(last.Day, born).Years < Grown || Math.Abs(entry.Value - last.Value) <= HeightChange
            ? null
            : $"{entry.Sign.Words(entry.Value)} is {entry.Sign.Words(Math.Abs(entry.Value - last.Value))} {(entry.Value > last.Value ? "more" : "less")} than on {ClinicFormat.Date(last.Day)}. Measure again, or say why it is right.";
}

/// <summary>A typed value in its sign's own unit, with the answer where there is one.</summary>
internal sealed record CheckedEntry(SignEntry Sign, decimal Value, string? Answer);

/// <summary>The value of a sign before the one that is recorded.</summary>
internal sealed record EarlierValue(Guid Id, decimal Value, DateOnly Day);

/// <summary>What judging a value needs of the patient.</summary>
internal sealed record VitalPerson(Guid Id, DateOnly Born, bool BornEstimated, Gender Gender);
