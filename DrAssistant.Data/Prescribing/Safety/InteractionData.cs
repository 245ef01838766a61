using System.Collections.Frozen;
using DrAssistant.Data.Reference;

namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>Pairs of ingredients or classes that should not meet, and the members of those classes.</summary>
internal sealed class InteractionData
{
    /// <summary>The day on which the lists were compiled; a change of them changes it.</summary>
    public static readonly DateOnly Date = new(2026, 11, 29);

    private const string ClassMark = "class:";
    private const string SubstanceMark = "substance:";

    private static readonly Lazy<InteractionData> Read = new(() => new InteractionData(ReferenceFile.Interactions, ReferenceFile.InteractionClasses));

    private readonly FrozenDictionary<(string, string), IReadOnlyList<InteractionRow>> _byPair;

    private InteractionData(ReferenceFile rows, ReferenceFile classes)
    {
        Classes = classes.Read(row => (Id: row.Needed("id"), Members: row.Several("members") ?? [])).ToFrozenDictionary(c => c.Id, c => c.Members);
        Rows = [.. rows.Read(Row)];
        _byPair = Rows.SelectMany(row => Pairs(row).Select(pair => (Pair: pair, Row: row)))
            .GroupBy(p => p.Pair).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<InteractionRow>)[.. g.Select(p => p.Row).Distinct()]);
        Version = $"{rows.Version}, {classes.Version}";
    }

    public static InteractionData Starter => Read.Value;

    public string Version { get; }

    public IReadOnlyList<InteractionRow> Rows { get; }

    public FrozenDictionary<string, IReadOnlyList<string>> Classes { get; }

    /// <summary>The rows that two different ingredients meet in, whichever comes first.</summary>
    public IReadOnlyList<InteractionRow> Between(string one, string other) => _byPair.GetValueOrDefault(Ordered(one, other)) ?? [];

    /// <summary>The ingredients of a side of a row: itself, or the members of its class. Substances that are no medicines are left out.</summary>
    public IReadOnlyList<string> Members(string side)
        => [.. (side.StartsWith(ClassMark, StringComparison.Ordinal) ? Classes[side[ClassMark.Length..]] : [side]).Where(m => !m.StartsWith(SubstanceMark, StringComparison.Ordinal))];

    /// <summary>A class with itself means two different members.</summary>
    private IEnumerable<(string, string)> Pairs(InteractionRow row)
        => (from one in Members(row.A) from other in Members(row.B) where one != other select Ordered(one, other)).Distinct();

    private static (string, string) Ordered(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    private static InteractionRow Row(ReferenceRow row) => new(
        row.Needed("a"), row.Needed("b"),
        row.Needed("severity") switch
        {
            "contraindicated" => SafetySeverity.Contraindicated,
            "serious" => SafetySeverity.Serious,
            "moderate" => SafetySeverity.Moderate,
            var other => throw new InvalidDataException($"'{other}' is no severity of an interaction."),
        },
        row.Needed("mechanism"), row.Needed("what_to_do"), row.Needed("priority") == "interrupt", row.Needed("source_note"));
}

/// <summary>One row: a pair of ingredients or classes.</summary>
internal sealed record InteractionRow(string A, string B, SafetySeverity Severity, string Mechanism, string WhatToDo, bool Interrupts, string Source);
