using System.Globalization;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;

namespace DrAssistant.Data.Encounters.Vitals;

/// <summary>
/// What is asked before a value is recorded. Outside the plausible limits it cannot be; a weight more than a fifth away from the last one,
/// a grown person who is suddenly taller or a child who has shrunk may be a slip of the keys and has to be answered for.
/// </summary>
internal static class VitalChecks
{
    private const decimal Jump = 0.20m;
    private const decimal HeightChange = 5;
    private const int Grown = 18;

    private const decimal ShrinksBy = 2;

    // In so many days a child may have gained a fifth of its weight by growing; the median child takes longer (WHO weight-for-age).
    private static readonly (int UnderYears, int Days)[] GainsAFifthIn = [(1, 14), (6, 183), (Grown, 365)];

    /// <summary>Everything that is the matter with a set; a value that was answered for is not asked about again.</summary>
    public static IReadOnlyList<VitalQuestion> Of(
        IReadOnlyList<CheckedEntry> entries, IReadOnlyDictionary<VitalSign, EarlierValue> earlier, VitalPerson person, DateOnly day)
    {
        var age = Age.On(day, person.Born);
        List<VitalQuestion> questions = [.. entries.Select(e => Implausible(e, age, person.Gender)).OfType<VitalQuestion>()];
        if (Entered(entries, VitalSign.SystolicPressure) is { } systolic && Entered(entries, VitalSign.DiastolicPressure) is { } diastolic
            && systolic.Value <= diastolic.Value)
        {
            questions.Add(new(VitalSign.DiastolicPressure, "The diastolic pressure has to be below the systolic one. Check which is which.", CanBeAnswered: false));
        }

        AddIfAsked(questions, entries, VitalSign.Weight, e => WeightJump(e, earlier.GetValueOrDefault(VitalSign.Weight), person.Born, day));
        AddIfAsked(questions, entries, VitalSign.Height, e => OtherHeight(e, earlier.GetValueOrDefault(VitalSign.Height), person.Born));
        return questions;
    }

    /// <summary>The same while it is typed, against the values that the form was opened with; what cannot be read yet is left for recording.</summary>
    public static IReadOnlyList<VitalQuestion> Before(
        VitalsDraft draft, IReadOnlyDictionary<VitalSign, VitalValue> last, VitalPerson person, ClinicClock clock)
    {
        var entries = draft.Entries.Where(e => e.Value is not null)
            .Select(e => VitalsDraftReading.Entry(e.Sign, e.Value!.Value, e.Unit, e.Answer)).Where(read => read.Succeeded).Select(read => read.Value!);
        var earlier = last.Values.ToDictionary(v => v.Sign, v => new EarlierValue(v.Id, v.Value, clock.DayOf(v.At)));
        return Of([.. entries], earlier, person, clock.Today);
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
        if (Math.Abs(change) <= Jump || (change > 0 && change <= Growth(born, last.Day, day)))
        {
            return null;
        }

        var percent = Math.Round(Math.Abs(change) * 100).ToString(CultureInfo.InvariantCulture);
        return $"{entry.Sign.Words(entry.Value)} is {percent} % {(change > 0 ? "more" : "less")} than {entry.Sign.Words(last.Value)} on {ClinicFormat.Date(last.Day)}. Weigh again, or say why it is right.";
    }

    /// <summary>By how much of its weight a child may have grown since; pounds typed as kilograms are still asked about for years.</summary>
    private static decimal Growth(DateOnly born, DateOnly last, DateOnly day)
    {
        const double Most = 30;
        var years = Age.On(last, born).Years;
        if (years >= Grown || day <= last)
        {
            return 0;
        }

        var fifths = (double)(day.DayNumber - last.DayNumber) / GainsAFifthIn.First(g => years < g.UnderYears).Days;
        return (decimal)Math.Pow(1 + (double)Jump, Math.Min(fifths, Most)) - 1;
    }

    private static string? OtherHeight(CheckedEntry entry, EarlierValue? last, DateOnly born)
    {
        if (last is null)
        {
            return null;
        }

        var change = entry.Value - last.Value;
        var asked = Age.On(last.Day, born).Years >= Grown ? Math.Abs(change) > HeightChange : change < -ShrinksBy;
        return asked
            ? $"{entry.Sign.Words(entry.Value)} is {entry.Sign.Words(Math.Abs(change))} {(change > 0 ? "more" : "less")} than on {ClinicFormat.Date(last.Day)}. Measure again, or say why it is right."
            : null;
    }
}

/// <summary>A typed value in its sign's own unit, with the answer where there is one.</summary>
internal sealed record CheckedEntry(SignEntry Sign, decimal Value, string? Answer);

/// <summary>The value of a sign before the one that is recorded.</summary>
internal sealed record EarlierValue(Guid Id, decimal Value, DateOnly Day);

/// <summary>What judging a value needs of the patient.</summary>
internal sealed record VitalPerson(Guid Id, DateOnly Born, bool BornEstimated, Gender Gender);
