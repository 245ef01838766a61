using DrAssistant.Data.Common;

namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>The door to ICD-10: a diagnosis is found by what people call it.</summary>
public interface IDiagnosisCodes
{
    /// <summary>
    /// Codes for what was typed: words and beginnings of words in any order, lay words and abbreviations (<c>htn</c>, <c>sugar</c>, <c>dm2</c>), or
    /// the beginning of a code with or without its point. The reader's own often-used codes come first, with the count; then the best
    /// matches. At most 20. An empty question gives the reader's own, the most used first.
    /// </summary>
    Task<Result<IReadOnlyList<DiagnosisHit>>> FindAsync(string question, CancellationToken cancellation);

    /// <summary>Says that the signed-in person has used a code: it comes earlier the next time. Unknown codes are refused.</summary>
    Task<Result<DiagnosisHit>> UsedAsync(string code, CancellationToken cancellation);
}

/// <summary>A code and what it stands for.</summary>
/// <param name="Code">ICD-10 of WHO, with its point: E11.9.</param>
/// <param name="Uses">How often the reader has used it.</param>
/// <param name="FoundAs">The lay word or abbreviation that was met, where the title was not.</param>
public sealed record DiagnosisHit(string Code, string Title, int Uses, string? FoundAs)
{
    /// <summary>ICD-10, for what is kept with a code.</summary>
    public const string CodeSystem = "http://hl7.org/fhir/sid/icd-10";
}
