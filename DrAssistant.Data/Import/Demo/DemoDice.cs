namespace DrAssistant.Data.Import.Demo;

/// <summary>
/// Chance that falls the same in every installation, so that the demo practice is the same everywhere (SplitMix64).
/// Never for a secret. A die of its own for each purpose: a change to one part of the plan does not reshuffle the rest.
/// </summary>
internal sealed class DemoDice
{
    private ulong _state;

    public DemoDice(string purpose, int number = 0)
    {
        // FNV-1a; string.GetHashCode differs from one process to the next.
        _state = 14_695_981_039_346_656_037;
        foreach (var c in purpose)
        {
            _state = (_state ^ c) * 1_099_511_628_211;
        }

        _state += (ulong)number * 0x9E37_79B9_7F4A_7C15;
    }

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>Up to <paramref name="percent"/> more or less than <paramref name="value"/>.</summary>
    public decimal Around(decimal value, int percent) => value * (1 + (Between(-10 * percent, 10 * percent) / 1000m));

    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var at = list.Count - 1; at > 0; at--)
        {
            var other = Below(at + 1);
            (list[at], list[other]) = (list[other], list[at]);
        }

        return list;
    }

    private ulong Next()
    {
        _state += 0x9E37_79B9_7F4A_7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}
