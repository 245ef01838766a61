namespace DrAssistant.Data.Prescribing.Safety;

/// <summary>What a check found, against what, and what it could not check.</summary>
/// <param name="CheckedAt">When.</param>
/// <param name="Allergies">How many allergies the lines were held against.</param>
/// <param name="DataVersion">Names and checksums of the lists that were asked.</param>
/// <param name="DataDate">The day of those lists.</param>
/// <param name="Findings">The most severe first; always in the same order for the same question.</param>
/// <param name="NotChecked">What nobody should believe to have been checked.</param>
public sealed record SafetyReport(
    DateTimeOffset CheckedAt, int Allergies, string DataVersion, DateOnly DataDate, IReadOnlyList<SafetyFinding> Findings, IReadOnlyList<NotChecked> NotChecked)
{
    /// <summary>Something needs an answer before signing.</summary>
    public bool Interrupts => Findings.Any(f => f.Interrupts);

    public override string ToString() => $"{nameof(SafetyReport)} {Findings.Count}";
}

/// <summary>One thing that was found.</summary>
/// <param name="Key">The same for the same finding at the next check: an override is matched by it.</param>
/// <param name="Interrupts">It needs a coded reason to go on.</param>
/// <param name="Line">The <see cref="ProposedLine.Key"/> it is about.</param>
/// <param name="Against">The key of the other line or medicine, or null where it is an allergy, a dose, the person.</param>
/// <param name="Title">One sentence: what meets what.</param>
/// <param name="Mechanism">Why.</param>
/// <param name="WhatToDo">What to do instead.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="SourceDate">The day of the list.</param>
public sealed record SafetyFinding(
    string Key, SafetyKind Kind, SafetySeverity Severity, bool Interrupts, string Line, string? Against, string Title, string Mechanism, string WhatToDo, string Source, DateOnly SourceDate)
{
    /// <summary>Less severe rows about the same two.</summary>
    public IReadOnlyList<SafetyFinding> Others { get; init; } = [];

    public override string ToString() => $"{nameof(SafetyFinding)} {Kind} {Severity}";
}

/// <summary>Something that could not be checked.</summary>
/// <param name="Line">Of one line; null where it holds for all.</param>
/// <param name="What">Which check.</param>
/// <param name="Why">One sentence.</param>
public sealed record NotChecked(string? Line, SafetyKind What, string Why)
{
    public override string ToString() => $"{nameof(NotChecked)} {What}";
}

public enum SafetyKind
{
    Allergy,
    Duplicate,
    Interaction,
    Dose,
    ChildDose,
    Age,
    Pregnancy,
    Kidney,

    /// <summary>The medicine itself: free text, not in the formulary, withdrawn.</summary>
    Medicine,
}

/// <summary>As a clinician orders them.</summary>
public enum SafetySeverity
{
    Contraindicated,
    Serious,
    Moderate,
    Info,
}
