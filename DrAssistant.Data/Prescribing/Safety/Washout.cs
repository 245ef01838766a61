namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Medicines that go on working after the last dose, and for how many days they are still held against others.</summary>
internal static class Washout
{
    // Product labelling: irreversible MAO inhibitors two weeks, fluoxetine five weeks, amiodarone months; enzyme inducers fade in two to four weeks.
    private static readonly Dictionary<string, int> Days = new(StringComparer.Ordinal)
    {
        ["tranylcypromine"] = 14, ["phenelzine"] = 14, ["isocarboxazid"] = 14, ["procarbazine"] = 14, ["selegiline"] = 14, ["rasagiline"] = 14, ["safinamide"] = 14,
        ["linezolid"] = 14, ["moclobemide"] = 1, ["fluoxetine"] = 35, ["amiodarone"] = 90, ["rifampicin"] = 28, ["rifapentine"] = 28,
        ["carbamazepine"] = 14, ["phenytoin"] = 14, ["fosphenytoin"] = 14, ["phenobarbital"] = 14, ["primidone"] = 14, ["st-johns-wort"] = 14, ["efavirenz"] = 14,
        ["escitalopram"] = 7, ["citalopram"] = 7, ["sertraline"] = 7, ["paroxetine"] = 7, ["venlafaxine"] = 7, ["desvenlafaxine"] = 7, ["duloxetine"] = 5,
    };

    /// <summary>Whether an ingredient whose last day was <paramref name="stoppedOn"/> still counts; null is still taken.</summary>
    public static bool StillWorks(string ingredient, DateOnly? stoppedOn, DateOnly today)
        => stoppedOn is not { } last || last > today || (Days.TryGetValue(ingredient, out var days) && today.DayNumber - last.DayNumber <= days);
}
