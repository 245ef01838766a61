using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Patients.Registration;

/// <summary>A state or union territory of India.</summary>
public sealed record IndianState(string Code, string Name)
{
    private static readonly Lazy<IReadOnlyList<(IndianState State, string Prefix)>> Circles = new(Read);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<IndianState> All { get; } = [.. Circles.Value.Select(c => c.State).Distinct().OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Where a PIN code lies; null where its first digits are shared by two states, or nobody's.</summary>
    public static IndianState? OfPin(string pin)
    {
        var fitting = Circles.Value.Where(c => pin.StartsWith(c.Prefix, StringComparison.Ordinal)).ToLookup(c => c.Prefix.Length, c => c.State);
        return fitting.Count > 0 && fitting[fitting.Max(g => g.Key)].ToList() is [var only] ? only : null;
    }

    private static List<(IndianState State, string Prefix)> Read()
        => [.. ReferenceFile.States
            .Read(row => (State: new IndianState(row.Needed("code"), row.Needed("name")), Prefixes: row.Several("pin_prefixes") ?? []))
            .SelectMany(s => s.Prefixes.Select(prefix => (s.State, prefix)))];
}
