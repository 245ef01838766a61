using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Sigs;

/// <summary>What was typed for one medicine, field by field; a field may also hold the whole line, and a taper stands in the dose.</summary>
public sealed record SigTyped(string? Dose, string? Frequency = null, string? Duration = null)
{
    /// <summary>Food, time of day, route.</summary>
    public string? Instructions { get; init; }

    /// <summary>The chosen form: a bare number is so many of it.</summary>
    public string? Form { get; init; }

    /// <summary>The chosen medicine: a weekly one is refused a daily code. Null for free text.</summary>
    public Medicine? Medicine { get; init; }
}
